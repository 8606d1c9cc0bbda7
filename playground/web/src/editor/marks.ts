/** Marks on the visible lines: who speaks, what each token is, what is chosen, and the notes at the ends of lines. */
import { RangeSet, StateEffect, StateField, type Range as MarkRange } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { CLASSES, FLAG_ERROR, FLAG_MISSING, FLAG_QUIRK, KINDS, SEVERITIES, SIDES, type TokenClass } from "imapwire";
import { messageAt, messageOn } from "../model/groups";
import { printing } from "../model/paper";
import type { Loaded } from "../model/store";
import { ItemsWidget, Lists } from "./lists";
import { pace } from "./pace";
import { suspects } from "./premask";
import { annotation, lists, openList, redraw, setLoaded, setShow, show, type Show } from "./state";
import { InlayWidget, LiteralChip, MaskWidget, MetaWidget } from "./widgets";

const COLOURS: Record<TokenClass, string> = {
  gap: "", punct: "t-pun", tag: "t-tag", keyword: "t-kw", atom: "t-att", number: "t-num", string: "t-str", literal: "t-in",
  flag: "t-flag", nil: "t-att", text: "t-text", code: "t-code", mailbox: "t-mbx", set: "t-num", "status-ok": "t-ok",
  "status-no": "t-bad", "status-bad": "t-bad", "literal-head": "t-lit",
};

/** Characters of one visible range that get marks. A line of megabytes counts as visible until CodeMirror has measured it. */
const MOST = 40000;
/** The same on paper, where all is visible. */
const MOST_PRINTED = 1_000_000;

const NOISE = KINDS.indexOf("noise");
const ERROR = SEVERITIES.indexOf("error");
const QUIRK = SEVERITIES.indexOf("quirk");
const GAP = CLASSES.indexOf("gap");

const tokenMarks = new Map<number, Decoration>();

/** One decoration per class and flags: there are few. */
function tokenMark(cls: number, flags: number): Decoration {
  const key = cls | ((flags & (FLAG_ERROR | FLAG_MISSING | FLAG_QUIRK)) << 8);
  let d = tokenMarks.get(key);
  if (!d) {
    const names = ["tok", COLOURS[CLASSES[cls]]];
    if (flags & (FLAG_ERROR | FLAG_MISSING)) names.push("wrong");
    else if (flags & FLAG_QUIRK) names.push("odd");
    d = Decoration.mark({ class: names.join(" ").trim() });
    tokenMarks.set(key, d);
  }
  return d;
}

const lineMarks = new Map<string, Decoration>();
function lineMark(cls: string): Decoration {
  let d = lineMarks.get(cls);
  if (!d) lineMarks.set(cls, (d = Decoration.line({ class: cls })));
  return d;
}

const PREFIX = Decoration.replace({});
const PREFIX_SHOWN = Decoration.mark({ class: "prefix" });
const WRONG = Decoration.mark({ class: "wrong" });
const ODD = Decoration.mark({ class: "odd" });

/** The group is a command with its answers, or a message over several lines: it has a bracket and can be folded. */
export function many(l: Loaded, g: number): boolean {
  const m = l.tables.messages, first = l.groups.first[g];
  return m.lastLine[l.groups.last[g]] > m.line[first] && m.kind[first] !== NOISE;
}

/** Classes of the line at a position: side, first or last of its message and group. The gutters have them too. */
export function lineClasses(l: Loaded, from: number, to: number, s: Show): string {
  const m = l.tables.messages;
  const id = messageOn(m, from);
  if (id < 0) return "none cont";
  const g = l.groups.of[id];
  const first = m.start[id] === from;
  const last = to + 1 >= m.end[id];
  const names: string[] = [SIDES[m.side[id]]];
  if (!first) names.push("cont");
  if (m.kind[id] === NOISE) names.push("noise");
  if (first && l.groups.first[g] === id && id > 0 && m.kind[id] !== NOISE) names.push("g-first");
  if (last && l.groups.last[g] === id) names.push("g-last");
  if (many(l, g)) names.push("g-many");
  if (s.connection >= 0 && m.connection[id] !== s.connection) names.push("other");
  return names.join(" ");
}

class Marks {
  decorations: DecorationSet = Decoration.none;
  /** All that is visible is drawn with its tokens. */
  complete = false;

  constructor(view: EditorView) {
    this.decorations = this.draw(view);
  }

  update(u: ViewUpdate): void {
    const a = u.state.field(annotation);
    const asked = u.transactions.some((tr) => tr.effects.some((e) => e.is(setLoaded) || e.is(redraw) || e.is(setShow) || e.is(openList)));
    if (a.stale && u.docChanged) this.decorations = this.decorations.map(u.changes);
    else if (asked || (!a.stale && (u.viewportChanged || u.docChanged))) this.decorations = this.draw(u.view);
  }

  draw(view: EditorView): DecorationSet {
    const { loaded: l, stale } = view.state.field(annotation);
    if (stale) return this.decorations;
    const s = view.state.field(show);
    const out: MarkRange<Decoration>[] = [];
    const coarse = view.plugin(pace)?.coarse === true && !printing.peek();
    this.complete = l !== null && !coarse;
    let doneLine = -1, first = Infinity;
    const annotatedTo = l ? (l.tables.messages.end[l.tables.messages.length - 1] ?? 0) : 0;
    for (const range of view.visibleRanges) {
      const from = range.from, to = Math.min(range.to, from + (printing.peek() ? MOST_PRINTED : MOST));
      if (!l || to > annotatedTo) this.rough(view, Math.max(from, annotatedTo), to, out);
      if (!l) continue;
      const m = l.tables.messages;
      const firstId = Math.max(0, messageOn(m, from)), lastId = messageAt(m, to);
      this.lines(view, l, s, from, to, doneLine, out);
      doneLine = view.state.doc.lineAt(to).number;
      this.secrets(l, from, to, firstId, out, view);
      if (coarse) continue;
      if (!l.tokens.need(firstId, lastId + 1)) this.complete = false;
      l.tokens.shown = { from: Math.min(firstId, first), to: lastId + 1 };
      first = l.tokens.shown.from;
      const long = new Lists();
      l.tokens.each(firstId, lastId + 1, from, to + 1, (k) => {
        long.add(k);
        if (k.class !== GAP && k.end > k.start && k.end <= view.state.doc.length) out.push(tokenMark(k.class, k.flags).range(k.start, k.end));
      });
      const open = view.state.field(lists);
      if (!s.editing && !printing.peek()) {
        for (const x of long.hidden(view.state.doc)) {
          if (!open.has(x.message)) out.push(Decoration.replace({ widget: new ItemsWidget(x.message, x.items) }).range(x.from, x.to));
        }
      }
      this.findings(l, from, to, firstId, lastId, out, view);
      if (s.inlays && !s.editing) this.inlays(l, from, to, firstId, lastId, out);
      this.chips(l, s, from, to, firstId, out, view);
    }
    return Decoration.set(out, true);
  }

  /** What is not annotated, or not yet, shows no passwords either. */
  private rough(view: EditorView, from: number, to: number, out: MarkRange<Decoration>[]): void {
    if (from >= to) return;
    for (const x of suspects(view.state.doc, from, to)) out.push(Decoration.replace({ widget: new MaskWidget("other", x.to - x.from) }).range(x.from, x.to));
  }

  private lines(view: EditorView, l: Loaded, s: Show, from: number, to: number, after: number, out: MarkRange<Decoration>[]): void {
    const doc = view.state.doc, m = l.tables.messages, ranges = l.tables.ranges;
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      if (line.number > after) {
        out.push(lineMark(lineClasses(l, line.from, line.to, s)).range(line.from));
        const id = messageOn(m, line.from);
        if (id >= 0) {
          if (m.start[id] === line.from && !s.editing && m.kind[id] !== NOISE) {
            const meta = MetaWidget.of(l, id);
            if (meta) out.push(Decoration.widget({ widget: meta, side: -2 }).range(line.from));
          }
          if (m.kind[id] !== NOISE) {
            const [wireFrom, wireTo] = wireOf(ranges, m.firstRange[id], m.firstRange[id + 1] ?? ranges.length / 2, line.from, line.to);
            const mark = s.prefix || s.editing ? PREFIX_SHOWN : PREFIX;
            if (wireFrom > line.from) out.push(mark.range(line.from, wireFrom));
            if (wireTo < line.to) out.push(mark.range(wireTo, line.to));
          }
        }
      }
      if (line.to >= to || line.number >= doc.lines) break;
    }
  }

  private secrets(l: Loaded, from: number, to: number, firstId: number, out: MarkRange<Decoration>[], view: EditorView): void {
    const t = l.tables.secrets;
    for (let i = l.tables.messages.firstSecret[firstId] ?? t.length; i < t.length && t.start[i] <= to; i++) {
      if (t.end[i] < from || t.end[i] <= t.start[i] || t.end[i] > view.state.doc.length) continue;
      const kind = l.str(t.kind[i]);
      // A secret over several lines is covered line by line: a mark must not take a line break away.
      for (let at = t.start[i]; at < t.end[i]; ) {
        const line = view.state.doc.lineAt(at);
        const end = Math.min(line.to, t.end[i]);
        if (end > at) out.push(Decoration.replace({ widget: new MaskWidget(kind, end - at), inclusive: false }).range(at, end));
        at = line.to + 1;
      }
    }
  }

  private findings(l: Loaded, from: number, to: number, firstId: number, lastId: number, out: MarkRange<Decoration>[], view: EditorView): void {
    const d = l.tables.diagnostics, m = l.tables.messages;
    for (let i = m.firstDiagnostic[firstId] ?? d.length; i < d.length && d.message[i] <= lastId; i++) {
      const start = Math.max(d.start[i], from), end = Math.min(d.end[i], to, view.state.doc.length);
      if (end <= start || d.end[i] - d.start[i] > 400) continue;
      if (d.severity[i] === ERROR) out.push(WRONG.range(start, end));
      else if (d.severity[i] === QUIRK) out.push(ODD.range(start, end));
    }
  }

  private inlays(l: Loaded, from: number, to: number, firstId: number, lastId: number, out: MarkRange<Decoration>[]): void {
    for (let id = firstId, seen: unknown = null; id <= lastId; id++) {
      const list = l.tokens.inlays(id);
      if (list === seen) continue;
      seen = list;
      for (const i of list) {
        if (i.at >= from && i.at <= to) out.push(Decoration.widget({ widget: new InlayWidget(i.text), side: 1 }).range(i.at));
      }
    }
  }

  private chips(l: Loaded, s: Show, from: number, to: number, firstId: number, out: MarkRange<Decoration>[], view: EditorView): void {
    const t = l.tables.literals;
    if (s.editing) return;
    for (let i = l.tables.messages.firstLiteral[firstId] ?? t.length; i < t.length && t.headStart[i] <= to; i++) {
      if (t.headEnd[i] < from || t.headEnd[i] > view.state.doc.length) continue;
      if (!literalLines(view.state.doc, t.start[i], t.end[i], t.headEnd[i])) out.push(Decoration.widget({ widget: new LiteralChip(l, i), side: 1 }).range(t.headEnd[i]));
    }
  }
}

/** From the first to the last wire byte on the line [from, to]; what is outside is the log's own. */
function wireOf(ranges: Uint32Array, first: number, last: number, from: number, to: number): [number, number] {
  let lo = first, hi = last;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (ranges[2 * mid + 1] <= from) lo = mid + 1;
    else hi = mid;
  }
  if (lo >= last || ranges[2 * lo] > to) return [from, to];
  const start = Math.max(from, ranges[2 * lo]);
  while (lo + 1 < last && ranges[2 * (lo + 1)] < to) lo++;
  return [start, Math.max(start, Math.min(to, ranges[2 * lo + 1]))];
}

/** Lines that a literal fills from end to end, if it is worth to fold them: their positions. */
export function literalLines(doc: EditorView["state"]["doc"], start: number, end: number, headEnd: number): { from: number; to: number; first: number; last: number } | null {
  if (end <= start || end > doc.length) return null;
  const a = doc.lineAt(start);
  if (a.from <= headEnd) return null; // the octets begin on the line of the header
  let b = doc.lineAt(end);
  if (end < b.to || end === b.from) {
    if (b.number === a.number) return null;
    b = doc.line(b.number - 1);
  }
  if (b.number - a.number + 1 < 3) return null;
  return { from: a.from, to: b.to, first: a.number, last: b.number };
}

export const marks = ViewPlugin.fromClass(Marks, { decorations: (v) => v.decorations });

/** Ranges that are lit: chosen, its parent, and what the pointer rests on. */
export interface Lit {
  selected: { from: number; to: number } | null;
  parent: { from: number; to: number } | null;
  peek: { from: number; to: number } | null;
  /** Lines of the chosen group. */
  here: { from: number; to: number } | null;
}

export const setLit = StateEffect.define<Lit>();

const SELECTED = Decoration.mark({ class: "sel", attributes: { id: "selected-token" }, inclusive: false });
const PARENT = Decoration.mark({ class: "peek" });
const PEEK = Decoration.mark({ class: "peek" });
const HERE = Decoration.line({ class: "here" });

interface LitMarks {
  lit: Lit;
  set: DecorationSet;
}

export const lit = StateField.define<LitMarks>({
  create: () => ({ lit: { selected: null, parent: null, peek: null, here: null }, set: RangeSet.empty }),
  update(value, tr) {
    for (const e of tr.effects) {
      if (!e.is(setLit)) continue;
      const doc = tr.state.doc, out: MarkRange<Decoration>[] = [];
      const inside = (r: { from: number; to: number } | null) => r !== null && r.to > r.from && r.to <= doc.length;
      if (inside(e.value.parent) && e.value.parent!.to - e.value.parent!.from < 20000) out.push(PARENT.range(e.value.parent!.from, e.value.parent!.to));
      if (inside(e.value.peek)) out.push(PEEK.range(e.value.peek!.from, e.value.peek!.to));
      if (inside(e.value.selected)) out.push(SELECTED.range(e.value.selected!.from, e.value.selected!.to));
      if (inside(e.value.here)) {
        const a = doc.lineAt(e.value.here!.from).number, b = Math.min(doc.lineAt(e.value.here!.to).number, a + 400);
        for (let n = a; n <= b; n++) out.push(HERE.range(doc.line(n).from));
      }
      return { lit: e.value, set: Decoration.set(out, true) };
    }
    return tr.docChanged ? { lit: value.lit, set: value.set.map(tr.changes) } : value;
  },
  provide: (f) => EditorView.decorations.from(f, (v) => v.set),
});
