/**
 * Reads, explains, diagnoses and redacts transcripts of IMAP sessions.
 *
 *     const imap = await load();
 *     const doc = imap.annotate(text);
 *     console.log(doc.overview().totals);
 */
export * from "./types.js";
import { loadWith } from "./load.js";
import type { Engine, LoadOptions } from "./types.js";

/** Loads the engine. In Node the entry is node.ts, which reads files. */
export function load(options: LoadOptions = {}): Promise<Engine> {
  return loadWith(options, (url) => fetch(url), import.meta.url);
}
