/** Commands as bars from sending to final answer, and the state of the connection below. Click selects, drag zooms, the wheel pans. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { connection, loaded } from "../model/store";
import { explanation, selectMessage } from "../model/selection";
import { clockChange, clock, duration } from "../model/time";
import { layOut, type Bar } from "../model/timeline";

const percent = (x: number) => `${(x * 100).toFixed(3)}%`;

/** Places an element by left and width in parts of the line. */
function span(from: number, to: number, least = 0) {
  return { left: percent(from), width: least ? `max(${least}px, ${percent(to - from)})` : percent(to - from) };
}

export function Timeline() {
  const w = t.value.timeline;
  const zoom = useSignal<{ from: number; to: number } | null>(null);
  const drag = useSignal<{ from: number; to: number } | null>(null);
  const track = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    void loaded.value;
    zoom.value = null;
  });
  const line = useComputed(() => {
    const l = loaded.value;
    return l ? layOut(l, connection.value, zoom.value?.from ?? 0, Math.min(zoom.value?.to ?? Infinity, l.tables.messages.length)) : null;
  }).value;
  const l = loaded.value;
  if (!line || !l) return <section class="timeline" aria-label={w.label} />;
  const m = l.tables.messages;
  const current = explanation.value ? (m.answers[explanation.value.message] !== 0xffffffff ? m.answers[explanation.value.message] : explanation.value.message) : -1;

  // What is chosen is shown, even where there is no room for all.
  const bars = line.bars.slice(), chosen = bars.some((b) => b.message === current) ? null : line.bar(current);
  if (chosen) {
    const after = bars.findIndex((b) => b.message > chosen.message);
    bars.splice(after < 0 ? bars.length : after, 0, chosen);
  }

  const x = (e: PointerEvent) => {
    const r = track.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (e.clientX - r.left) / r.width));
  };
  const down = (e: PointerEvent) => {
    if (e.button === 0 && e.target === track.current) drag.value = { from: x(e), to: x(e) };
  };
  const move = (e: PointerEvent) => {
    if (drag.value) drag.value = { from: drag.value.from, to: x(e) };
  };
  const up = () => {
    const d = drag.value;
    drag.value = null;
    if (!d || Math.abs(d.to - d.from) < 0.01) return;
    const a = Math.min(d.from, d.to), b = Math.max(d.from, d.to);
    let from = m.length, to = 0;
    for (let i = zoom.value?.from ?? 0; i < Math.min(zoom.value?.to ?? Infinity, m.length); i++) {
      const at = line.at(i);
      if (m.kind[i] === 0 || at < a || at > b) continue;
      from = Math.min(from, i);
      to = Math.max(to, i + 1);
    }
    if (to - from > 1) zoom.value = { from, to };
  };
  const wheel = (e: WheelEvent) => {
    const z = zoom.value;
    if (!z || Math.abs(e.deltaX) + Math.abs(e.deltaY) < 4) return;
    e.preventDefault();
    const by = Math.sign(e.deltaX || e.deltaY) * Math.max(1, Math.round((z.to - z.from) / 12));
    const from = Math.min(Math.max(0, z.from + by), m.length - (z.to - z.from));
    zoom.value = { from, to: from + (z.to - z.from) };
  };
  const key = (e: KeyboardEvent) => {
    const by = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (!by || bars.length === 0) return;
    e.preventDefault();
    e.stopPropagation();
    const at = bars.findIndex((b) => b.message === current);
    const next = bars[Math.min(Math.max(at + by, 0), bars.length - 1)];
    void selectMessage(next.message).then(() => track.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  };
  const stop = bars.some((b) => b.message === current) ? current : bars[0]?.message;
  return (
    <section class="timeline" aria-label={w.label}>
      <div class="names" aria-hidden="true"><span>{!line.timed && w.order}</span><span>{w.commands}</span><span>{w.state}</span></div>
      <div class="track" ref={track} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerLeave={up} onWheel={wheel} onKeyDown={key}>
        {line.ticks.map((k, i) => <div key={i} class="tick" style={{ left: percent(k.at) }}>{i === 0 ? clock(k.time).slice(0, 10) : clockChange(k.time, line.ticks[i - 1].time).slice(0, 10)}</div>)}
        {bars.map((b) => <Command key={b.message} b={b} on={b.message === current} stop={b.message === stop} />)}
        {line.cuts.map((c, i) => <div key={i} class="cut" style={span(c.at, c.to, 40)}>{w.seconds(c.seconds < 100 ? c.seconds.toFixed(c.seconds < 10 ? 1 : 0) : String(Math.round(c.seconds)))}</div>)}
        {line.states.map((s, i) => (
          <div key={i} class={"band " + s.state} style={span(s.from, s.to)} title={t.value.states[s.state] + " " + plain(s.mailbox)}>{t.value.states[s.state]} {cut(plain(s.mailbox), 40)}</div>
        ))}
        {drag.value && <div class="drag" style={span(Math.min(drag.value.from, drag.value.to), Math.max(drag.value.from, drag.value.to))} />}
        {zoom.value && <button type="button" class="btn small whole" onClick={() => (zoom.value = null)}>{w.whole}</button>}
      </div>
    </section>
  );
}

function Command({ b, on, stop }: { b: Bar; on: boolean; stop: boolean }) {
  const bad = b.status === "NO" || b.status === "BAD";
  const words = t.value.timeline.bar(plain(b.name), b.status, duration(b.latency));
  return (
    <button
      type="button" class={"cmd" + (b.idle ? " idle" : "") + (bad ? " bad" : "") + (on ? " on" : "")} style={span(b.from, b.to, 8)} title={words} aria-label={words}
      tabIndex={stop ? 0 : -1} onClick={() => void selectMessage(b.message)}
    >
      <span>{bad ? b.status : plain(b.name)}{b.idle && !Number.isNaN(b.latency) ? " " + duration(b.latency) : ""}</span>
    </button>
  );
}
