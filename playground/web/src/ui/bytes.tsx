/** The octets of the chosen message in hexadecimal and as characters. */
import { FLAG_SECRET, RUN_FIELDS, type Wire } from "imapwire";
import { useSignal, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { number, t } from "../i18n";
import { plain } from "../lib/visible";
import { loaded } from "../model/store";
import { dialog } from "../model/view";
import { explanation, message, peek, selectedWire, selectWire, tree, wire } from "../model/selection";

/** Rows that are on the page at once. */
const ROWS = 256;

const hex = (n: number, w: number) => n.toString(16).padStart(w, "0");

/** Which octets of the message were not in the paste. */
function restored(w: Wire, from: number, to: number): Set<number> {
  const out = new Set<number>();
  for (let i = 0; i < w.runs.length; i += RUN_FIELDS) {
    if (w.runs[i + 3] !== 0) continue;
    for (let k = Math.max(from, w.runs[i]); k < Math.min(to, w.runs[i] + w.runs[i + 1]); k++) out.add(k);
  }
  return out;
}

/** Octets that belong to secrets: shown as dots. */
function hidden(from: number, to: number): Set<number> {
  const out = new Set<number>(), x = tree.value?.tree;
  if (!x) return out;
  for (let i = 0; i < x.length; i++) {
    if (!(x.flags[i] & FLAG_SECRET) || x.next[i] !== i + 1) continue; // nodes around a secret have the flag too
    for (let k = Math.max(from, x.wireStart[i]); k < Math.min(to, x.wireEnd[i]); k++) out.add(k);
  }
  return out;
}

export function Bytes() {
  const w = t.value.bytes, x = wire.value, l = loaded.value;
  const columns = useSignal(8);
  const first = useSignal(0);
  const cursor = useSignal(-1);
  const box = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    void message.value;
    first.value = 0;
    cursor.value = -1;
  });
  useLayoutEffect(() => {
    const e = box.current;
    if (!e) return;
    const observer = new ResizeObserver(() => (columns.value = e.clientWidth >= 560 ? 16 : 8));
    observer.observe(e);
    return () => observer.disconnect();
  }, []);
  const sel = selectedWire.value, n = columns.value;
  const size = x?.wire.octets.length ?? 0;
  // The window of rows follows the selection.
  let top = first.value;
  if (sel && (sel.from < top * n || sel.from >= (top + ROWS) * n)) top = Math.max(0, Math.floor(sel.from / n) - 16);
  useLayoutEffect(() => {
    if (top !== first.value) first.value = top;
    const e = box.current?.querySelector<HTMLElement>(".on");
    const pane = box.current;
    if (!e || !pane) return;
    const a = e.getBoundingClientRect(), b = pane.getBoundingClientRect();
    if (a.top < b.top + 32 || a.bottom > b.bottom) pane.scrollTop += a.top - b.top - pane.clientHeight / 3;
  }, [sel?.from, sel?.to, x?.message, n]);

  const key = (ev: KeyboardEvent) => {
    if (!x) return;
    const at = cursor.value >= 0 ? cursor.value : sel?.from ?? 0;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: n, ArrowUp: -n }[ev.key];
    if (!by) return;
    ev.preventDefault();
    ev.stopPropagation();
    cursor.value = Math.min(Math.max(at + by, 0), size - 1);
    void selectWire(x.message, cursor.value);
  };

  const list = [];
  if (x && l) {
    const from = top * n, to = Math.min(size, from + ROWS * n);
    const back = restored(x.wire, from, to), masked = hidden(from, to);
    const p = peek.value && tree.value?.message === x.message && peek.value.message === x.message ? wireOf(peek.value.from, peek.value.to) : null;
    const on = (k: number) => sel !== null && k >= sel.from && k < sel.to;
    for (let row = from; row < to; row += n) {
      const cells = [], chars = [];
      for (let k = row; k < row + n; k++) {
        if (k >= to) {
          cells.push(<td key={k} />);
          continue;
        }
        const b = x.wire.octets[k];
        const cls = (on(k) ? "on" : p && k >= p.from && k < p.to ? "lit" : "") + (back.has(k) ? " restored" : "") + (k === cursor.value ? " cursor" : "");
        const secret = masked.has(k);
        cells.push(<td key={k} class={cls} data-at={k}>{secret ? "··" : hex(b, 2)}</td>);
        chars.push(<span key={k} class={cls} data-at={k}>{secret ? "•" : b > 0x20 && b < 0x7f ? String.fromCharCode(b) : b === 0x20 ? "\u00a0" : "·"}</span>);
      }
      list.push(<tr key={row}><th scope="row">{hex(row, 6)}</th>{cells}<td class="chars">{chars}</td></tr>);
    }
  }
  const choose = (ev: MouseEvent) => {
    const at = (ev.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at;
    if (at === undefined || !x) return;
    cursor.value = -1;
    void selectWire(x.message, Number(at));
  };
  return (
    <section class="pane-bytes pane-of" data-pane="bytes" aria-labelledby="h-bytes" ref={box}>
      <div class="pane-head">
        <h2 id="h-bytes">{w.title}</h2>
        {sel && <span class="dim">{w.range(sel.from, sel.to)}</span>}
        <span class="grow" />
        {x && l && <button type="button" class="btn small" onClick={() => (dialog.value = "encode")}>{t.value.encode.open}</button>}
        <kbd aria-hidden="true">b</kbd>
      </div>
      {x && l ? (
        <>
          {top > 0 && <button type="button" class="btn small" onClick={() => (first.value = Math.max(0, top - ROWS))}>{w.more}</button>}
          <div class="hex" tabIndex={0} role="group" aria-labelledby="h-bytes" onKeyDown={key} onClick={choose}>
            <table><tbody>{list}</tbody></table>
          </div>
          {(top + ROWS) * n < size && <button type="button" class="btn small" onClick={() => (first.value = top + ROWS)}>{w.more}</button>}
          <Conversions octets={sel ? x.wire.octets.subarray(sel.from, sel.to) : x.wire.octets.subarray(0, 0)} restoredCount={sel ? restored(x.wire, sel.from, sel.to).size : 0} />
        </>
      ) : <p class="hollow-note">{w.none}</p>}
    </section>
  );
}

/** A range of the text in the chosen message's wire bytes, by the node that stands there. */
function wireOf(from: number, to: number): { from: number; to: number } | null {
  const x = tree.value!.tree;
  for (let i = x.length - 1; i >= 0; i--) if (x.start[i] === from && x.end[i] === to) return { from: x.wireStart[i], to: x.wireEnd[i] };
  return null;
}

/** The chosen octets as other things. */
function Conversions({ octets, restoredCount }: { octets: Uint8Array; restoredCount: number }) {
  const w = t.value.bytes, l = loaded.value, id = message.value;
  if (octets.length === 0 || !l) return null;
  const s = octets.length <= 64 ? String.fromCharCode(...octets) : "";
  const utf8 = octets.some((b) => b > 0x7f) && octets.length <= 256 ? new TextDecoder().decode(octets) : "";
  const secret = (explanation.value?.flags ?? 0) & FLAG_SECRET;
  return (
    <div class="conversions">
      {/^\{?~?\d{1,19}\+?\}?$/.test(s.trim()) && <span>{w.number} <b>{s.replace(/\D/g, "")}</b></span>}
      {utf8 && !secret && <span>UTF-8 <b>{plain(utf8)}</b></span>}
      <span>{w.message} <b>{number(id)}</b></span>
      <span>{number(octets.length)} B</span>
      {restoredCount > 0 && <span><span class="restored">0d</span> {w.restored} {number(restoredCount)}</span>}
    </div>
  );
}
