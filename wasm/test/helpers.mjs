import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { load } from "../dist/node.js";

/** A file that the build makes. */
export const built = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

/** The engine with both languages. */
export function engine() {
  for (const name of ["imapwire.wasm", "words-en.bin", "words-zh.bin"]) {
    if (!existsSync(built(name))) throw new Error(`${name} is not built: go run ./playground build`);
  }
  return load({ words: { en: built("words-en.bin"), zh: built("words-zh.bin") } });
}

/** A text as an editor counts it. */
export const lineBreaksAsOne = (text) => text.replace(/\r\n?/g, "\n");

/** Numbers below n that only look random. */
export function random(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Brotli's quality in tests of sizes: the best, as in a release, takes a minute. */
export const QUALITY = process.env.IMAPWIRE_RELEASE === "1" ? 11 : 9;

/** How many octets brotli leaves. */
export function compressed(octets) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(octets, { params: { [BROTLI_PARAM_QUALITY]: QUALITY, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: octets.length } }).length;
}
