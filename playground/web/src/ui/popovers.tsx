/** Small panels beside what they belong to: the format, why a side, and what has no room on narrow screens. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { SIDES } from "imapwire";
import { formatName, t } from "../i18n";
import { plain } from "../lib/visible";
import { clear, formats, loaded, options, phase, reopen, source } from "../model/store";
import { arrived } from "../model/tokens";
import { dialog, popover } from "../model/view";
import { setEditing } from "../editor/view";
import { openFile } from "./files";
import { Icon } from "./icon";
import { swap } from "./topbar";

/** Closes the popover; the focus goes back to what it belongs to. */
function shut(): void {
  const anchor = popover.peek()?.anchor;
  popover.value = null;
  if (anchor instanceof HTMLElement) anchor.focus();
}

export function Popovers() {
  const p = popover.value;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const e = box.current;
    if (!p || !e) return;
    const place = () => {
      const r = p.anchor.getBoundingClientRect();
      e.style.top = `${Math.min(r.bottom + 6, Math.max(8, innerHeight - e.offsetHeight - 8))}px`;
      e.style.left = `${Math.max(8, Math.min(r.left, innerWidth - e.offsetWidth - 8))}px`;
    };
    place();
    e.querySelector<HTMLElement>("button, select, input")?.focus();
    const outside = (ev: PointerEvent) => {
      if (!e.contains(ev.target as Node) && !p.anchor.contains(ev.target as Node)) popover.value = null;
    };
    const key = (ev: KeyboardEvent) => {
      if (ev.key === "Escape") {
        ev.stopPropagation();
        shut();
        return;
      }
      const stops = [...e.querySelectorAll<HTMLElement>("button, select, input")], at = stops.indexOf(document.activeElement as HTMLElement);
      const menu = p.kind === "more", select = document.activeElement instanceof HTMLSelectElement;
      const by = ev.key === "Tab" ? (ev.shiftKey ? -1 : 1) : select || !menu ? 0 : ev.key === "ArrowDown" ? 1 : ev.key === "ArrowUp" ? -1 : 0;
      if (!by || stops.length === 0) return;
      ev.preventDefault();
      ev.stopPropagation();
      stops[(at + by + stops.length) % stops.length].focus();
    };
    addEventListener("pointerdown", outside, true);
    addEventListener("keydown", key, true);
    addEventListener("resize", place);
    return () => {
      removeEventListener("pointerdown", outside, true);
      removeEventListener("keydown", key, true);
      removeEventListener("resize", place);
    };
  }, [p]);
  if (!p) return null;
  const label = p.kind === "format" ? t.value.format.title : p.kind === "more" ? t.value.top.more : t.value.explain.side;
  return (
    <div class={"popover pop-" + p.kind} role="dialog" aria-label={label} ref={box}>
      {p.kind === "format" ? <FormatPanel /> : p.kind === "more" ? <MorePanel /> : <LanePanel message={p.message ?? 0} />}
    </div>
  );
}

function FormatPanel() {
  const l = loaded.value, w = t.value.format;
  if (!l) return null;
  const { format, totals } = l.overview;
  const nameOf = (id: string) => formatName(id, formats.value.find((f) => f.id === id)?.name ?? id);
  let sure = 0;
  for (let i = 0; i < l.tables.messages.length; i++) sure += l.tables.messages.sure[i];
  const share = Math.round((100 * sure) / Math.max(1, l.tables.messages.length));
  const pick = (id: string) => {
    shut();
    const { format: _, ...rest } = options.peek();
    void reopen(id ? { ...rest, format: id } : rest);
  };
  return (
    <>
      <h2>{w.title}</h2>
      <ul class="guesses">
        {[{ id: format.id, confidence: format.confidence }, ...format.guesses.filter((g) => g.id !== format.id)].slice(0, 4).map((g) => (
          <li key={g.id}>
            <button type="button" aria-pressed={g.id === format.id} onClick={() => pick(g.id)}>
              <span>{plain(nameOf(g.id))}</span><span class="grow" />
              <span class="meter" aria-hidden="true"><i style={{ width: Math.round(g.confidence * 100) + "%" }} /></span>
              <span class="dim">{Math.round(g.confidence * 100)} %</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="dim">{w.evidence(totals.client, totals.server, share)}</p>
      <label class="row">
        <span>{w.other}</span>
        <select class="field" value={options.value.format ?? ""} onChange={(e) => pick(e.currentTarget.value)}>
          <option value="">{w.auto}</option>
          {formats.value.map((f) => <option key={f.id} value={f.id}>{plain(formatName(f.id, f.name))}</option>)}
        </select>
      </label>
      <button type="button" class="btn edge" aria-pressed={options.value.swap === true} onClick={() => { shut(); swap(); }}>
        <Icon id="swap" />{options.value.swap ? w.swapped : w.swap}
      </button>
    </>
  );
}

function LanePanel({ message }: { message: number }) {
  void arrived.value;
  const l = loaded.value;
  if (!l || message >= l.tables.messages.length) return null;
  l.tokens.need(message, message + 1);
  const side = SIDES[l.tables.messages.side[message]];
  const s = l.tokens.summary(message);
  return (
    <>
      <h2 class={side}><span class="sev">{t.value.log.lane[side]}</span>{l.tables.messages.sure[message] ? "" : " · " + t.value.log.unsure}</h2>
      {s?.sideWhy.map((x) => <p key={x.id}>{plain(x.text)}</p>)}
      <button type="button" class="btn edge" onClick={() => { shut(); swap(); }}><Icon id="swap" />{t.value.format.swap}</button>
    </>
  );
}

function MorePanel() {
  const w = t.value.top, l = phase.value === "read" && loaded.value; // a second document would take the engine from a first that is still read
  const item = (words: string, act: () => void) => (
    <li><button type="button" class="btn" onClick={() => { shut(); act(); }}>{words}</button></li>
  );
  return (
    <ul class="menu">
      {item(w.open, () => void openFile())}
      {item(w.examples, () => (dialog.value = "examples"))}
      {l && item(w.redact, () => (dialog.value = "redact"))}
      {l && item(w.export, () => (dialog.value = "export"))}
      {l && item(w.share, () => (dialog.value = "share"))}
      {l && item(w.compare, () => (dialog.value = "compare"))}
      {l && item(w.session, () => (dialog.value = "session"))}
      {l && item(t.value.format.swap, swap)}
      {l && item(w.edit, () => setEditing(true))}
      {source.value && item(w.clear, clear)}
      {item(w.keys, () => (dialog.value = "keys"))}
    </ul>
  );
}
