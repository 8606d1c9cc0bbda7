import type { Document, Lang, OpenOptions, Progress } from "./types.js";

/** The methods of a document that a client may call by name. `json` gives all pieces at once, since a generator can't be sent. */
export type Method = Exclude<keyof Document, "step">;

/** What a client asks. Every request has a number, which its answer repeats. */
export type Request =
  | { number: number; ask: "version" | "formats" | "kindNames" }
  | { number: number; ask: "addWords"; lang: Lang; words: Uint8Array }
  | { number: number; ask: "open"; input: string | Uint8Array; options: OpenOptions }
  | { number: number; ask: "stop"; open: number }
  | { number: number; ask: "call"; doc: number; method: Method; args: unknown[] };

/** What a worker answers. Progress comes before the answer to open, which is the document's number. */
export type Reply =
  | { number: number; progress: Progress }
  | { number: number; answer: unknown }
  | { number: number; error: string; fatal: boolean };

