/** The list of problems with its filters, and the chosen one with evidence, consequence and what to do. */
import { SEVERITIES, type Diagnostic } from "imapwire";
import { computed, signal, useSignal, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { editor } from "../editor/view";
import { number, t } from "../i18n";
import { cut, plain, plainLines } from "../lib/visible";
import { linesBefore, loaded, type Loaded } from "../model/store";
import { problem, selectMessage, selectProblem } from "../model/selection";
import { connection } from "../model/store";
import { dialog } from "../model/view";
import { exportKind } from "./export";
import { RfcLink } from "./explain";
import { Icon } from "./icon";

/** Rows that are made at once; more of them when the list is scrolled to its end. */
const PAGE = 100;
const WORST_FIRST = ["error", "quirk", "warning", "hint"] as const;

/** So many problems of one kind are one row, which opens. */
const ALIKE = 3;

const off = signal<ReadonlySet<string>>(new Set());
/** Kinds whose problems are listed one by one. */
const opened = signal<ReadonlySet<string>>(new Set());

const shown = computed<number[]>(() => {
  const l = loaded.value;
  if (!l) return [];
  const d = l.tables.diagnostics, out: number[] = [];
  for (let i = 0; i < d.length; i++) {
    if (off.value.has(SEVERITIES[d.severity[i]])) continue;
    if (connection.value >= 0 && l.tables.messages.connection[d.message[i]] !== connection.value) continue;
    out.push(i);
  }
  return out;
});

/** A row of the list: one problem, or the first of many alike. */
interface Entry {
  i: number;
  /** All of its kind, if it stands for them. */
  alike: number[] | null;
  /** It stands below the row of its kind. */
  member: boolean;
  kind: string;
}

function kindOf(l: Loaded, i: number): string {
  const d = l.tables.diagnostics;
  return `${d.id[i]} ${d.title[i]} ${d.severity[i]} ${d.producer[i]}`;
}

const entries = computed<Entry[]>(() => {
  const l = loaded.value, kinds = new Map<string, number[]>(), out: Entry[] = [];
  if (!l) return out;
  for (const i of shown.value) {
    const kind = kindOf(l, i), list = kinds.get(kind);
    if (list) list.push(i);
    else kinds.set(kind, [i]);
  }
  for (const i of shown.value) {
    const kind = kindOf(l, i), alike = kinds.get(kind)!;
    if (alike.length < ALIKE) out.push({ i, alike: null, member: false, kind });
    else if (alike[0] === i) {
      out.push({ i, alike, member: false, kind });
      if (opened.value.has(kind)) for (const k of alike) out.push({ i: k, alike: null, member: true, kind });
    }
  }
  return out;
});

/** The row that shows problem i: its own, else that of its kind. */
function rowOf(list: Entry[], i: number): number {
  const own = list.findIndex((e) => e.i === i && !e.alike);
  return own >= 0 ? own : list.findIndex((e) => e.alike?.includes(i));
}

function turn(kind: string, open: boolean): void {
  const next = new Set(opened.peek());
  if (open) next.add(kind);
  else next.delete(kind);
  opened.value = next;
}

/** Goes to the next or previous problem that the filters let through. */
export function stepProblem(dir: 1 | -1): void {
  const list = shown.peek();
  if (list.length === 0) return;
  const at = list.indexOf(problem.peek());
  const next = at < 0 ? (dir > 0 ? 0 : list.length - 1) : (at + dir + list.length) % list.length;
  void selectProblem(list[next]);
}

export function Problems() {
  const l = loaded.value, w = t.value.problems;
  const pages = useSignal(1);
  const box = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    box.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [problem.value]);
  if (!l) return <section class="problems" aria-labelledby="h-problems" data-pane="problems"><h2 id="h-problems" class="sr">{w.title}</h2></section>;
  const counts = { error: l.overview.totals.errors, quirk: l.overview.totals.quirks, warning: l.overview.totals.warnings, hint: l.overview.totals.hints };
  const total = l.tables.diagnostics.length;
  const list = shown.value;
  const toggle = (s: string) => {
    const next = new Set(off.value);
    if (!next.delete(s)) next.add(s);
    off.value = next;
  };
  const rows = entries.value;
  const current = list.includes(problem.value) ? problem.value : -1;
  const at = current < 0 ? -1 : rowOf(rows, current);
  const key = (e: KeyboardEvent) => {
    const row = rows[at], by = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (by) {
      const to = rows[at < 0 ? 0 : (at + by + rows.length) % rows.length];
      void selectProblem(to.i);
    } else if (e.key === "ArrowRight" && row?.alike) turn(row.kind, true);
    else if (e.key === "ArrowLeft" && row && (row.alike || row.member)) turn(row.kind, false);
    else return;
    e.preventDefault();
    e.stopPropagation();
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus());
  };
  const made = Math.max(pages.value * PAGE, at + PAGE / 2);
  const scrolled = (e: Event) => {
    const box = e.currentTarget as HTMLElement;
    if (box.scrollTop + 2 * box.clientHeight > box.scrollHeight && rows.length > made) pages.value = Math.ceil(made / PAGE) + 1;
  };
  return (
    <section class="problems" aria-labelledby="h-problems" data-pane="problems">
      <div class="pane-head">
        <h2 id="h-problems">{w.title} {number(total)}</h2>
        {WORST_FIRST.filter((s) => counts[s] > 0).map((s) => (
          <button
            key={s} type="button" class={"count " + s} aria-pressed={!off.value.has(s)} onClick={() => toggle(s)}
            aria-label={w.filter(counts[s], w.severity[s])} title={w.filter(counts[s], w.severity[s])}
          >
            <Icon id={s} />{number(counts[s])}
          </button>
        ))}
        <span class="grow" />
        {total > 0 && <span class="keys-hint"><kbd>n</kbd> <kbd>p</kbd></span>}
        {current >= 0 && (
          <button type="button" class="btn small hide-narrow" onClick={() => { exportKind.value = "minimal"; dialog.value = "export"; }}>{w.smallest}</button>
        )}
      </div>
      {total === 0 ? <p class="hollow-note good"><Icon id="check" /> {w.none(l.overview.totals.messages)}</p> : list.length === 0 ? <p class="hollow-note">{w.filtered}</p> : (
        <div class="problem-body">
          <ul class="problem-list" ref={box} onKeyDown={key} onScroll={scrolled}>
            {rows.slice(0, made).map((e, n) => <Row key={e.alike ? e.kind : e.i} l={l} e={e} current={n === at ? current : -1} stop={n === Math.max(at, 0)} />)}
            {rows.length > made && <li><button type="button" class="btn small" onClick={() => (pages.value = Math.ceil(made / PAGE) + 1)}>{t.value.structure.more(rows.length - made)}</button></li>}
          </ul>
          <div class="problem-detail">{current >= 0 ? <Detail l={l} i={current} key={current} /> : <p class="hollow-note">{w.choose}</p>}</div>
        </div>
      )}
    </section>
  );
}

/** One row. What is current of a row for many may be any of them. */
function Row({ l, e, current, stop }: { l: Loaded; e: Entry; current: number; stop: boolean }) {
  const d = l.tables.diagnostics, m = l.tables.messages, w = t.value.problems;
  const i = current >= 0 ? current : e.i, alike = e.alike, open = alike !== null && opened.value.has(e.kind);
  const severity = SEVERITIES[d.severity[i]];
  const line = lineOf(d.start[i], m.line[d.message[i]]);
  return (
    <li id={alike ? undefined : "p" + (i + 1)} class={e.member ? "member" : ""}>
      <button type="button" class={"row-p " + severity} aria-current={current >= 0} tabIndex={stop ? 0 : -1} onClick={() => void selectProblem(i)}>
        <Icon id={severity} />
        <span class="word">{w.severity[severity]}</span>
        <span class="title">{cut(plain(l.str(d.title[i])), 200)}</span>
        <span class="end">
          {alike && <span class="times"><span aria-hidden="true">×{number(alike.length)}</span><span class="sr">{w.alike(alike.length)}</span></span>}
          <span class="place" aria-label={w.placeWords(line, m.connection[d.message[i]] + 1)}>{w.place(m.connection[d.message[i]] + 1, line)}</span>
        </span>
      </button>
      {alike && (
        <button type="button" class="turn-alike" tabIndex={-1} aria-expanded={open} aria-label={open ? w.together : w.apart(alike.length)} title={open ? w.together : w.apart(alike.length)} onClick={() => turn(e.kind, !open)}>
          <Icon id={open ? "down" : "right"} />
        </button>
      )}
      {current >= 0 && <div class="problem-inline"><Detail l={l} i={i} /></div>}
    </li>
  );
}

function lineOf(position: number, fallback: number): number {
  const doc = editor.peek()?.state.doc;
  return doc && position <= doc.length ? linesBefore() + doc.lineAt(position).number : fallback;
}

function Detail({ l, i }: { l: Loaded; i: number }) {
  const w = t.value.problems;
  const x = useSignal<Diagnostic | null>(null);
  const expected = useSignal("");
  const rule = useSignal("");
  useSignalEffect(() => {
    const now = loaded.value;
    if (!now || i >= now.tables.diagnostics.length) return;
    void now.doc.diagnostics(i, i + 1).then(async ([d]) => {
      if (!d) return;
      x.value = d;
      const error = now.tables.messages.failed[d.message] ? await now.doc.error(d.message) : null;
      expected.value = error && error.start === d.start ? error.text : "";
      // A finding about a whole message would be shown with the rule of its tag.
      const whole = d.start === now.tables.ranges[2 * now.tables.messages.firstRange[d.message]];
      rule.value = !whole && (d.severity === "error" || d.severity === "quirk") ? await ruleAt(now, d.start) : "";
    }).catch(() => {});
  });
  const d = x.value;
  if (!d) return null;
  const m = l.tables.messages;
  if (d.message >= m.length) return null;
  const line = lineOf(d.start, m.line[d.message]);
  return (
    <article>
      <h3>
        <span>{plain(d.title)}</span>
        <span class="dim">{w.placeWords(line, m.connection[d.message] + 1)}</span>
        {d.producer && <span class={"pill tint " + d.severity}>{w.by(plain(d.producer))}</span>}
        <span class="grow" />
        <span class="refs">{d.refs.slice(0, 2).map((r) => <RfcLink key={r.url} {...r} />)}</span>
      </h3>
      <Evidence d={d} rule={rule.value} />
      {expected.value && <p><b>{plain(expected.value)}</b></p>}
      <p>{plainLines(d.body)}</p>
      {(d.fix.client || d.fix.server) && (
        <div class="fixes">
          {d.fix.client && <div class="client"><b>{w.client}</b><p>{plainLines(d.fix.client)}</p></div>}
          {d.fix.server && <div class="server"><b>{w.server}</b><p>{plainLines(d.fix.server)}</p></div>}
        </div>
      )}
      {d.related.length > 0 && (
        <p class="related"><span class="dim">{w.related}</span> {d.related.slice(0, 12).map((r) => (
          <button key={r} type="button" class="link" onClick={() => void selectMessage(r)}>{t.value.status.line(m.line[r] ?? 0)}</button>
        ))}</p>
      )}
    </article>
  );
}

/** The innermost ABNF rule that is told of a position. */
async function ruleAt(l: Loaded, position: number): Promise<string> {
  const e = await l.doc.explain(position);
  if (!e) return "";
  if (e.abnf) return e.abnf;
  for (const step of e.path.slice(0, -1).reverse()) {
    const up = await l.doc.explainNode(e.message, step.node);
    if (up?.abnf) return up.abnf;
  }
  return "";
}

/** The octets that show the problem, with a little of what stands around them, and the rule that they break. */
function Evidence({ d, rule }: { d: Diagnostic; rule: string }) {
  const doc = editor.value?.state.doc, l = loaded.value;
  if (!doc || !l || d.end > doc.length) return null;
  const line = doc.lineAt(d.start);
  const end = Math.min(d.end, line.to);
  if (end <= d.start && d.start === line.from) return null;
  const secrets = l.tables.secrets;
  for (let i = l.tables.messages.firstSecret[d.message] ?? 0; i < secrets.length && secrets.message[i] === d.message; i++) {
    if (secrets.start[i] < line.to && secrets.end[i] > line.from) return null; // nothing of a line with a secret
  }
  const m = l.tables.messages;
  let wireFrom = line.from; // what the log itself wrote before is no evidence
  for (let r = m.firstRange[d.message]; r < (m.firstRange[d.message + 1] ?? l.tables.ranges.length / 2); r++) {
    if (l.tables.ranges[2 * r + 1] > line.from) {
      wireFrom = Math.max(line.from, Math.min(l.tables.ranges[2 * r], d.start));
      break;
    }
  }
  const from = Math.max(wireFrom, d.start - 40), to = Math.min(line.to, Math.max(end, d.start) + 40);
  return (
    <div class="evidence mono">
      <span>{from > wireFrom && "…"}{plain(doc.sliceString(from, d.start))}<mark class={d.severity === "error" ? "wrong" : "odd"}>{cut(plain(doc.sliceString(d.start, end)), 160)}</mark>{plain(doc.sliceString(Math.max(end, d.start), to))}{to < line.to && "…"}</span>
      {rule && rule.length < 160 && <span class="rule">{plainLines(rule)}</span>}
    </div>
  );
}
