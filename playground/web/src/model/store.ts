/** The document on screen: what was opened, what the engine says of it, and what is under way. */
import type { Text } from "@codemirror/state";
import { batch, computed, effect, signal } from "@preact/signals";
import type { Async, Document, EngineClient, Format, OpenOptions, Overview, Tables } from "imapwire";
import { stringAt } from "imapwire";
import { lang, t } from "../i18n";
import { plain } from "../lib/visible";
import { buildText, buildTextFromString, isPlain } from "./bytes";
import { letGo } from "./garbage";
import { group, stateChanges, type Groups } from "./groups";
import { TokenCache } from "./tokens";

/** Octets that are annotated at once; a longer text is read in parts, see parts.ts. */
export const ANNOTATED = 64 << 20;
/** Of longer texts the beginning is explained before the rest is annotated. */
const PREVIEWED = 1 << 20;
/** Octets of what must be read as a whole, since it is packed. */
export const READ = 256 << 20;

/** An annotated document. A new object after each change of text, format or language. */
export interface Loaded {
  name: string;
  doc: Async<Document>;
  overview: Overview;
  tables: Tables;
  groups: Groups;
  /** 1 where a message changes its connection's state. */
  changes: Uint8Array;
  tokens: TokenCache;
  str(i: number): string;
  /** Milliseconds from the opening to the last annotation. */
  elapsed: number;
  /** Only the beginning is annotated so far; the engine is at work on the rest. */
  partial: boolean;
}

/** Milliseconds without a word from the engine after which it is started anew; and after a request to stop. */
const SILENCE = 60_000;
const SILENCE_STOPPING = 5_000;

export type Origin = "paste" | "file" | "example" | "link" | "edit";

/** What to read. */
export interface Source {
  name: string;
  octets: Uint8Array;
  origin: Origin;
  /** Which part of a longer text the octets are. */
  part?: Part;
}

/** A part of a text that is too long to be annotated at once. */
export interface Part {
  file: Blob;
  /** The part's octets in the file. */
  from: number;
  to: number;
  /** Lines of the file before the part. */
  line: number;
  /** Where the parts before this one began. */
  before: { from: number; line: number }[];
}

export type Phase = "empty" | "busy" | "read" | "failed";

export const phase = signal<Phase>("empty");
export const ready = signal(false);
export const source = signal<Source | null>(null);
export const previous = signal<Source | null>(null);
export const loaded = signal<Loaded | null>(null);
/** The text to show, once it is decoded; the annotation may come later. */
export const text = signal<Text | null>(null);
/** The beginning that was shown while a long text was decoded, by the whole text. */
export const beginnings = new WeakMap<Text, Text>();
export const progress = signal<{ done: number; total: number; messages: number; since: number } | null>(null);
export const notice = signal<"" | "from-link" | "bad-link" | "stopped" | "engine" | "no-engine" | "too-large">("");
export const options = signal<OpenOptions>({});
export const formats = signal<Format[]>([]);
export const kinds = signal<string[]>([]);
export const connection = signal(-1);
export const offline = signal(typeof navigator !== "undefined" && navigator.onLine === false);
/** Octets of the text whose annotation is drawn; -1 while none is. */
export const drawn = signal(-1);
export const engineVersion = signal("");

export const problemCount = computed(() => {
  const l = loaded.value;
  return l ? l.tables.diagnostics.length : 0;
});

let client: EngineClient;
let generation = 0;
let stopper: AbortController | null = null;

export function useEngine(c: EngineClient): void {
  client = c;
}

/** Asks the engine the questions whose answers never change. */
export async function learn(): Promise<void> {
  const [version, f, k] = await Promise.all([client.version, client.formats(), client.kindNames()]);
  batch(() => {
    engineVersion.value = version;
    formats.value = f;
    kinds.value = k;
    ready.value = true;
  });
}

/** Lines of the text before the first one on screen: lines are numbered as in the file, whatever part of it is shown. */
export function linesBefore(): number {
  return source.peek()?.part?.line ?? 0;
}

async function describe(name: string, doc: Async<Document>, elapsed: number, partial = false): Promise<Loaded> {
  const [overview, tables] = await Promise.all([doc.overview(), doc.tables()]);
  const before = linesBefore();
  for (let i = 0; before > 0 && i < tables.messages.length; i++) {
    tables.messages.line[i] += before;
    tables.messages.lastLine[i] += before;
  }
  const strings: (string | undefined)[] = [];
  return {
    name,
    doc,
    overview,
    tables,
    groups: group(tables.messages),
    changes: stateChanges(tables.messages),
    tokens: new TokenCache(doc, tables.messages.length),
    str: (i) => (strings[i] ??= stringAt(tables.strings, i)),
    elapsed,
    partial,
  };
}

/** Opens a text. A later call wins over an earlier one that is still at work. */
export async function open(s: Source, o: OpenOptions = {}): Promise<void> {
  const mine = ++generation;
  const go = () => mine === generation;
  stopper?.abort();
  const stop = (stopper = new AbortController());
  const before = loaded.peek();
  const began = performance.now();
  batch(() => {
    if (s.origin !== "edit" && !s.part?.before.length && source.peek() && phase.peek() === "read") previous.value = s.origin === "paste" ? source.peek() : null;
    source.value = s;
    options.value = o;
    connection.value = -1;
    drawn.value = -1;
    phase.value = "busy";
    loaded.value = null;
    progress.value = { done: 0, total: s.octets.length, messages: 0, since: began };
    notice.value = s.origin === "link" ? "from-link" : "";
  });
  if (s.origin !== "link" && /^#[vs]\d/.test(location.hash)) history.replaceState(null, "", location.pathname + location.search);
  void before?.doc.close().catch(() => {});
  // An engine that hangs hears nothing: it is taken away.
  let watch: ReturnType<typeof setTimeout> | undefined;
  const expect = (within: number) => {
    clearTimeout(watch);
    watch = setTimeout(() => { if (go()) client.restart(); }, within);
  };
  stop.signal.addEventListener("abort", () => { if (go()) expect(SILENCE_STOPPING); });
  expect(SILENCE);
  try {
    let begun: Text | null = null;
    const shown = isPlain(s.octets)
      ? buildText(s.octets, go, (x) => (text.value = begun = x)).then((x) => {
          if (x && begun) beginnings.set(x, begun);
          if (x && go()) text.value = x;
          return x;
        })
      : null;
    let early: Async<Document> | null = null;
    let describing = false, described = 0, finished = false;
    // The beginning is explained while the engine works on the rest, and more of it once sixteen times as much is done.
    const preview = async (messages: number) => {
      if (!early || !shown || describing || messages < 16 * described) return;
      describing = true;
      const first = described === 0;
      described = messages;
      try {
        const result = await describe(s.name, early, performance.now() - began, true);
        if (!first || !begun) await shown;
        if (!go() || finished || result.overview.problem || result.overview.source.decoded) return;
        if (loaded.peek()) result.tokens.adopt(loaded.peek()!.tokens);
        loaded.value = result;
      } catch {
        // The document was closed, or the engine stopped: the opening says so.
      } finally {
        describing = false;
      }
    };
    const doc = await client.open(s.octets, {
      ...o,
      lang: lang.peek(),
      signal: stop.signal,
      early: (d) => (early = d),
      progress: (p) => {
        if (!go()) return;
        if (!stop.signal.aborted) expect(SILENCE);
        progress.value = { ...p, since: began };
        if (p.total > PREVIEWED) void preview(p.messages);
      },
    });
    if (!go()) return void doc.close().catch(() => {});
    expect(SILENCE);
    await shown;
    const result = await describe(s.name, doc, performance.now() - began);
    if (!go()) return;
    finished = true;
    if (before) letGo(before.overview.source.bytes);
    if (loaded.peek()) result.tokens.adopt(loaded.peek()!.tokens);
    const { problem, totals } = result.overview;
    // What was unpacked only as far as it may be, and is no IMAP, is not worth its memory: a bomb has one line of a hundred megabytes.
    const refused = problem?.id === "too-large" && totals.client + totals.server === 0;
    if (refused) {
      text.value = null;
      void doc.close().catch(() => {});
    } else if (result.overview.source.decoded || !shown) {
      const decoded = await buildTextFromString(await doc.text(), go);
      if (!go() || !decoded) return;
      text.value = decoded;
    }
    batch(() => {
      loaded.value = result;
      progress.value = null;
      if (stop.signal.aborted) notice.value = "stopped";
      phase.value = problem && (refused || totals.messages === 0 || (!o.format && problem.id !== "too-large")) ? "failed" : "read";
    });
  } catch (e) {
    if (!go()) return;
    console.error(e);
    batch(() => {
      progress.value = null;
      loaded.value = null;
      notice.value = "engine";
      phase.value = text.peek() ? "read" : "failed";
    });
    client.restart();
  } finally {
    clearTimeout(watch);
  }
}

/** Says that a text can't be read, for it is too large. */
export function refuse(name: string, origin: Origin): void {
  clear();
  batch(() => {
    source.value = { name, octets: new Uint8Array(), origin };
    notice.value = "too-large";
    phase.value = "failed";
  });
}

/** Stops the annotation that is under way: what is done stays. */
export function stop(): void {
  stopper?.abort();
}

/** Reads the same text in another way. */
export async function reopen(o: OpenOptions): Promise<void> {
  const s = source.peek();
  const l = loaded.peek();
  if (!s) return;
  const octets = s.origin === "edit" && l ? await l.doc.octets() : s.octets;
  await open({ ...s, octets }, o);
}

/** Lets go of the text. Nothing of it is kept anywhere. */
export function clear(): void {
  generation++;
  stopper?.abort();
  if (loaded.peek()) letGo(loaded.peek()!.overview.source.bytes);
  void loaded.peek()?.doc.close().catch(() => {});
  batch(() => {
    phase.value = "empty";
    source.value = null;
    previous.value = null;
    loaded.value = null;
    text.value = null;
    progress.value = null;
    notice.value = "";
    drawn.value = -1;
    connection.value = -1;
  });
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
}

/** An edit that the engine has not seen yet, in the positions that hold when its turn comes. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** Milliseconds that typing is waited for before it is annotated: as long as the last annotation took, between these. */
const PATIENCE = [16, 120] as const;

/** Where the last edit ended. */
export const lastEdit = signal(-1);

let edits: Edit[] = [];
let editing: Promise<void> | null = null;

/** Tells the engine what changed in the text; the last annotation wins. */
export function edit(list: Edit[]): void {
  edits.push(...list);
  const last = list.at(-1);
  if (last) lastEdit.value = last.from + last.insert.length;
  editing ??= drain().finally(() => {
    editing = null;
  });
}

async function drain(): Promise<void> {
  let took = 0;
  while (edits.length > 0) {
    await new Promise((done) => setTimeout(done, Math.min(Math.max(took, PATIENCE[0]), PATIENCE[1])));
    const l = loaded.peek();
    if (!l) {
      edits = [];
      return;
    }
    const list = edits;
    edits = [];
    const began = performance.now();
    try {
      for (const e of list) await l.doc.edit(e.from, e.to, e.insert);
      const next = await describe(l.name, l.doc, performance.now() - began);
      // What is on screen keeps its colours: its new tokens come before they are wanted.
      const seen = l.tokens.shown, more = next.tables.messages.length - l.tables.messages.length;
      if (seen && edits.length === 0) await next.tokens.have(Math.max(0, seen.from + Math.min(more, 0)), seen.to + Math.max(more, 0));
      took = performance.now() - began;
      if (edits.length === 0 && loaded.peek() === l) loaded.value = next;
    } catch (e) {
      edits = [];
      if (loaded.peek() !== l) return; // its document is closed
      console.error(e);
      notice.value = "engine";
      client.restart();
      return;
    }
  }
}

/** All words of the document again, in the language that is now chosen. */
async function translate(): Promise<void> {
  const l = loaded.peek();
  if (!l) return;
  try {
    await l.doc.setLang(lang.peek());
    const next = await describe(l.name, l.doc, l.elapsed, l.partial);
    next.tokens.adopt(l.tokens);
    if (loaded.peek() === l) loaded.value = next;
  } catch (e) {
    if (loaded.peek() === l) console.error(e); // else its document is closed
  }
}

/** What outside checks, and assistive programs, read from the root element and the title. */
export function publish(): void {
  const root = document.documentElement;
  effect(() => {
    if (ready.value) root.dataset.ready = "";
  });
  effect(() => {
    if (drawn.value >= 0) {
      root.dataset.annotated = String(drawn.value);
      root.dataset.problems = String(problemCount.value);
    } else {
      delete root.dataset.annotated;
      delete root.dataset.problems;
    }
  });
  effect(() => {
    const s = source.value;
    document.title = s ? t.value.title(plain(s.name), problemCount.value) : t.value.name;
  });
  let first = true;
  effect(() => {
    void lang.value;
    if (first) first = false;
    else void translate();
  });
  addEventListener("offline", () => (offline.value = true));
  addEventListener("online", () => (offline.value = false));
}

/** Lends the engine for a second document. What is on screen stays: its document is finished, and lives on beside. */
export function withEngine<T>(f: (client: EngineClient) => Promise<T>): Promise<T> {
  return f(client);
}
