/**
 * What the engine gives to a page, a worker or a Node program.
 *
 * Positions are **editor positions** unless a comment says otherwise: UTF-16 units of the text as a browser decodes it, every line break
 * (CRLF, CR or LF) counting 1, which is how CodeMirror counts. Bulk data are flat typed arrays, one entry per message, diagnostic, secret
 * or literal, so that they can be transferred from a worker and drawn without walking objects. All of it is structured-cloneable.
 */

/** Languages that the engine has words for. */
export type Lang = "en" | "zh";

/** Names of the numbers in {@link MessageTable.side}. */
export const SIDES = ["none", "client", "server"] as const;
/** Names of the numbers in {@link MessageTable.kind}. */
export const KINDS = [
  "noise", "greeting", "command", "continuation", "data", "status", "auth", "idle-done", "literal", "opaque",
] as const;
/** Names of the numbers in {@link MessageTable.state}: the state of the connection after the message. */
export const STATES = ["greeting", "not-authenticated", "authenticated", "selected", "logout", "opaque"] as const;
/** Names of the numbers in {@link DiagnosticTable.severity}, worst last. */
export const SEVERITIES = ["none", "hint", "warning", "quirk", "error"] as const;
/** Names of the numbers in {@link LiteralTable.state}. */
export const LITERAL_STATES = ["present", "repaired", "elided", "masked"] as const;
/** Names of the class numbers in {@link Tokens}: what a highlighter needs to choose a colour. */
export const CLASSES = [
  "gap", "punct", "tag", "keyword", "atom", "number", "string", "literal", "flag", "nil", "text",
  // Finer than the grammar's classes, chosen from the kind of the node or the nodes around it. "keyword" is then the name of a command, a
  // response or data; "status-ok" stands for OK and PREAUTH, "status-no" for NO and BYE; "literal-head" is {n}, "literal" its octets.
  "code", "mailbox", "set", "status-ok", "status-no", "status-bad", "literal-head",
] as const;
/** Names of the status numbers in {@link MessageTable.status}: the condition of a status response. */
export const STATUSES = ["none", "OK", "NO", "BAD", "PREAUTH", "BYE"] as const;

export type Side = (typeof SIDES)[number];
export type Kind = (typeof KINDS)[number];
export type State = (typeof STATES)[number];
export type Severity = (typeof SEVERITIES)[number];
export type LiteralState = (typeof LITERAL_STATES)[number];
export type TokenClass = (typeof CLASSES)[number];
export type Status = (typeof STATUSES)[number];

/** Bits of a token's or a node's flags. */
export const FLAG_ERROR = 1; // lenient parsing failed here and skipped these octets
export const FLAG_MISSING = 2; // something that the grammar wants is not there
export const FLAG_QUIRK = 4; // accepted, but not what the RFC says
export const FLAG_SECRET = 8; // mask it

/** "No such message" in tables of message ids. */
export const NONE = 0xffffffff;

/** How to read and describe a transcript. */
export interface OpenOptions {
  /** Id of a log format; absent: detect it. */
  format?: string;
  /** Exchange the two sides. */
  swap?: boolean;
  /** Language of summaries, titles and explanations; default "en". */
  lang?: Lang;
}

/** A long annotation under way. Between two steps the caller may draw, answer or give up. */
export interface Progress {
  /** Octets of the text annotated so far. */
  done: number;
  /** Octets of the whole text. */
  total: number;
  /** Messages annotated so far. */
  messages: number;
  finished: boolean;
}

/** A log format that the text may be, with its confidence from 0 to 1. */
export interface Guess {
  id: string;
  /** The format's name, for people. */
  name: string;
  confidence: number;
}

/** One connection of the transcript. */
export interface Connection {
  id: number;
  /** The peer or account as the log names it; may be empty. */
  host: string;
  /** Product ids, empty while nothing told them. */
  server: string;
  client: string;
  /** The evidence for server and client: greeting, ID, capability, … */
  why: string[];
  messages: number;
  first: number; // id of its first message, NONE if it has none
}

/** What the whole text is. */
export interface Overview {
  source: {
    container: "text" | "gzip" | "utf-16" | "pcap" | "pcapng" | "hexdump";
    /** Octets of the decoded text. */
    bytes: number;
    /** Length of the decoded text in editor positions. */
    length: number;
    /** The text differs from what was opened (gzip, UTF-16, captures, dumps of octets): ask text() for it. */
    decoded: boolean;
  };
  format: { id: string; name: string; confidence: number; guesses: Guess[] };
  /** Why there is nothing, or little, to show; absent when IMAP was found. */
  problem?: { id: "empty" | "binary" | "other-protocol" | "no-imap" | "too-large"; detail: string };
  connections: Connection[];
  totals: {
    messages: number;
    commands: number;
    client: number;
    server: number;
    errors: number;
    quirks: number;
    warnings: number;
    hints: number;
    secrets: number;
    literals: number;
    /** Literals that were repaired. */
    repaired: number;
  };
}

/** Strings that a table refers to by number; 0 is the empty string. Read them with {@link stringAt}. */
export interface Strings {
  /** UTF-8 of all strings, one after the other. */
  bytes: Uint8Array;
  /** String i is bytes[offsets[i], offsets[i+1]). */
  offsets: Uint32Array;
}

/** One entry per message, in the order of the text. The index is the message's id. */
export interface MessageTable {
  length: number;
  /** Whole lines that the message stands on: first position, and the position after its last line break. */
  start: Uint32Array;
  end: Uint32Array;
  /** 1-based line of start. */
  line: Uint32Array;
  lastLine: Uint32Array;
  connection: Uint32Array;
  side: Uint8Array; // SIDES
  /** 1: the side is told by the text, 0: it is a guess. */
  sure: Uint8Array;
  kind: Uint8Array; // KINDS
  /** Condition of a status response. */
  status: Uint8Array; // STATUSES
  state: Uint8Array; // STATES
  /** Worst severity of the message's diagnostics. */
  severity: Uint8Array; // SEVERITIES
  /** 1: lenient parsing failed, ask error(id). */
  failed: Uint8Array;
  /** Name of the command, the response or the data: "FETCH", "UID FETCH", "OK". */
  name: Uint32Array; // strings
  tag: Uint32Array; // strings
  mailbox: Uint32Array; // strings: decoded name of the selected mailbox
  /** The command that this response answers or belongs to. */
  answers: Uint32Array; // message id or NONE
  /** The tagged response that completes this command. */
  answeredBy: Uint32Array; // message id or NONE
  /** Milliseconds since 1970 UTC; NaN: the log has no time here. A log without dates counts from 0. */
  time: Float64Array;
  /** From a command to its completing answer, on the answer; NaN: unknown. */
  latency: Float32Array; // milliseconds
  /** Octets of the message on the wire. */
  octets: Uint32Array;
  /** Index of the message's first diagnostic, secret and literal in their tables (which are sorted by message). */
  firstDiagnostic: Uint32Array;
  firstSecret: Uint32Array;
  firstLiteral: Uint32Array;
  /** Index of the message's first range in {@link Tables.ranges}, counted in ranges. */
  firstRange: Uint32Array;
}

/** Findings, sorted by place. */
export interface DiagnosticTable {
  length: number;
  message: Uint32Array;
  start: Uint32Array;
  end: Uint32Array;
  severity: Uint8Array; // SEVERITIES
  id: Uint32Array; // strings: kebab-case id
  title: Uint32Array; // strings, in the document's language
  producer: Uint32Array; // strings
}

/** Places that hold secrets or personal data, sorted by place. */
export interface SecretTable {
  length: number;
  message: Uint32Array;
  start: Uint32Array;
  end: Uint32Array;
  kind: Uint32Array; // strings: "password", "token", "user", …
}

/** Literals, sorted by place. */
export interface LiteralTable {
  length: number;
  message: Uint32Array;
  /** Place of the octets in the text. */
  start: Uint32Array;
  end: Uint32Array;
  /** Place of the header {n}. */
  headStart: Uint32Array;
  headEnd: Uint32Array;
  /** Place of the octets in the message's wire bytes. */
  wireStart: Uint32Array;
  wireEnd: Uint32Array;
  announced: Float64Array; // octets
  found: Float64Array; // octets
  state: Uint8Array; // LITERAL_STATES
  reason: Uint32Array; // strings: one sentence, in the document's language
}

/** All tables of a document. */
export interface Tables {
  strings: Strings;
  messages: MessageTable;
  diagnostics: DiagnosticTable;
  secrets: SecretTable;
  literals: LiteralTable;
  /**
   * Where the messages' wire bytes stand in the text, one pair start, end per range, in order; what lies between on a message's lines is
   * the log's own (prefixes, escapes). The ranges of message i are firstRange[i] to firstRange[i + 1].
   */
  ranges: Uint32Array;
}

/**
 * Tokens of some messages: the leaves of their trees, in order, in the text's positions. Record i is five numbers from i * TOKEN_FIELDS:
 * start, end, class | flags << 8, kind (a syntax kind's number, see kindName), message, node (in the message's tree). Octets that the log does not show have no token;
 * a token that the log cuts in pieces gives one record per piece.
 */
export type Tokens = Uint32Array;
export const TOKEN_FIELDS = 6;

/** A fact about a token, read from its bytes. */
export interface Fact {
  /** mailbox-utf7, date, set-count, base64, sasl-plain, size, encoded-word, partial, … */
  id: string;
  /** What the fact is, in the document's language: "Decoded name". */
  label: string;
  value: string;
  /** Mask the value until it is asked for. */
  secret?: boolean;
}

/** One step of the way from a message to a token. */
export interface PathStep {
  /** Number of the node in the message's tree. */
  node: number;
  /** Name of the ABNF rule: "fetch-att". */
  kind: string;
  /** Short name to show, in the document's language. */
  title: string;
  start: number;
  end: number;
}

/** A reference to a standard. */
export interface Reference {
  rfc: string; // "RFC 9051"
  section: string; // "7.5.2", may be empty
  url: string; // https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2
}

/** What there is to say about the innermost token at a position. */
export interface Explanation {
  message: number;
  /** From the message to the token; the last step is the token itself. */
  path: PathStep[];
  /** The token's name, and its text (cut at 200 characters). */
  title: string;
  token: string;
  class: TokenClass;
  flags: number;
  /** One sentence. */
  lead: string;
  /** A paragraph: why it is so, and the pitfalls. May be empty. */
  long: string;
  /** The rule as its RFC writes it. May be empty. */
  abnf: string;
  refs: Reference[];
  facts: Fact[];
  /** Why octets here were repaired, and what lenience forgave. */
  notes: string[];
}

/** One message in words. */
export interface Summary {
  message: number;
  summary: string;
  /** Why the message has its side: ids and sentences. */
  sideWhy: { id: string; text: string }[];
}

/** What lenient parsing, with repairs applied, still could not read. */
export interface ParseError {
  code: string;
  start: number;
  end: number;
  rule: string;
  expect: string[];
  /** "Expected SP, found “(”", in the document's language. */
  text: string;
}

/** All words of one finding. */
export interface Diagnostic {
  index: number;
  id: string;
  severity: Severity;
  message: number;
  start: number;
  end: number;
  related: number[];
  title: string;
  body: string;
  fix: { client: string; server: string };
  refs: Reference[];
  producer: string;
  confidence: number;
}

/** A message's tree, in preorder; the root is node 0. */
export interface Tree {
  length: number;
  /** Index of the first node after the node's subtree. */
  next: Uint32Array;
  depth: Uint8Array;
  kind: Uint16Array; // see kindName
  class: Uint8Array; // CLASSES
  flags: Uint8Array;
  /** Place in the message's wire bytes. */
  wireStart: Uint32Array;
  wireEnd: Uint32Array;
  /** Place in the text. */
  start: Uint32Array;
  end: Uint32Array;
  /** The node's text, cut at 80 characters, for leaves; empty for inner nodes. */
  value: string[];
}

/** A literal's contents, read as far as they can be. */
export interface LiteralView {
  /** What it is: "header", "message", "part", "text", "name", … and one phrase in the document's language. */
  what: string;
  title: string;
  /** Decoded header fields, in order (at most 40). */
  fields: { name: string; value: string }[];
  /** Decoded text (charset and transfer encoding undone), cut at 256 Ki characters; empty if it is no text. */
  text: string;
  /** MIME parts, in preorder, with the decoded text of those that are text, cut at 64 Ki octets. */
  parts: { number: string; type: string; size: number; depth: number; filename: string; text: string }[];
}

/** A decoded value to show behind a token. */
export interface Inlay {
  at: number;
  text: string;
}

/** A message's octets as they were on the wire. */
export interface Wire {
  octets: Uint8Array;
  /**
   * Where they stand in the text, RUN_FIELDS numbers per run, in wire order: wire offset, wire length, text start, text length.
   * Equal lengths map one to one unless the text there is not ASCII; text length 0: the octets were restored by repair.
   */
  runs: Uint32Array;
}
export const RUN_FIELDS = 4;

/** What an edit changed: messages [from, to) of the document now stand where [from, oldTo) stood before. */
export interface Change {
  from: number;
  to: number;
  oldTo: number;
  /** Octets that were annotated anew. */
  octets: number;
}

/** What to take out. All are on by default. */
export interface RedactOptions {
  /** Passwords, SASL exchanges, tokens. Can't be turned off. */
  secrets?: true;
  /** User names, mail addresses, names of people. */
  people?: boolean;
  /** Host names and IP addresses. */
  hosts?: boolean;
  /** Contents of messages: bodies and subjects. */
  content?: boolean;
  /** Names of mailboxes. */
  mailboxes?: boolean;
  /** More to take out: pairs start, end. */
  extra?: number[];
  /** Only messages [from, to). */
  from?: number;
  to?: number;
}

/** A safe copy. */
export interface Redacted {
  text: string;
  /** What was replaced, per kind. */
  replaced: { kind: string; count: number; before: string; after: string }[];
  /** What a scan of the result still finds suspicious, in editor positions of `text`. */
  suspects: { kind: string; start: number; end: number }[];
}

/** What literals a command may use: {n} with a wait, {n+} up to 4096 octets, {n+} always. */
export const LITERAL_MODES = ["sync", "minus", "plus"] as const;

/** Which form to prefer among those that say the same; smallest also joins sets and uses macros. */
export const ENCODE_STYLES = ["compact", "quoted", "literals", "smallest"] as const;

/** How to write a message anew. */
export interface EncodeOptions {
  /** What literals a command may use. */
  literals?: (typeof LITERAL_MODES)[number];
  utf8?: boolean;
  /** Keep the forms of strings as they were read. */
  verbatim?: boolean;
  style?: (typeof ENCODE_STYLES)[number];
}

/** A message written anew by the encoder. */
export interface Encoded {
  octets: Uint8Array;
  /** Offsets at which a client waits for "+". */
  waits: number[];
  /** Why it can't be encoded; empty when it can. */
  error: string;
}

/** Capabilities as a connection announced them. */
export interface CapabilityList {
  /** Message that announced them. */
  message: number;
  state: State;
  all: string[];
  added: string[];
  removed: string[];
  /** Turned on by ENABLE. */
  enabled: boolean;
}

/** What became known about a mailbox, message by message. */
export interface MailboxEvent {
  message: number;
  mailbox: string;
  /** exists, recent, uidnext, uidvalidity, unseen, highestmodseq, expunge, selected, closed. */
  what: string;
  /** Decimal, since MODSEQ needs 63 bits. */
  value: string;
}

/** History of one connection. */
export interface History {
  connection: number;
  capabilities: CapabilityList[];
  mailboxes: MailboxEvent[];
  /** State changes: message, state after it. */
  states: { message: number; state: State }[];
}

/** A log format that the engine reads. */
export interface Format {
  id: string;
  name: string;
}

/**
 * One annotated text. It lives in the engine's memory until close(); its methods are synchronous. Every array that a method returns is
 * the caller's own copy.
 */
export interface Document {
  /** Annotates on, for about `octets` octets of text (default 1 MiB); a document can be asked all its questions before it is finished. */
  step(octets?: number): Progress;
  /** The decoded text as the browser's decoder gives it, line breaks as they are. */
  text(): string;
  /** The decoded text's octets. */
  octets(): Uint8Array;
  overview(): Overview;
  tables(): Tables;
  /** Tokens of messages [from, to). */
  tokens(from: number, to: number): Tokens;
  /** Explains the innermost token at a position of the text, or null when no message stands there. */
  explain(position: number): Explanation | null;
  /** The same by node of a message's tree. */
  explainNode(message: number, node: number): Explanation | null;
  /** The same by offset in a message's wire bytes. */
  explainWire(message: number, offset: number): Explanation | null;
  tree(message: number): Tree;
  wire(message: number): Wire;
  /** Decoded values of messages [from, to): names in modified UTF-7, dates, sizes. */
  inlays(from: number, to: number): Inlay[];
  /** What literal number i of the table holds. */
  literal(index: number): LiteralView;
  /** Summaries of messages [from, to). */
  summaries(from: number, to: number): Summary[];
  error(message: number): ParseError | null;
  diagnostics(from: number, to: number): Diagnostic[];
  /** The smallest transcript, as C: and S: lines, redacted, that still shows a finding. */
  minimal(index: number): string;
  history(connection: number): History;
  /** Replaces [start, end) of the text. The language, the format and the swap stay; the result equals a fresh annotation. */
  edit(start: number, end: number, text: string): Change;
  redact(options?: RedactOptions): Redacted;
  encode(message: number, options?: EncodeOptions): Encoded;
  /** The Document as JSON, as the command line and the HTTP API give it, in pieces. */
  json(): Iterable<string>;
  /** Changes the language of all words; tables() must be asked again. */
  setLang(lang: Lang): void;
  /** Gives the engine's memory back for reuse. The document can't be used afterwards. */
  close(): void;
}

/** The loaded engine. */
export interface Engine {
  /** Version of the engine, as the Go module's. */
  readonly version: string;
  /** Log formats that open() can be told. */
  formats(): Format[];
  /** Begins a document: nothing is annotated until step(). */
  open(input: string | Uint8Array, options?: OpenOptions): Document;
  /** Opens and annotates to the end. */
  annotate(input: string | Uint8Array, options?: OpenOptions): Document;
  /** Name of a syntax kind's number, and the names of all. */
  kindName(kind: number): string;
  kindNames(): readonly string[];
  /** Gives the engine words for a language (words-en.bin, words-zh.bin); load() does it for the languages it is asked for. */
  addWords(lang: Lang, words: Uint8Array): void;
  /** Octets of memory that the engine has. A closed document's are used again, but WebAssembly's memory never becomes smaller. */
  readonly memory: number;
  /** Goes on in new memory. The old one is given back when the documents that are open in it are closed: they stay usable until then. */
  renew(): Promise<void>;
}

/** The engine's error: bad arguments, or a fault inside, after which the engine must be loaded anew. */
export class EngineError extends Error {
  /** True: the instance is gone; load() again. */
  readonly fatal: boolean;
  constructor(message: string, fatal: boolean) {
    super(message);
    this.name = "EngineError";
    this.fatal = fatal;
  }
}

const decoder = new TextDecoder();

/** String number i of a table. */
export function stringAt(s: Strings, i: number): string {
  return decoder.decode(s.bytes.subarray(s.offsets[i], s.offsets[i + 1]));
}

/** Where load() finds its parts. Every part may be given as octets, a compiled module, a response or a URL. */
export interface LoadOptions {
  /** Default: imapwire.wasm beside this module. */
  wasm?: WebAssembly.Module | Response | Promise<Response> | Uint8Array | URL | string;
  /** Default: words-en.bin beside this module, for "en". */
  words?: Partial<Record<Lang, Uint8Array | Response | Promise<Response> | URL | string>>;
}

/**
 * A document behind a worker: the same methods, each giving a promise. Requests are answered in order; open() of a newer document makes
 * the steps of older ones stop. `cancel()` ends the worker when a call takes too long, and starts another.
 */
export type Async<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R extends Iterable<string> ? (R extends string ? R : string[]) : R> : T[K];
};

/** The engine in a worker. */
export interface EngineClient {
  readonly version: Promise<string>;
  formats(): Promise<Format[]>;
  kindNames(): Promise<string[]>;
  addWords(lang: Lang, words: Uint8Array): Promise<void>;
  /**
   * Opens a text and annotates it to the end in steps, calling progress after each. A second open() before the first is finished lets the
   * first reject with an EngineError "superseded". `signal` stops it: what is annotated so far stays usable. `early` is given the document
   * while it is still being annotated, once its beginning is: its answers are about what is annotated by then, and closing it ends the work.
   */
  open(
    input: string | Uint8Array | ArrayBuffer,
    options?: OpenOptions & { progress?: (p: Progress) => void; early?: (doc: Async<Document>) => void; signal?: AbortSignal },
  ): Promise<Async<Document>>;
  /** Ends the worker and starts another; every open document is gone and pending calls reject. */
  restart(): void;
  close(): void;
}
