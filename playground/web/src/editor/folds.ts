/** What takes the place of lines: folded groups, folded literals, long runs of alike answers; and the problems that stand between lines. */
import { RangeSet, StateEffect, StateField, type EditorState, type Range as MarkRange, type Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import { KINDS, NONE, SEVERITIES, SIDES, STATUSES } from "imapwire";
import { t } from "../i18n";
import { h, icon } from "../lib/dom";
import { cut, plain } from "../lib/visible";
import type { Loaded } from "../model/store";
import { messageOn } from "../model/groups";
import { arrived } from "../model/tokens";
import { pane, selectProblem, sheet } from "../model/selection";
import { LiteralBlock, type LiteralTab } from "./literal";
import { literalLines } from "./marks";
import { hiddenOf } from "./lists";
import { whenAtRest } from "./pace";
import { annotation, lists, openList, redraw, setLoaded, setShow, show } from "./state";

/** Runs of alike answers that are longer fold to one row. */
const ALIKE = 200;
/** Lines of the log itself, or of prose, that are folded to one row: a single one stands as it is. */
const NOISE_LINES = 2;
/** Problems that are written between the lines; more of them stand in the list only. */
const INLINE = 2000;
/** Literals that are folded at first; the others follow in tasks of their own, see foldMore. */
const SLICE = 200;
/** Milliseconds that such a task should take. */
const TASK = 16;

const DATA = KINDS.indexOf("data");
const NOISE = KINDS.indexOf("noise");
const ERROR = SEVERITIES.indexOf("error");
const QUIRK = SEVERITIES.indexOf("quirk");

export interface Folds {
  /** Groups that are folded. */
  groups: ReadonlySet<number>;
  /** Literals that are open, and how. */
  literals: ReadonlyMap<number, LiteralTab>;
  /** Runs of alike answers, by first message, that are open. */
  runs: ReadonlySet<number>;
  /** Literals below this index have their block. */
  done: number;
  set: DecorationSet;
}

const none: Folds = { groups: new Set(), literals: new Map(), runs: new Set(), done: 0, set: RangeSet.empty };

/** Gives the next slice of literals their blocks. */
const more = StateEffect.define<number>();
/** One literal or one group changes: the others stay as they are. */
const turnLiteral = StateEffect.define<{ index: number; tab: LiteralTab | "closed" }>();
const turnGroup = StateEffect.define<{ group: number; folded: boolean }>();

export const setFolds = StateEffect.define<Partial<Pick<Folds, "groups" | "literals" | "runs">>>();

/** One sentence in the place of a folded group's answers. */
class SummaryWidget extends WidgetType {
  constructor(readonly l: Loaded, readonly group: number, readonly lang: string) {
    super();
  }
  override eq(o: SummaryWidget): boolean {
    return o.l === this.l && o.group === this.group && o.lang === this.lang;
  }
  toDOM(view: EditorView): HTMLElement {
    const id = this.l.groups.first[this.group], last = this.l.groups.last[this.group];
    const e = h("button", { class: "summary", type: "button", tabindex: "-1", title: t.value.log.unfold });
    const fill = () => {
      const s = this.l.tokens.summary(id);
      e.textContent = s ? plain(s.summary) : "…";
      return s !== undefined;
    };
    this.l.tokens.need(id, last + 1);
    if (!fill()) {
      const stop = arrived.subscribe(() => {
        if (fill() || !e.isConnected) queueMicrotask(() => stop());
      });
    }
    e.addEventListener("click", () => toggleGroup(view, this.group));
    return e;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** One row for many answers of the same shape, or many lines that are no IMAP. */
class RunWidget extends WidgetType {
  constructor(readonly first: number, readonly words: string, readonly quiet = false) {
    super();
  }
  override eq(o: RunWidget): boolean {
    return o.first === this.first && o.words === this.words;
  }
  override get estimatedHeight(): number {
    return this.quiet ? 20 : 24;
  }
  toDOM(view: EditorView): HTMLElement {
    const b = h("button", { class: this.quiet ? "more quiet" : "more", type: "button" }, this.words);
    b.addEventListener("click", () => {
      view.dispatch({ effects: setFolds.of({ runs: new Set([...view.state.field(folds).runs, this.first]) }) });
    });
    return h("div", { class: "run" }, b);
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** What problems said when they were last drawn, by what they are: after an edit most are as before, and must not flicker. */
const said = new Map<string, { title: string; body: string }>();
const MOST_SAID = 500;

/** A problem under the line that shows it. */
class ProblemWidget extends WidgetType {
  constructor(readonly l: Loaded, readonly index: number, readonly lang: string) {
    super();
  }
  override eq(o: ProblemWidget): boolean {
    return o.l === this.l && o.index === this.index && o.lang === this.lang;
  }
  override get estimatedHeight(): number {
    return 34;
  }
  toDOM(view: EditorView): HTMLElement {
    const d = this.l.tables.diagnostics;
    const severity = SEVERITIES[d.severity[this.index]];
    const body = h("span", { class: "why" });
    const go = h("button", { class: "go", type: "button" }, t.value.log.problemLink);
    go.addEventListener("click", () => {
      pane.value = "problems";
      sheet.value = "half";
      void selectProblem(this.index);
    });
    const heading = h("b");
    const say = (words: { title: string; body: string }) => {
      heading.replaceChildren(h("span", { class: "sr" }, t.peek().problems.severity[severity] + ": "), plain(words.title));
      body.textContent = words.body;
    };
    const title = this.l.str(d.title[this.index]);
    const key = [this.lang, this.l.str(d.id[this.index]), title, view.state.sliceDoc(d.start[this.index], Math.min(d.end[this.index], d.start[this.index] + 80))].join("\n");
    say(said.get(key) ?? { title, body: "" });
    const e = h(
      "div", { class: "finding " + severity, role: "note" }, icon(severity, "i"),
      h("span", { class: "text" }, heading, " ", body), go,
    );
    const id = d.message[this.index];
    const ask = () => Promise.all([this.l.doc.diagnostics(this.index, this.index + 1), this.l.tables.messages.failed[id] ? this.l.doc.error(id) : null]);
    whenAtRest(view, e, () => void ask().then(([[x], error]) => {
      if (!x) return;
      // What was expected and what was found says more than the name of the error.
      const words = { title: error && error.start === x.start ? error.text : title, body: cut(plain(firstSentence(x.body)), 220) };
      say(words);
      if (said.size >= MOST_SAID) said.clear();
      said.set(key, words);
      view.requestMeasure();
    }, () => {}));
    return h("div", { class: "between" }, e);
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

function firstSentence(s: string): string {
  const end = /[.。](\s|$)|。/.exec(s);
  return end ? s.slice(0, end.index + 1) : s;
}

function build(state: EditorState, f: Omit<Folds, "set">): DecorationSet {
  const l = state.field(annotation).loaded;
  const s = state.field(show);
  if (!l) return RangeSet.empty;
  const out: MarkRange<Decoration>[] = [];
  const doc = state.doc, m = l.tables.messages, words = t.peek().lang.html;
  if (!s.editing) {
    literals(doc, l, f.literals, 0, f.done, out);
    for (const g of f.groups) group(doc, l, g, words, out);
    runs(doc, l, f.runs, !s.prefix, out);
    if (s.connection >= 0) others(doc, l, s.connection, out);
  }
  const d = l.tables.diagnostics;
  for (let i = 0, n = 0; i < d.length && n < INLINE; i++) {
    if (d.severity[i] !== ERROR && d.severity[i] !== QUIRK) continue;
    if (s.connection >= 0 && m.connection[d.message[i]] !== s.connection) continue;
    n++;
    const at = Math.min(Math.max(d.start[i], d.end[i] - 1), doc.length);
    const line = doc.lineAt(at);
    out.push(Decoration.widget({ widget: new ProblemWidget(l, i, words), side: 1, block: true }).range(line.to));
  }
  return Decoration.set(out, true);
}

function literals(doc: Text, l: Loaded, open: Folds["literals"], from: number, to: number, out: MarkRange<Decoration>[]): void {
  const x = l.tables.literals;
  for (let i = from; i < Math.min(to, x.length); i++) {
    const at = literalLines(doc, x.start[i], x.end[i], x.headEnd[i]);
    if (!at) continue;
    const tab = open.get(i);
    const widget = new LiteralBlock(l, i, at.first, at.last, tab ?? "closed", t.peek().lang.html);
    if (tab === "raw") out.push(Decoration.widget({ widget, side: -1, block: true }).range(at.from));
    else out.push(Decoration.replace({ widget, block: true }).range(at.from, at.to));
  }
}

function group(doc: Text, l: Loaded, g: number, words: string, out: MarkRange<Decoration>[]): void {
  const m = l.tables.messages;
  const first = l.groups.first[g], last = l.groups.last[g];
  if (first === undefined) return;
  const from = lineEndAt(doc, m.end[first]), to = lineEndAt(doc, m.end[last]);
  // The first line alone stays, even of a command over several lines.
  const start = Math.min(from, doc.lineAt(m.start[first]).to);
  if (to > start) out.push(Decoration.replace({ widget: new SummaryWidget(l, g, words) }).range(start, to));
}

/** The end of the last line of a message that ends before position end. */
function lineEndAt(doc: Text, end: number): number {
  const at = Math.min(end, doc.length);
  const line = doc.lineAt(at);
  return line.from === at && at > 0 && line.number > 1 ? line.from - 1 : line.to;
}

function runs(doc: Text, l: Loaded, open: Folds["runs"], folded: boolean, out: MarkRange<Decoration>[]): void {
  const m = l.tables.messages;
  for (let i = 0; i < m.length; ) {
    let k = i + 1;
    if (m.kind[i] === DATA) {
      while (k < m.length && m.kind[k] === DATA && m.name[k] === m.name[i] && l.groups.of[k] === l.groups.of[i] && m.severity[k] < QUIRK) k++;
      if (k - i > ALIKE && !open.has(i)) {
        const from = m.start[i + 3], to = lineEndAt(doc, m.end[k - 2]);
        out.push(Decoration.replace({ widget: new RunWidget(i, t.peek().log.moreAlike(k - 1 - (i + 3))), block: true }).range(from, to));
      }
    } else if (m.kind[i] === NOISE) {
      while (k < m.length && m.kind[k] === NOISE) k++;
      const count = m.lastLine[k - 1] - m.line[i] + 1;
      const to = lineEndAt(doc, m.end[k - 1]);
      if (folded && count >= NOISE_LINES && !open.has(i) && to > m.start[i]) {
        const words = i === 0 ? t.peek().log.prose(count) : t.peek().log.noise(count);
        out.push(Decoration.replace({ widget: new RunWidget(i, words, true), block: true }).range(m.start[i], to));
      }
    }
    i = k;
  }
}

/** Takes the messages of other connections away. */
function others(doc: Text, l: Loaded, connection: number, out: MarkRange<Decoration>[]): void {
  const m = l.tables.messages;
  for (let i = 0; i < m.length; ) {
    if (m.connection[i] === connection) {
      i++;
      continue;
    }
    let k = i;
    while (k < m.length && m.connection[k] !== connection) k++;
    const from = m.start[i], to = lineEndAt(doc, m.end[k - 1]);
    if (to > from) out.push(Decoration.replace({ block: true }).range(from, to));
    i = k;
  }
}

export const folds = StateField.define<Folds>({
  create: () => none,
  update(value, tr) {
    let next = value, again = false;
    const l = tr.state.field(annotation).loaded;
    for (const e of tr.effects) {
      if (e.is(more) && l && !again) {
        const out: MarkRange<Decoration>[] = [], done = next.done + e.value;
        if (!tr.state.field(show).editing) literals(tr.state.doc, l, next.literals, next.done, done, out);
        next = { ...next, done, set: next.set.update({ add: out, sort: true }) };
      } else if (e.is(turnLiteral) && l) {
        const open = new Map(next.literals), out: MarkRange<Decoration>[] = [], { index, tab } = e.value;
        if (tab === "closed") open.delete(index);
        else open.set(index, tab);
        literals(tr.state.doc, l, open, index, index + 1, out);
        next = { ...next, literals: open, set: swapIn(next.set, out, l.tables.literals.start[index], l.tables.literals.end[index], tr.state.doc, (w) => w instanceof LiteralBlock && w.index === index) };
      } else if (e.is(turnGroup) && l) {
        const groups = new Set(next.groups), out: MarkRange<Decoration>[] = [], g = e.value.group, m = l.tables.messages;
        if (e.value.folded) groups.add(g);
        else groups.delete(g);
        if (e.value.folded) group(tr.state.doc, l, g, t.peek().lang.html, out);
        next = { ...next, groups, set: swapIn(next.set, out, m.start[l.groups.first[g]], m.end[l.groups.last[g]], tr.state.doc, (w) => w instanceof SummaryWidget && w.group === g) };
      } else if (e.is(setFolds)) {
        next = { ...next, ...e.value };
        again = true;
      } else if (e.is(setLoaded)) {
        const was = tr.startState.field(annotation).loaded;
        next = was?.name !== e.value?.name ? { ...none, done: SLICE } : { ...next, done: Math.max(SLICE, next.done) };
        again = true;
      } else if (e.is(setShow) || e.is(redraw)) again ||= e.is(setShow);
    }
    if (again) return { ...next, set: build(tr.state, next) };
    return tr.docChanged ? { ...next, set: next.set.map(tr.changes) } : next;
  },
  provide: (f) => EditorView.decorations.from(f, (v) => v.set),
});

/** The set with the widget that `mine` knows, near [from, to], replaced by others. */
function swapIn(set: DecorationSet, add: MarkRange<Decoration>[], from: number, to: number, doc: Text, mine: (w: WidgetType) => boolean): DecorationSet {
  return set.update({
    filterFrom: Math.max(0, doc.lineAt(Math.min(from, doc.length)).from),
    filterTo: doc.lineAt(Math.min(to, doc.length)).to,
    filter: (_from, _to, value) => !mine(value.spec.widget as WidgetType),
    add,
    sort: true,
  });
}

export function toggleGroup(view: EditorView, g: number): void {
  view.dispatch({ effects: turnGroup.of({ group: g, folded: !view.state.field(folds).groups.has(g) }) });
}

/** Folds the literals that are not folded yet, as many per task as leave the page time to answer. */
export function foldMore(view: EditorView): void {
  const l = view.state.field(annotation).loaded;
  let slice = SLICE;
  const step = () => {
    if (view.state.field(annotation).loaded !== l || !l || view.state.field(folds).done >= l.tables.literals.length) return;
    const began = performance.now();
    view.dispatch({ effects: more.of(slice) });
    const took = Math.max(1, performance.now() - began);
    slice = Math.round(Math.min(2 * slice, Math.max(SLICE / 4, (slice * TASK) / took)));
    requestAnimationFrame(() => setTimeout(step, 0)); // CodeMirror measures in the frame
  };
  setTimeout(step, 0);
}

/** Folds all groups, or opens all if most are folded. */
export function toggleAll(view: EditorView): void {
  const l = view.state.field(annotation).loaded;
  if (!l) return;
  const foldable: number[] = [];
  l.groups.first.forEach((first, g) => {
    if (l.groups.last[g] > first && l.groups.command[g] !== NONE) foldable.push(g);
  });
  const now = view.state.field(folds).groups;
  const groups = now.size * 2 >= foldable.length ? new Set<number>() : new Set(foldable);
  view.dispatch({ effects: setFolds.of({ groups }) });
}

export function setLiteral(view: EditorView, i: number, tab: LiteralTab | "closed"): void {
  view.dispatch({ effects: turnLiteral.of({ index: i, tab }) });
}

/** Opens whatever hides a position. True if something was hidden. */
export function unfoldAt(view: EditorView, position: number): boolean {
  const l = view.state.field(annotation).loaded;
  if (!l) return false;
  const on = messageOn(l.tables.messages, position);
  const list = on < 0 || view.state.field(lists).has(on) ? undefined : hiddenOf(l, on, view.state.doc);
  if (list && list.from <= position && position < list.to) view.dispatch({ effects: openList.of(on) });
  const f = view.state.field(folds);
  const change: Partial<Pick<Folds, "groups" | "literals" | "runs">> = {};
  const hit: { from: number; to: number; value: Decoration }[] = [];
  f.set.between(position, position, (from, to, value) => {
    if (from < position && to > position) hit.push({ from, to, value });
  });
  for (const x of hit) {
    const w = x.value.spec.widget as WidgetType | undefined;
    if (w instanceof SummaryWidget) {
      const groups = new Set(change.groups ?? f.groups);
      groups.delete(w.group);
      change.groups = groups;
    } else if (w instanceof RunWidget) change.runs = new Set([...(change.runs ?? f.runs), w.first]);
    else if (w instanceof LiteralBlock) change.literals = new Map([...(change.literals ?? f.literals), [w.index, "raw" as const]]);
  }
  if (Object.keys(change).length === 0) return false;
  view.dispatch({ effects: setFolds.of(change) });
  return true;
}

/** "47 UID FETCH, refused": the name of a group for those who do not see its shape. */
export function groupName(l: Loaded, g: number): string {
  const m = l.tables.messages;
  const id = l.groups.first[g];
  const answer = m.answeredBy[id];
  const status = answer === NONE ? "" : STATUSES[m.status[answer]];
  const name = [l.str(m.tag[id]), l.str(m.name[id])].filter(Boolean).join(" ") || t.value.log.lane[SIDES[m.side[id]]];
  return t.value.log.group(plain(name), status === "NO" || status === "BAD" ? t.value.log.refused : status);
}

