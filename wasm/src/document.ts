import { Columns } from "./columns.js";
import type { Instance } from "./instance.js";
import {
  ENCODE_STYLES, EngineError, LITERAL_MODES, NONE, TOKEN_FIELDS, type Change, type Diagnostic, type Document, type EncodeOptions, type Encoded,
  type Explanation, type History, type Inlay, type Lang, type LiteralView, type Overview, type ParseError, type Progress, type Redacted,
  type RedactOptions, type Strings, type Summary, type Tables, type Tokens, type Tree, type Wire,
} from "./types.js";

/** Numbers of the languages in calls. */
export const LANGS: readonly Lang[] = ["en", "zh"];

const textDecoder = new TextDecoder();
const rawDecoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A document in an instance, known there by its number. */
export class EngineDocument implements Document {
  private open = true;

  constructor(
    private readonly engine: Instance,
    private readonly id: number,
    private readonly fromString: boolean,
  ) {}

  private get doc(): number {
    if (!this.open) throw new EngineError("the document is closed", false);
    return this.id;
  }

  step(octets = 1 << 20): Progress {
    return this.engine.json("step", this.doc, octets);
  }

  text(): string {
    return (this.fromString ? rawDecoder : textDecoder).decode(this.octets());
  }

  octets(): Uint8Array {
    return this.engine.octets("text", this.doc);
  }

  overview(): Overview {
    return this.engine.json("overview", this.doc);
  }

  tables(): Tables {
    const c = new Columns(this.engine.octets("tables", this.doc).buffer);
    let n = c.count();
    const messages = {
      length: n, start: c.u32(n), end: c.u32(n), line: c.u32(n), lastLine: c.u32(n), connection: c.u32(n), side: c.u8(n), sure: c.u8(n),
      kind: c.u8(n), status: c.u8(n), state: c.u8(n), severity: c.u8(n), failed: c.u8(n), name: c.u32(n), tag: c.u32(n), mailbox: c.u32(n),
      answers: c.u32(n), answeredBy: c.u32(n), time: c.f64(n), latency: c.f32(n), octets: c.u32(n), firstDiagnostic: c.u32(n + 1),
      firstSecret: c.u32(n + 1), firstLiteral: c.u32(n + 1), firstRange: c.u32(n + 1),
    };
    n = c.count();
    const diagnostics = {
      length: n, message: c.u32(n), start: c.u32(n), end: c.u32(n), severity: c.u8(n), id: c.u32(n), title: c.u32(n), producer: c.u32(n),
    };
    n = c.count();
    const secrets = { length: n, message: c.u32(n), start: c.u32(n), end: c.u32(n), kind: c.u32(n) };
    n = c.count();
    const literals = {
      length: n, message: c.u32(n), start: c.u32(n), end: c.u32(n), headStart: c.u32(n), headEnd: c.u32(n), wireStart: c.u32(n),
      wireEnd: c.u32(n), announced: c.f64(n), found: c.f64(n), state: c.u8(n), reason: c.u32(n),
    };
    const ranges = c.u32(2 * c.count());
    return { messages, diagnostics, secrets, literals, ranges, strings: strings(c) };
  }

  tokens(from: number, to: number): Tokens {
    const c = new Columns(this.engine.octets("tokens", this.doc, from, to).buffer);
    return c.u32(TOKEN_FIELDS * c.count());
  }

  explain(position: number): Explanation | null {
    return this.engine.json("explain", this.doc, position);
  }

  explainNode(message: number, node: number): Explanation | null {
    return this.engine.json("explain_node", this.doc, message, node);
  }

  explainWire(message: number, offset: number): Explanation | null {
    return this.engine.json("explain_wire", this.doc, message, offset);
  }

  tree(message: number): Tree {
    const c = new Columns(this.engine.octets("tree", this.doc, message).buffer);
    const n = c.count();
    return {
      length: n, next: c.u32(n), depth: c.u8(n), kind: c.u16(n), class: c.u8(n), flags: c.u8(n), wireStart: c.u32(n), wireEnd: c.u32(n),
      start: c.u32(n), end: c.u32(n), value: list(c),
    };
  }

  wire(message: number): Wire {
    const c = new Columns(this.engine.octets("wire", this.doc, message).buffer);
    const octets = c.u8(c.count());
    return { octets, runs: c.u32(c.count()) };
  }

  inlays(from: number, to: number): Inlay[] {
    return this.engine.json("inlays", this.doc, from, to);
  }

  literal(index: number): LiteralView {
    return this.engine.json("literal", this.doc, index);
  }

  summaries(from: number, to: number): Summary[] {
    return this.engine.json("summaries", this.doc, from, to);
  }

  error(message: number): ParseError | null {
    return this.engine.json("parse_error", this.doc, message);
  }

  diagnostics(from: number, to: number): Diagnostic[] {
    return this.engine.json("diagnostics", this.doc, from, to);
  }

  minimal(index: number): string {
    return this.engine.string("minimal", this.doc, index);
  }

  history(connection: number): History {
    return this.engine.json("history", this.doc, connection);
  }

  edit(start: number, end: number, text: string): Change {
    return this.engine.json("edit", this.doc, start, end, this.engine.put(text));
  }

  redact(options: RedactOptions = {}): Redacted {
    const on = (choice: boolean | undefined, bit: number) => (choice === false ? 0 : bit);
    const flags = on(options.people, 1) | on(options.hosts, 2) | on(options.content, 4) | on(options.mailboxes, 8);
    const n = this.engine.put(new Uint8Array(Uint32Array.from(options.extra ?? []).buffer));
    return this.engine.json("redact", this.doc, flags, options.from ?? 0, options.to ?? NONE, n);
  }

  encode(message: number, options: EncodeOptions = {}): Encoded {
    const mode = LITERAL_MODES.indexOf(options.literals ?? "sync");
    const c = new Columns(this.engine.octets("encode", this.doc, message, mode, (options.utf8 ? 1 : 0) | (options.verbatim ? 2 : 0) | (ENCODE_STYLES.indexOf(options.style ?? "compact") << 2)).buffer);
    const octets = c.u8(c.count());
    const waits = [...c.u32(c.count())];
    return { octets, waits, error: rawDecoder.decode(c.u8(c.count())) };
  }

  *json(): Generator<string> {
    // The document's head, its messages some at a time, its tail: part numbers count up until one is empty.
    for (let part = 0; ; part++) {
      const s = this.engine.string("json", this.doc, part);
      if (s === "") return;
      yield s;
    }
  }

  setLang(lang: Lang): void {
    this.engine.number("lang", this.doc, LANGS.indexOf(lang));
  }

  close(): void {
    if (!this.open) return;
    this.engine.number("close", this.doc);
    this.open = false;
  }
}

function strings(c: Columns): Strings {
  const n = c.count();
  const offsets = c.u32(n + 1);
  return { offsets, bytes: c.u8(offsets[n]!) };
}

function list(c: Columns): string[] {
  const { offsets, bytes } = strings(c);
  return Array.from({ length: offsets.length - 1 }, (_, i) => rawDecoder.decode(bytes.subarray(offsets[i], offsets[i + 1])));
}

