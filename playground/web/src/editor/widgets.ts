/** Small things that stand in the lines of the transcript but are not of it. */
import { WidgetType } from "@codemirror/view";
import { NONE, STATES, STATUSES } from "imapwire";
import { number, t } from "../i18n";
import { h, icon } from "../lib/dom";
import { plain, cut } from "../lib/visible";
import { presence, type Presence } from "../model/literals";
import type { Loaded } from "../model/store";
import { duration } from "../model/time";

/** The state of a connection: a hollow, half or full disc, a square for logout, and the word. */
export function stateBadge(state: string, mailbox: string): HTMLElement {
  const disc = state === "authenticated" ? "disc-1" : state === "selected" ? "disc-2" : state === "logout" || state === "opaque" ? "disc-x" : "disc-0";
  return h("span", { class: "badge" }, icon(disc, "disc", "0 0 10 10"), t.value.states[state] + (mailbox ? " " + cut(plain(mailbox), 40) : ""));
}

/** At the end of a message's first line: the state it led to, how it was answered, how long that took. */
export class MetaWidget extends WidgetType {
  private constructor(
    readonly state: string, readonly mailbox: string, readonly status: string, readonly latency: number, readonly lang: string,
  ) {
    super();
  }

  static of(l: Loaded, id: number): MetaWidget | null {
    const m = l.tables.messages;
    const changed = l.changes[id] === 1;
    const answer = m.answeredBy[id];
    const status = answer !== NONE ? STATUSES[m.status[answer]] : "none";
    if (!changed && status === "none") return null;
    return new MetaWidget(
      changed ? STATES[m.state[id]] : "", changed && STATES[m.state[id]] === "selected" ? l.str(m.mailbox[id]) : "",
      status === "none" ? "" : status, answer !== NONE ? m.latency[answer] : NaN, t.peek().lang.html,
    );
  }

  override eq(o: MetaWidget): boolean {
    return o.state === this.state && o.mailbox === this.mailbox && o.status === this.status && Object.is(o.latency, this.latency) && o.lang === this.lang;
  }

  toDOM(): HTMLElement {
    const bad = this.status !== "OK" && this.status !== "PREAUTH";
    return h(
      "span", { class: "meta", contenteditable: "false" },
      this.state && stateBadge(this.state, this.mailbox),
      this.status && h("span", { class: "answer " + (bad ? "error" : "ok") }, icon(bad ? "cross" : "check"), this.status),
      this.status && !Number.isNaN(this.latency) && h("span", { class: "latency" }, duration(this.latency)),
    );
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** A decoded value behind its token. */
export class InlayWidget extends WidgetType {
  constructor(readonly text: string) {
    super();
  }
  override eq(o: InlayWidget): boolean {
    return o.text === this.text;
  }
  toDOM(): HTMLElement {
    return h("span", { class: "inlay" }, cut(plain(this.text), 80));
  }
}

/** What stands for how much of a literal is there. */
export const LITERAL_ICONS: Record<Presence, string> = { present: "check", repaired: "wrench", elided: "eye", masked: "eye", cut: "warning" };

/** Announced and found of a literal that is too short to fold. */
export class LiteralChip extends WidgetType {
  private readonly state: Presence;
  private readonly announced: number;
  private readonly found: number;
  private readonly words: string;

  constructor(l: Loaded, i: number) {
    super();
    const x = l.tables.literals;
    this.state = presence(x, i);
    this.announced = x.announced[i];
    this.found = x.found[i];
    this.words = t.peek().lang.html;
  }
  override eq(o: LiteralChip): boolean {
    return o.state === this.state && o.announced === this.announced && o.found === this.found && o.words === this.words;
  }
  toDOM(): HTMLElement {
    const w = t.value.log.literal;
    const present = this.state === "present";
    const e = h("span", { class: "inlay lit-chip " + this.state }, icon(LITERAL_ICONS[this.state]));
    e.append(present ? `${number(this.found)}` : `${w.announced} ${number(this.announced)} · ${w.found} ${number(this.found)} · ${w.states[this.state]}`);
    e.title = `${w.announced} ${this.announced} · ${w.found} ${this.found} · ${w.states[this.state]}`;
    return e;
  }
}

/** The reader holds the button to see what it covers; letting go covers it again. */
export function holdToShow(button: HTMLElement, cover: HTMLElement, text: () => string): void {
  const inside = h("span", { class: "shown mono" });
  const open = (e: Event) => {
    if (e instanceof KeyboardEvent && e.key !== "Enter" && e.key !== " ") return;
    e.preventDefault();
    e.stopPropagation();
    inside.textContent = plain(text());
    cover.replaceWith(inside);
    addEventListener("blur", close);
  };
  const close = () => {
    inside.textContent = "";
    if (inside.isConnected) inside.replaceWith(cover);
    removeEventListener("blur", close);
  };
  button.addEventListener("pointerdown", open);
  button.addEventListener("keydown", open);
  for (const type of ["pointerup", "pointercancel", "pointerleave", "keyup", "blur"]) button.addEventListener(type, close);
  button.addEventListener("contextmenu", (e) => e.preventDefault());
  button.addEventListener("click", (e) => e.stopPropagation());
}

/** The words for what a mask covers. */
export function maskWords(kind: string, length: number): string {
  const w = t.value.log;
  return w.mask(w.maskOf[kind] ?? w.maskOf.other, length);
}

/** Covers a secret. */
export class MaskWidget extends WidgetType {
  constructor(readonly kind: string, readonly length: number) {
    super();
  }
  override eq(o: MaskWidget): boolean {
    return o.kind === this.kind && o.length === this.length;
  }
  toDOM(view: import("@codemirror/view").EditorView): HTMLElement {
    const words = maskWords(this.kind, this.length);
    const cover = h("span", {}, words);
    const button = h("button", { class: "mask", type: "button", "aria-label": `${t.value.log.masked}: ${words}`, title: words }, icon("eye"), cover);
    holdToShow(button, cover, () => {
      const at = view.posAtDOM(button);
      return view.state.sliceDoc(at, at + this.length);
    });
    return button;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}
