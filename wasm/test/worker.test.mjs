import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { MessageChannel } from "node:worker_threads";
import { createClient } from "../dist/client.js";
import { EngineError } from "../dist/types.js";
import { serve } from "../dist/worker.js";
import { built } from "./helpers.mjs";

/** A worker whose two ends are both in this thread. */
function pair() {
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  serve(
    { wasm: readFile(built("imapwire.wasm")).then((b) => new Response(b)), words: { en: readFile(built("words-en.bin")).then((b) => new Response(b)) } },
    { postMessage: (m, t) => port1.postMessage(m, t), addEventListener: (_type, f) => port1.on("message", (data) => f({ data })) },
  );
  const end = { postMessage: (m) => port2.postMessage(m), terminate: () => port2.close(), onmessage: null, onerror: null };
  port2.on("message", (data) => end.onmessage?.({ data }));
  return end;
}

const LINE = "C: a NOOP\r\nS: a OK done\r\n";

describe("a client", () => {
  it("opens a text in a worker", async () => {
    const client = createClient(pair);
    assert.equal(typeof (await client.version), "string");
    assert.ok((await client.formats()).length > 5);
    assert.ok((await client.kindNames()).includes("command"));
    const seen = [];
    const doc = await client.open(LINE.repeat(60000), { progress: (p) => seen.push(p.done) });
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
    const { messages } = await doc.tables();
    assert.equal(messages.length, 120000);
    assert.equal((await doc.explain(3)).message, 0);
    assert.ok(Array.isArray(await doc.json()));
    await assert.rejects(doc.tree(1e9), EngineError);
    await doc.close();
    await assert.rejects(doc.overview(), EngineError);
    client.close();
  });

  it("answers about the beginning while the rest is annotated", async () => {
    const client = createClient(pair);
    let early;
    const doc = await client.open(LINE.repeat(100000), {
      early: (d) => (early = Promise.all([d.tables(), d.tokens(0, 1), d.overview()])),
    });
    const [{ messages }, tokens] = await early;
    assert.ok(messages.length > 0 && messages.length < 200000);
    assert.deepEqual([...tokens], [...(await doc.tokens(0, 1))]);
    assert.equal((await doc.tables()).messages.length, 200000);
    client.close();
  });

  it("ends the work when the early document is closed", async () => {
    const client = createClient(pair);
    await assert.rejects(client.open(LINE.repeat(100000), { early: (d) => void d.close() }), EngineError);
    assert.equal((await (await client.open(LINE)).tables()).messages.length, 2);
    client.close();
  });

  it("lets the latest text win", async () => {
    const client = createClient(pair);
    const first = client.open(LINE.repeat(100000));
    const second = client.open(LINE);
    await assert.rejects(first, /superseded/);
    assert.equal((await (await second).tables()).messages.length, 2);
    client.close();
  });

  it("stops when it is told to, and keeps what it has", async () => {
    const client = createClient(pair);
    const stop = new AbortController();
    const doc = await client.open(LINE.repeat(200000), { progress: () => stop.abort(), signal: stop.signal });
    const { messages } = await doc.tables();
    assert.ok(messages.length > 0 && messages.length < 400000);
    client.close();
  });

  it("gives the memory of a large text back", async () => {
    const sizes = [];
    const start = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...args) => {
      const instance = await start(...args);
      sizes.push(() => instance.exports.memory.buffer.byteLength);
      return instance;
    };
    try {
      const client = createClient(pair);
      const large = await client.open(LINE.repeat(150_000));
      await large.tables();
      assert.equal(sizes.length, 1);
      assert.ok(sizes[0]() > 64 << 20);
      const small = await client.open(LINE);
      assert.equal((await small.tables()).messages.length, 2);
      assert.equal((await large.summaries(0, 1)).length, 1, "what is open stays open");
      assert.equal(sizes.length, 2);
      assert.ok(sizes[1]() < 32 << 20);
      await large.close();
      await small.close();
      assert.equal(sizes.length, 2, "a small engine is kept");
      client.close();
    } finally {
      WebAssembly.instantiate = start;
    }
  });

  it("starts anew", async () => {
    const client = createClient(pair);
    const doc = await client.open(LINE);
    client.restart();
    await assert.rejects(doc.overview(), EngineError);
    assert.ok(await (await client.open(LINE)).overview());
    const pending = client.open(LINE);
    client.close();
    await assert.rejects(pending, EngineError);
  });
});
