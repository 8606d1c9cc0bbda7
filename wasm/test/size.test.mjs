import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { built } from "./helpers.mjs";

/**
 * What a visitor has to load, compressed as a server would: the engine, and the words of one language. Go's runtime is 500 kB of it; a
 * change that goes over these needs a reason, not a larger number.
 */
const BUDGET = { "imapwire.wasm": 1_600_000, "words-en.bin": 120_000, "words-zh.bin": 120_000 };

for (const [name, budget] of Object.entries(BUDGET)) {
  it(`${name} stays within ${budget} octets of brotli`, () => {
    const size = brotliCompressSync(readFileSync(built(name)), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
    assert.ok(size <= budget, `${size}`);
  });
}
