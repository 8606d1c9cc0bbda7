import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { it } from "node:test";
import { fileURLToPath } from "node:url";
import { compressed, QUALITY } from "../../../wasm/test/helpers.mjs";

/** Everything that a first visit loads: the page with its scripts and style, the worker, the engine, and the words of both languages. */
const BUDGET = { 9: 1_120_000, 11: 1_000_000 };

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const loaded = /^(index\.html|assets\/(boot|main|style|worker|imapwire|words)-[\w-]+\.(js|css|wasm|bin))$/;

it(`the first load stays within ${BUDGET[QUALITY]} octets of brotli ${QUALITY}`, { skip: !existsSync(dist) && "the page is not built" }, (t) => {
  const sizes = {};
  let sum = 0;
  for (const name of readdirSync(dist, { recursive: true }).map((name) => name.replaceAll("\\", "/"))) {
    if (!loaded.test(name)) continue;
    sum += sizes[name] = compressed(readFileSync(dist + name));
  }
  for (const [name, size] of Object.entries(sizes)) t.diagnostic(`${name} ${size}`);
  t.diagnostic(`${Object.keys(sizes).length} files, ${sum}`);
  assert.equal(Object.keys(sizes).length, 7);
  assert.ok(sum <= BUDGET[QUALITY], `${sum}`);
});
