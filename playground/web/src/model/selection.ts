/** The chosen token: one place, shown in the transcript, the explanation, the tree and the bytes alike. */
import { batch, computed, effect, signal } from "@preact/signals";
import { CLASSES, KINDS, NONE, type Explanation, type Tree, type Wire } from "imapwire";
import { messageAt } from "./groups";
import { connection, loaded, type Loaded } from "./store";

const PUNCT = CLASSES.indexOf("punct");

export interface Range {
  from: number;
  to: number;
}

export const explanation = signal<Explanation | null>(null);
export const tree = signal<{ message: number; tree: Tree } | null>(null);
export const wire = signal<{ message: number; wire: Wire } | null>(null);
/** What the pointer rests on. */
export const peek = signal<(Range & { message: number }) | null>(null);
/** The chosen problem, or -1. */
export const problem = signal(-1);
/** Counts up when the selection should be brought into view. */
export const reveal = signal(0);
/** Which pane the narrow layouts show. */
export const pane = signal<"explain" | "tree" | "bytes" | "problems">("explain");
/** The phone's sheet: how high it stands. */
export const sheet = signal<"low" | "half" | "high">("low");

/** The place of the chosen token in the text. */
export const selected = computed<Range | null>(() => {
  const step = explanation.value?.path.at(-1);
  return step ? { from: step.start, to: step.end } : null;
});

/** The place of what the chosen token stands in. */
export const parent = computed<Range | null>(() => {
  const step = explanation.value?.path.at(-2);
  return step ? { from: step.start, to: step.end } : null;
});

/** The chosen token in the message's wire bytes. */
export const selectedWire = computed<Range | null>(() => {
  const e = explanation.value, x = tree.value, node = e?.path.at(-1)?.node;
  if (!e || !x || x.message !== e.message || node === undefined || node >= x.tree.length) return null;
  return { from: x.tree.wireStart[node], to: x.tree.wireEnd[node] };
});

export const message = computed(() => explanation.value?.message ?? NONE);

interface Place {
  message: number;
  node: number;
  position: number;
}

const past: Place[] = [];
let future: Place[] = [];
let inner: number[] = [];
let asked = 0;

async function show(ask: (l: Loaded) => Promise<Explanation | null>, how: { record?: boolean; view?: boolean; keepInner?: boolean } = {}): Promise<boolean> {
  const l = loaded.peek();
  if (!l) return false;
  const mine = ++asked;
  let e: Explanation | null;
  try {
    e = await ask(l);
  } catch {
    return false;
  }
  if (mine !== asked || loaded.peek() !== l || !e) return false;
  const before = explanation.peek();
  if (how.record !== false && before && before.path.length > 0) {
    past.push(placeOf(before));
    if (past.length > 200) past.shift();
    future = [];
  }
  if (!how.keepInner) inner = [];
  batch(() => {
    explanation.value = e;
    if (how.view !== false) reveal.value++;
  });
  await details(l, e.message, mine);
  return true;
}

async function details(l: Loaded, id: number, mine: number): Promise<void> {
  if (tree.peek()?.message === id && wire.peek()?.message === id) return;
  try {
    const [x, w] = await Promise.all([l.doc.tree(id), l.doc.wire(id)]);
    if (mine !== asked) return;
    batch(() => {
      tree.value = { message: id, tree: x };
      wire.value = { message: id, wire: w };
    });
  } catch {
    // The document was closed meanwhile.
  }
}

function placeOf(e: Explanation): Place {
  const last = e.path.at(-1)!;
  return { message: e.message, node: last.node, position: last.start };
}

/** Chooses the innermost token at a position of the text. */
export function selectAt(position: number, view = true): Promise<boolean> {
  return show((l) => l.doc.explain(position), { view });
}

export function selectNode(id: number, node: number): Promise<boolean> {
  return show((l) => l.doc.explainNode(id, node));
}

export function selectWire(id: number, offset: number): Promise<boolean> {
  return show((l) => l.doc.explainWire(id, offset));
}

/** Chooses what the chosen token stands in. */
export function outer(): void {
  const e = explanation.peek();
  if (!e || e.path.length < 2) return;
  inner.push(e.path.at(-1)!.node);
  const node = e.path.at(-2)!.node;
  void show((l) => l.doc.explainNode(e.message, node), { keepInner: true });
}

/** Goes back in, to where outer() came from, or to the first child. */
export function innerToken(): void {
  const e = explanation.peek(), x = tree.peek();
  if (!e || !x || x.message !== e.message) return;
  const at = e.path.at(-1)!.node;
  let node = inner.pop();
  if (node === undefined || node <= at || node >= x.tree.next[at]) node = at + 1 < x.tree.next[at] ? at + 1 : undefined;
  if (node !== undefined) void show((l) => l.doc.explainNode(e.message, node), { keepInner: true });
}

/** Chooses the next or previous token of the text. */
export async function stepToken(dir: 1 | -1): Promise<void> {
  const l = loaded.peek();
  if (!l) return;
  const here = selected.peek();
  const m = l.tables.messages;
  let id = explanation.peek()?.message ?? (dir > 0 ? -1 : m.length);
  if (!here) id = dir > 0 ? 0 : m.length - 1;
  for (let hops = 0; id >= 0 && id < m.length && hops < 500; hops++, id += dir) {
    if (!shownMessage(l, id)) continue;
    await l.tokens.have(id, id + 1);
    const known = tree.peek();
    const x = known?.message === id ? known.tree : await l.doc.tree(id);
    let best = -1, bestStart = dir > 0 ? Infinity : -1;
    l.tokens.each(id, id + 1, 0, Infinity, (k) => {
      // What lies between tokens is of the node around them, which has children.
      if (k.class <= PUNCT || k.end === k.start || x.next[k.node] !== k.node + 1) return;
      if (here && dir > 0 && k.start < Math.max(here.from + 1, here.to)) return;
      if (here && dir < 0 && k.end > here.from) return;
      if (dir > 0 ? k.start < bestStart : k.start > bestStart) {
        bestStart = k.start;
        best = k.start;
      }
    });
    if (best >= 0) {
      await selectAt(best);
      return;
    }
  }
}

/** True when the chosen connection tab shows the message. */
function shownMessage(l: Loaded, id: number): boolean {
  const m = l.tables.messages;
  return connection.peek() < 0 ? m.kind[id] !== KINDS.indexOf("noise") : m.connection[id] === connection.peek();
}

/** Chooses the first token of a message. */
export async function selectMessage(id: number): Promise<boolean> {
  const l = loaded.peek();
  if (!l || id < 0 || id >= l.tables.messages.length) return false;
  await l.tokens.have(id, id + 1);
  let first = -1;
  l.tokens.each(id, id + 1, 0, Infinity, (k) => {
    if (first < 0 && k.class !== 0) first = k.start;
  });
  const r = l.tables.messages.firstRange[id] * 2;
  return selectAt(first >= 0 ? first : (l.tables.ranges[r] ?? l.tables.messages.start[id]));
}

/** Goes to the next or previous message. */
export async function stepMessage(dir: 1 | -1): Promise<void> {
  const l = loaded.peek();
  if (!l) return;
  const m = l.tables.messages;
  let id = explanation.peek()?.message;
  id = id === undefined ? (dir > 0 ? 0 : m.length - 1) : id + dir;
  while (id >= 0 && id < m.length && !shownMessage(l, id)) id += dir;
  await selectMessage(id);
}

/** Goes to the next or previous command. */
export async function stepCommand(dir: 1 | -1): Promise<void> {
  const l = loaded.peek();
  if (!l) return;
  const m = l.tables.messages, command = KINDS.indexOf("command");
  let id = explanation.peek()?.message ?? (dir > 0 ? -1 : m.length);
  for (id += dir; id >= 0 && id < m.length; id += dir) {
    if (m.kind[id] === command && shownMessage(l, id)) {
      await selectMessage(id);
      return;
    }
  }
}

/** Goes to the line (1-based) of the text. */
export async function goToPosition(position: number): Promise<boolean> {
  const l = loaded.peek();
  if (!l) return false;
  const id = messageAt(l.tables.messages, position);
  if (id < 0) return false;
  await l.tokens.have(id, id + 1);
  let at = -1;
  l.tokens.each(id, id + 1, position, Infinity, (k) => {
    if (at < 0 && k.class !== 0 && k.start >= position) at = k.start;
  });
  return selectAt(at >= 0 ? at : position);
}

/** The next line with the same tag as message id. */
export async function nextWithTag(id: number): Promise<void> {
  const l = loaded.peek();
  if (!l) return;
  const m = l.tables.messages;
  const tag = l.str(m.tag[id]);
  if (!tag) return;
  for (let k = 1; k <= m.length; k++) {
    const j = (id + k) % m.length;
    if (m.connection[j] === m.connection[id] && l.str(m.tag[j]) === tag) {
      await selectMessage(j);
      return;
    }
  }
}

/** Chooses problem number i and the octets that show it. */
export async function selectProblem(i: number): Promise<void> {
  const l = loaded.peek();
  if (!l || i < 0 || i >= l.tables.diagnostics.length) return;
  problem.value = i;
  const d = l.tables.diagnostics;
  if (!(await selectAt(d.start[i]))) await selectMessage(d.message[i]);
}

export function back(): void {
  travel(past, future);
}

export function forward(): void {
  travel(future, past);
}

function travel(from: Place[], to: Place[]): void {
  const place = from.pop();
  const e = explanation.peek();
  if (!place) return;
  if (e) to.push(placeOf(e));
  void show((l) => (l.tables.messages.length > place.message ? l.doc.explainNode(place.message, place.node) : l.doc.explain(place.position)), { record: false });
}

export function unselect(): void {
  asked++;
  batch(() => {
    explanation.value = null;
    tree.value = null;
    wire.value = null;
    peek.value = null;
    problem.value = -1;
  });
}

// Another document, or the same one after an edit or in another language: the place stays where it can.
let lastName: string | null = null;
effect(() => {
  const l = loaded.value;
  const e = explanation.peek();
  if (!l || l.name !== lastName) {
    if (!l) {
      past.length = 0;
      future = [];
    }
    lastName = l?.name ?? null;
    unselect();
    return;
  }
  const at = e?.path.at(-1);
  tree.value = null;
  wire.value = null;
  if (problem.peek() >= l.tables.diagnostics.length) problem.value = -1;
  if (e && at) void show((x) => (e.message < x.tables.messages.length ? x.doc.explain(at.start) : Promise.resolve(null)), { record: false, view: false });
});
