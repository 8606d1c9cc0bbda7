import { start } from "./engine.js";
import type { Engine, Lang, LoadOptions } from "./types.js";

type Source = Uint8Array | Response | Promise<Response> | URL | string;

/** Reads what a URL names; Node reads its own files another way. */
export type Fetch = (url: URL | string) => Promise<Response | Uint8Array>;

async function resolve(source: Source, read: Fetch): Promise<Response | Uint8Array> {
  const found = await (typeof source === "string" || source instanceof URL ? read(source) : source);
  if (!(found instanceof Uint8Array) && !found.ok) throw new Error(`${found.url}: ${found.status} ${found.statusText}`);
  return found;
}

async function octets(source: Source, read: Fetch): Promise<Uint8Array> {
  const found = await resolve(source, read);
  return found instanceof Uint8Array ? found : new Uint8Array(await found.arrayBuffer());
}

async function compile(source: Source, read: Fetch): Promise<WebAssembly.Module> {
  const found = await resolve(source, read);
  if (found instanceof Uint8Array) return WebAssembly.compile(found as Uint8Array<ArrayBuffer>);
  // Compiling while it arrives asks for the right Content-Type; without, take the long way.
  if (found.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(found);
  return WebAssembly.compile(await found.arrayBuffer());
}

/** Loads the engine with the parts that options name, reading URLs with read; base is where the parts are that options don't name. */
export async function loadWith(options: LoadOptions, read: Fetch, base: string | URL): Promise<Engine> {
  const wasm = options.wasm ?? new URL("./imapwire.wasm", base);
  const sources: Partial<Record<Lang, Source>> = options.words ?? { en: new URL("./words-en.bin", base) };
  const tables = Object.entries(sources).map(async ([lang, source]) => [lang, await octets(source, read)] as const);
  const module = wasm instanceof WebAssembly.Module ? wasm : await compile(wasm, read);
  return start(module, Object.fromEntries(await Promise.all(tables)));
}
