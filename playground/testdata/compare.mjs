// Runs two engines over transcripts and requires the same answers to everything that can be asked: node compare.mjs ONE OTHER WORDS TRANSCRIPTS
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ENCODE_STYLES, EngineError, LITERAL_MODES, load } from "../../wasm/dist/node.js";

const [one, other, tables, folder] = process.argv.slice(2);
const words = Object.fromEntries(["en", "zh"].map((lang) => [lang, join(tables, `words-${lang}.bin`)]));
const engines = await Promise.all([one, other].map((wasm) => load({ wasm: readFileSync(wasm), words })));

/** An answer, or why there is none. */
function answer(call) {
  try {
    return call();
  } catch (refused) {
    if (!(refused instanceof EngineError) || refused.fatal) throw refused;
    return refused.message;
  }
}

/** Numbers below n that only look random, the same ones for a seed. */
function random(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Everything that an engine says about a text: one question after the other, so that the first other answer can be told. */
function* questions(engine, octets, lang, seed) {
  const next = random(seed);
  const doc = engine.open(octets, { lang });
  for (let p = doc.step(4096); ; p = doc.step(4096)) {
    yield ["step", p];
    if (p.finished) break;
  }
  yield ["json", [...doc.json()].join("")];
  const overview = doc.overview();
  yield ["overview", overview];
  const tables = doc.tables();
  yield ["tables", tables];
  const n = tables.messages.length;
  yield ["tokens", doc.tokens(0, n)];
  yield ["inlays", doc.inlays(0, n)];
  yield ["summaries", doc.summaries(0, n)];
  yield ["diagnostics", doc.diagnostics(0, tables.diagnostics.length)];
  for (let i = 0; i < overview.connections.length; i++) yield [`history ${i}`, doc.history(i)];
  for (let i = 0; i < Math.min(n, 60); i++) {
    const m = n <= 60 ? i : next(n);
    yield [`wire ${m}`, doc.wire(m)];
    yield [`tree ${m}`, doc.tree(m)];
    yield [`error ${m}`, doc.error(m)];
    const style = ENCODE_STYLES[next(ENCODE_STYLES.length)];
    const literals = LITERAL_MODES[next(LITERAL_MODES.length)];
    yield [`encode ${m}`, answer(() => doc.encode(m, { style, literals, utf8: next(2) === 1, verbatim: next(2) === 1 }))];
    yield [`explain ${m}`, answer(() => doc.explainWire(m, next(40)))];
  }
  for (let i = 0; i < 60; i++) {
    const at = next(overview.source.length + 1);
    yield [`explain at ${at}`, doc.explain(at)];
  }
  for (let i = 0; i < Math.min(tables.literals.length, 20); i++) yield [`literal ${i}`, answer(() => doc.literal(i))];
  for (let i = 0; i < Math.min(tables.diagnostics.length, 5); i++) yield [`minimal ${i}`, answer(() => doc.minimal(i))];
  yield ["redact", doc.redact()];
  yield ["redact less", doc.redact({ people: false, hosts: false, extra: [0, Math.min(5, overview.source.length)] })];
  const at = next(overview.source.length + 1);
  yield ["edit", answer(() => doc.edit(at, Math.min(at + 3, overview.source.length), "x\nC: q1 NOOP\n"))];
  yield ["tables after the edit", doc.tables()];
  doc.close();
}

const files = readdirSync(folder, { recursive: true }).filter((name) => /\.(txt|pcap|pcapng)$/.test(name)).sort();
let asked = 0;
for (const [i, name] of files.entries()) {
  const octets = readFileSync(join(folder, name));
  const [a, b] = engines.map((engine) => questions(engine, octets, i % 2 ? "zh" : "en", i));
  for (;;) {
    const [x, y] = [a.next(), b.next()];
    assert.equal(x.done, y.done, name);
    if (x.done) break;
    assert.deepEqual(y.value, x.value, `${name}: ${x.value[0]}`);
    asked++;
  }
}
assert.ok(files.length > 100);
// A stack that grows deep inside, a collector that has to walk it, and faults that are recovered: none of it in short transcripts.
for (const text of ["C: a SEARCH " + "(".repeat(2e5) + "\r\n", "S: * LIST () \"/\" x\r\n".repeat(2e4), "* OK [CAPABILITY IMAP4rev1] x\r\n".repeat(2e4)]) {
  const [a, b] = engines.map((engine) => [...engine.annotate(text).json()].join(""));
  assert.ok(a === b, text.slice(0, 30));
}
console.log(`${files.length} transcripts, ${asked} answers`);
