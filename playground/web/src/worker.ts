// The engine's worker. Its parts lie beside it, under names that the build knows.
import { serve } from "imapwire/worker";

declare const __PARTS__: { wasm: string; words: string; english: number };

const beside = (name: string) => new URL(name, location.href).href;

/** The words of both languages are one file, the English first. */
const words = fetch(beside(__PARTS__.words)).then((found) => (found.ok ? found.arrayBuffer() : Promise.reject(new Error(`${found.url}: ${found.status}`))));
const slice = (from: number, to?: number) => words.then((octets) => new Response(octets.slice(from, to)));

serve({ wasm: beside(__PARTS__.wasm), words: { en: slice(0, __PARTS__.english), zh: slice(__PARTS__.english) } });
