/** The block that stands for a literal: what it is, its lines, announced and found, and what it holds. */
import { WidgetType, type EditorView } from "@codemirror/view";
import type { LiteralView } from "imapwire";
import { number, t } from "../i18n";
import { h, icon } from "../lib/dom";
import { cut, plain, plainLines } from "../lib/visible";
import { presence } from "../model/literals";
import { linesBefore, type Loaded } from "../model/store";
import { selectAt } from "../model/selection";
import { setLiteral } from "./folds";
import { whenAtRest } from "./pace";
import { LITERAL_ICONS } from "./widgets";

/** How an open literal is shown: its lines, its decoded text, its MIME parts. */
export type LiteralTab = "raw" | "decoded" | "parts";

/** Characters of decoded text that are put on the page. */
const SHOWN = 64 * 1024;

/** The fields that a closed block shows. */
const FIRST = ["from", "subject", "date", "to"];

export class LiteralBlock extends WidgetType {
  constructor(
    readonly l: Loaded, readonly index: number, readonly first: number, readonly last: number, readonly tab: LiteralTab | "closed", readonly lang: string,
  ) {
    super();
  }

  override eq(o: LiteralBlock): boolean {
    return o.l === this.l && o.index === this.index && o.tab === this.tab && o.lang === this.lang && o.first === this.first;
  }

  override get estimatedHeight(): number {
    return this.tab === "closed" ? 52 : this.tab === "raw" ? 32 : 200;
  }

  toDOM(view: EditorView): HTMLElement {
    const w = t.value.log.literal, x = this.l.tables.literals, i = this.index;
    const state = presence(x, i);
    const open = this.tab !== "closed";
    const name = h("b", {}, w.title);
    const toggle = h(
      "button", { class: "head chev", type: "button", "aria-expanded": String(open) }, icon(open ? "down" : "right"), name,
      h("span", { class: "dim" }, w.lines(linesBefore() + this.first, linesBefore() + this.last)),
    );
    toggle.addEventListener("click", () => setLiteral(view, i, open ? "closed" : "raw"));
    const counts = h("button", { class: "counts mono", type: "button" }, w.announced + " ", h("b", {}, number(x.announced[i])), " · " + w.found + " ", h("b", {}, number(x.found[i])));
    const missing = x.announced[i] - x.found[i];
    if (state === "repaired" && missing > 0) counts.append(` + ${number(missing)} ${t.value.bytes.restored} = `, h("b", {}, number(x.announced[i])));
    counts.addEventListener("click", () => void selectAt(x.headStart[i]));
    const tint = state === "present" ? "ok" : state === "repaired" ? "hint" : "warning";
    const pill = h("span", { class: "pill tint " + tint }, icon(LITERAL_ICONS[state]), w.states[state]);
    const reason = this.l.str(x.reason[i]);
    if (reason) pill.title = plain(reason);
    const body = h("div", { class: "body" });
    const e = h("div", { class: `literal ${state}${open ? " open" : ""}` }, h("div", { class: "bar" }, toggle, h("span", { class: "grow" }), counts, pill), body);
    whenAtRest(view, e, () => {
      this.l.doc.literal(i).then(
        (v) => {
          name.textContent = plain(v.title) || w.title;
          this.fill(view, body, v);
          view.requestMeasure();
        },
        () => {},
      );
    });
    return h("div", { class: "between" }, e);
  }

  private fill(view: EditorView, body: HTMLElement, v: LiteralView): void {
    const w = t.value.log.literal;
    if (this.tab === "closed") {
      const fields = FIRST.map((n) => v.fields.find((f) => f.name.toLowerCase() === n)).filter((f) => f !== undefined).slice(0, 3);
      if (fields.length > 0) body.append(h("div", { class: "fields" }, ...fields.map((f) => h("span", {}, h("i", {}, plain(f.name)), cut(plain(f.value), 120)))));
      else if (v.text) body.append(h("div", { class: "fields mono" }, cut(plain(v.text.trimStart()), 160)));
      return;
    }
    const tabs = h("div", { class: "seg", role: "group", "aria-label": w.title });
    for (const tab of ["raw", "decoded", "parts"] as const) {
      if (tab === "parts" && v.parts.length < 2) continue;
      const b = h("button", { type: "button", "aria-pressed": String(tab === this.tab) }, w[tab]);
      b.addEventListener("click", () => setLiteral(view, this.index, tab));
      tabs.append(b);
    }
    body.append(tabs);
    if (this.tab === "decoded") {
      if (v.fields.length > 0) {
        body.append(h("dl", { class: "header-fields" }, ...v.fields.flatMap((f) => [h("dt", {}, plain(f.name)), h("dd", {}, cut(plain(f.value), 2000))])));
      }
      const text = plainLines(v.text);
      body.append(h("pre", { tabindex: "0" }, text ? cut(text, SHOWN) : w.noText));
      if (text.length > SHOWN) body.append(h("p", { class: "dim" }, w.cut));
    } else if (this.tab === "parts") {
      body.append(
        h("ul", { class: "parts mono" }, ...v.parts.map((p) => {
          const head = [h("b", {}, p.number || "—"), " ", plain(p.type), " ", h("span", { class: "dim" }, t.value.size(p.size)), " ", cut(plain(p.filename), 120)];
          if (!p.text) return indented(h("li", {}, ...head), p.depth);
          const body = h("pre", { tabindex: "0" }, cut(plainLines(p.text), SHOWN));
          const part = h("details", {}, h("summary", {}, ...head), body);
          part.addEventListener("toggle", () => view.requestMeasure());
          return indented(h("li", {}, part), p.depth);
        })),
      );
    }
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** A part as deep as it stands in others. */
function indented(e: HTMLElement, depth: number): HTMLElement {
  e.style.paddingLeft = `${Math.min(depth, 20) * 16}px`;
  return e;
}
