/** The entry for Node: the same as index.ts, but files are read as files. */
export * from "./types.js";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { loadWith } from "./load.js";
import type { Engine, LoadOptions } from "./types.js";

async function read(url: URL | string): Promise<Response | Uint8Array> {
  const at = url.toString();
  if (at.startsWith("http:") || at.startsWith("https:")) return fetch(at);
  return readFile(at.startsWith("file:") ? fileURLToPath(at) : at);
}

/** Loads the engine from the files beside this module, or from paths and URLs that options give. */
export function load(options: LoadOptions = {}): Promise<Engine> {
  return loadWith(options, read, import.meta.url);
}
