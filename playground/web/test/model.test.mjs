import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { describe, it } from "node:test";
import { load } from "./load.mjs";

const { plain, plainLines, cut, glyph } = await load("lib/visible.ts");
const { readFragment, pack, unpack, inflate, encrypt, decrypt, base64url, fromBase64url } = await load("model/fragment.ts");
const { parseQuery } = await load("model/search.ts");
const { group, messageOn, messageAt, stateChanges } = await load("model/groups.ts");
const { clock, clockChange, duration } = await load("model/time.ts");
const { align } = await load("model/align.ts");
const { buildText, isPlain, lineEnd } = await load("model/bytes.ts");
const { suspects } = await load("editor/premask.ts");
const { kindOfFile } = await load("model/magic.ts");
const { en } = await load("i18n/en.ts");
const { zh } = await load("i18n/zh.ts");

const NONE = 0xffffffff;

describe("what is shown", () => {
  it("names control and direction characters", () => {
    assert.equal(plain("a\u0000b\u001b[31m\u202ec\u200b"), "a‹NUL›b‹ESC›[31m‹U+202E›c‹U+200B›");
    assert.equal(plain("a\r\nb\nc"), "a↵b↵c");
    assert.equal(plainLines("a\r\nb\rc\u0007"), "a\nb\nc‹BEL›");
    assert.equal(glyph(0x7f), "DEL");
    assert.equal(plain("héllo 中文 \t|"), "héllo 中文 \t|");
  });
  it("cuts without cutting a character", () => {
    assert.equal(cut("abc", 3), "abc");
    assert.equal(cut("abcd", 3), "abc…");
    assert.equal(cut("ab😀d", 3), "ab…");
  });
});

it("a binary file is called by its name", () => {
  for (const [octets, kind] of [["PK\x03\x04rest", "ZIP"], ["\x89PNG\r\n", "PNG"], ["%PDF-1.7", "PDF"], ["* OK ready", ""], ["", ""], ["P", ""]]) {
    assert.equal(kindOfFile(Uint8Array.from(octets, (c) => c.charCodeAt(0))), kind);
  }
});

describe("fragments", () => {
  it("are known by their form", () => {
    for (const [hash, kind] of [["", "none"], ["#", "none"], ["#L27", "place"], ["#p1", "place"], ["#x", "none"], ["#v1.abc_-", "text"], ["#v1.a b", "bad"], ["#v2.abc", "bad"], ["#s1.abcdef." + "k".repeat(43), "short"], ["#s1.abcdef.k", "bad"], ["#v1." + "a".repeat(60000), "bad"]]) {
      assert.equal(readFragment(hash).kind, kind, hash);
    }
    assert.deepEqual(readFragment("#v1.abc&L3&p2").place, { line: 3, problem: 2 });
  });
  it("give back what was packed", async () => {
    const s = { name: "a.txt", text: "* OK ready\r\n", format: "labelled", swap: true };
    assert.deepEqual(await unpack(await pack(s)), s);
    const octets = Uint8Array.from([0, 255, 62, 63, 10]);
    assert.deepEqual(fromBase64url(base64url(octets)), octets);
  });
  it("refuse what unpacks to too much", async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, 97));
    await assert.rejects(inflate(new Uint8Array(bomb)), RangeError);
  });
  it("refuse what is not exactly a transcript", async () => {
    for (const json of ["[]", "null", "5", '{"name":1,"text":"x"}', '{"name":"a","text":""}', '{"name":"a","text":"x","more":1}', '{"name":"a","text":"x","format":"<b>"}', '{"name":"a","text":"x","swap":1}', "{"]) {
      await assert.rejects(unpack(new Uint8Array(deflateRawSync(Buffer.from(json)))), json);
    }
    await assert.rejects(unpack(new Uint8Array(deflateRawSync(Buffer.from([0xff, 0xfe])))));
  });
  it("seal so that only the key opens", async () => {
    const octets = new TextEncoder().encode("secret words");
    const { sealed, key } = await encrypt(octets);
    assert.ok(!Buffer.from(sealed).includes("secret"));
    assert.deepEqual(await decrypt(sealed, key), octets);
    await assert.rejects(decrypt(sealed, "A".repeat(43)));
    await assert.rejects(decrypt(sealed.slice(0, 20), key));
  });
});

describe("queries", () => {
  it("are filters and words", () => {
    assert.deepEqual(parseQuery('cmd:FETCH -side:client "new mail" x:y inbox'), {
      filters: [{ name: "cmd", value: "fetch", not: false }, { name: "side", value: "client", not: true }],
      words: ["new mail", "x:y", "inbox"],
    });
    assert.deepEqual(parseQuery('mailbox:"a b" "open'), { filters: [{ name: "mailbox", value: "a b", not: false }], words: ["open"] });
    assert.deepEqual(parseQuery("  "), { filters: [], words: [] });
  });
});

/** A message table from [kind, connection, answers, answeredBy] rows; kinds as in KINDS. */
function table(rows) {
  const column = (f) => rows.map(f);
  return {
    length: rows.length, kind: column((r) => r[0]), connection: column((r) => r[1]), answers: column((r) => r[2] ?? NONE), answeredBy: column((r) => r[3] ?? NONE),
    start: column((_, i) => i * 10), end: column((_, i) => i * 10 + 10), state: column((r) => r[4] ?? 0), mailbox: column(() => 0),
  };
}
const COMMAND = 2, DATA = 4, STATUS = 5, NOISE = 0, CONTINUATION = 3;

describe("groups", () => {
  it("hold a command and its answers", () => {
    const g = group(table([[1, 0], [COMMAND, 0, NONE, 3], [DATA, 0, 1], [STATUS, 0, 1], [COMMAND, 0, NONE, 5], [STATUS, 0, 4]]));
    assert.deepEqual([...g.of], [0, 1, 1, 1, 2, 2]);
    assert.deepEqual(g.command, [NONE, 1, 4]);
  });
  it("keep the order of pipelined commands", () => {
    const g = group(table([[COMMAND, 0, NONE, 2], [COMMAND, 0, NONE, 3], [STATUS, 0, 0], [STATUS, 0, 1]]));
    assert.deepEqual([...g.of], [0, 1, 2, 3]);
  });
  it("take in what comes while the command is under way", () => {
    const g = group(table([[COMMAND, 0, NONE, 4], [CONTINUATION, 0], [DATA, 0], [NOISE, 0], [STATUS, 0, 0], [DATA, 0]]));
    assert.deepEqual([...g.of], [0, 0, 0, 0, 0, 1]);
  });
  it("do not mix connections", () => {
    const g = group(table([[COMMAND, 0, NONE, 2], [DATA, 1], [STATUS, 0, 0]]));
    assert.deepEqual([...g.of], [0, 1, 2]);
    assert.deepEqual([...stateChanges(table([[1, 0, NONE, NONE, 1], [2, 0, NONE, NONE, 1], [5, 0, NONE, NONE, 2], [1, 1, NONE, NONE, 1]]))], [1, 0, 1, 1]);
  });
  it("find a message around others", () => {
    const m = { length: 2, start: [0, 10], end: [40, 20] };
    assert.equal(messageAt(m, 25), 1);
    assert.equal(messageOn(m, 25), 0);
    assert.equal(messageOn(m, 15), 1);
    assert.equal(messageOn(m, 50), -1);
  });
});

it("times say only what changed", () => {
  const t0 = Date.UTC(2025, 5, 23, 19, 6, 30, 120);
  assert.equal(clock(t0), "19:06:30.120");
  assert.equal(clockChange(t0, NaN), "19:06:30");
  assert.equal(clockChange(t0 + 11, t0), ".131");
  assert.equal(clockChange(t0 + 16083, t0), "46.203");
  assert.equal(clockChange(t0, t0), "");
  assert.equal(clockChange(NaN, t0), "");
  assert.deepEqual([0.9, 38.2, 412, 9337, 61000, 7200000].map(duration), ["0.9 ms", "38.2 ms", "412 ms", "9.34 s", "1.0 min", "2.0 h"]);
});

it("sessions are aligned by command", () => {
  const c = (name, status = "OK", answers = []) => ({ id: 0, name, status, latency: 1, answers });
  const pairs = align([c("LOGIN"), c("SELECT", "OK", ["EXISTS"]), c("IDLE")], [c("LOGIN"), c("ID"), c("SELECT", "OK", []), c("IDLE", "NO")]);
  assert.deepEqual(pairs.map((p) => [p.a?.name ?? "", p.b?.name ?? "", p.same]), [["LOGIN", "LOGIN", true], ["", "ID", false], ["SELECT", "SELECT", false], ["IDLE", "IDLE", false]]);
  assert.deepEqual(pairs[2].onlyA, ["EXISTS"]);
  const long = Array.from({ length: 3000 }, (_, i) => c("C" + (i % 7)));
  assert.ok(align(long, long).every((p) => p.same));
});

const octets = (s) => new TextEncoder().encode(s);

describe("octets", () => {
  it("become the text that the engine counts in", async () => {
    for (const s of ["", "a", "a\r\nb\rc\nd", "\ufeffé中😀\r\n", "a\r", "x".repeat(300000) + "\r\n" + "y", "\r\n".repeat(200000)]) {
      const text = await buildText(octets(s), () => true);
      assert.equal(text.toString(), new TextDecoder().decode(octets(s)).replace(/\r\n|\r/g, "\n"));
    }
    assert.equal(await buildText(octets("abc"), () => false), null);
  });
  it("are told from packed ones", () => {
    assert.equal(isPlain(octets("* OK\r\n")), true);
    assert.equal(isPlain(octets("")), true);
    assert.equal(isPlain(Uint8Array.of(0x1f, 0x8b, 8)), false);
    assert.equal(isPlain(Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1)), false);
    assert.equal(isPlain(Uint8Array.of(0xff, 0xfe, 42, 0)), false);
    assert.equal(isPlain(Uint8Array.of(42, 0, 32, 0, 79, 0)), false);
    assert.equal(isPlain(octets("* OK a\0b ready and more text so that one NUL is little\r\n")), true);
  });
  it("have a line end that typing keeps", () => {
    assert.equal(lineEnd(octets("a\r\nb\r\n")), "\r\n");
    assert.equal(lineEnd(octets("a\nb\r\nc\n")), "\n");
    assert.equal(lineEnd(octets("")), "\n");
  });
});

it("both languages say the same things, and no word is left in the other", () => {
  const walk = (a, b, path) => {
    for (const key of Object.keys(a)) {
      const here = path + "." + key;
      assert.equal(typeof b[key], typeof a[key], here);
      if (typeof a[key] === "object") walk(a[key], b[key], here);
      else if (typeof a[key] === "string" && a[key].length > 12 && !/^\.(lang|top\.placeholder|name)/.test(here) && !/^[\x20-\x7e]*$/.test(a[key]) === false && /[a-z] [a-z]/.test(a[key])) {
        assert.match(b[key], /[\u4e00-\u9fff]/, here);
      }
    }
    assert.deepEqual(Object.keys(b).sort(), Object.keys(a).sort(), path);
  };
  walk(en, zh, "");
});

it("what is not annotated yet shows no password", async () => {
  const covered = async (s) => {
    const doc = await buildText(new TextEncoder().encode(s), () => true);
    return suspects(doc, 0, doc.length).map((x) => doc.sliceString(x.from, x.to));
  };
  assert.deepEqual(await covered("C: a1 LOGIN bob secret\na2 login \"b o b\" \"x y\"\n"), ["secret", '"x y"']);
  assert.deepEqual(await covered("a AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=\n"), ["AGJvYgBzZWNyZXQ="]);
  assert.deepEqual(await covered("a AUTHENTICATE PLAIN\n+\nAGJvYgBzZWNyZXQ=\n"), ["AGJvYgBzZWNyZXQ="]);
  assert.deepEqual(await covered("a LOGIN {3}\n+ go\nbob {6}\nsecret\n"), ["bob {6}", "secret"]);
  assert.deepEqual(await covered("a LOGIN bob {6+}\nsecret\nb NOOP\n"), ["{6+}", "secret"]);
  assert.deepEqual(await covered("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\n* 3 EXISTS\na FETCH 1 (FLAGS)\n"), []);
});

describe("opening", () => {
  // What the store needs of a page.
  globalThis.location ??= { hash: "", pathname: "/", search: "" };
  globalThis.navigator ??= { language: "en", languages: ["en"], onLine: true };
  globalThis.document ??= { documentElement: { dataset: {} } };

  /** An engine that notes what it was asked to open and finds nothing in it. */
  function engine(asked) {
    const none = new Uint32Array(1);
    const table = { length: 0 };
    return {
      async open(octets) {
        asked.push(octets);
        return {
          overview: async () => ({ source: { container: "text", bytes: octets.length, length: octets.length, decoded: false }, format: { id: "" }, connections: [], totals: { messages: 0 } }),
          tables: async () => ({ messages: table, diagnostics: table, secrets: table, literals: table, ranges: none, strings: { bytes: new Uint8Array(), offsets: none } }),
          close: async () => {},
        };
      },
      restart() {},
    };
  }

  const MB = 1 << 20;
  /** Lines of 100 octets, a file of them that is not held in memory. */
  const line = "* OK " + "x".repeat(94) + "\n";
  const file = (lines) => {
    const thousand = new Blob([line.repeat(1000)]);
    return new Blob(Array(lines / 1000).fill(thousand));
  };

  it("reads a text of more than 64 MB in parts that end with a line", async () => {
    const store = await load("model/store.ts", "model/parts.ts");
    const asked = [];
    store.useEngine(engine(asked));
    const long = file(1_400_000);
    await store.openBlob("long.log", long, "file");
    const end = Math.floor((64 * MB) / 100) * 100;
    assert.equal(asked[0].length, end);
    assert.deepEqual([store.source.value.part.from, store.source.value.part.to, store.linesBefore()], [0, end, 0]);
    assert.equal(store.phase.value, "read");
    await store.turnPart(1);
    assert.equal(asked[1].length, end);
    assert.deepEqual([store.source.value.part.from, store.linesBefore()], [end, end / 100]);
    await store.turnPart(1);
    assert.equal(asked[2].length, long.size - 2 * end, "the last part is the rest");
    assert.equal(store.source.value.part.to, long.size);
    await store.turnPart(-1);
    assert.equal(store.source.value.part.from, end);
    await store.turnPart(-1);
    await store.turnPart(-1);
    assert.deepEqual([store.source.value.part.from, store.linesBefore()], [0, 0]);
  });

  it("begins a part with the line that so many line ends follow", async () => {
    const { startOfLine } = await load("model/parts.ts");
    for (const end of ["\n", "\r\n"]) {
      const text = ["one", "two", "three", ""].join(end);
      assert.equal(startOfLine(octets(text), 1), text.indexOf("three"));
      assert.equal(startOfLine(octets(text), 2), text.indexOf("two"));
      assert.equal(startOfLine(octets(text), 3), 0);
    }
  });

  it("opens a short file as a whole, and the newer of two", async () => {
    const store = await load("model/store.ts", "model/parts.ts");
    const asked = [];
    store.useEngine(engine(asked));
    const slow = store.openBlob("first.log", file(1000), "file");
    await Promise.all([slow, store.open({ name: "second.log", octets: octets("* OK\r\n"), origin: "paste" })]);
    assert.equal(asked.length, 1);
    assert.equal(store.source.value.name, "second.log");
    await store.openBlob("third.log", file(1000), "file");
    assert.equal(asked[1].length, 100_000);
    assert.equal(store.source.value.part, undefined);
  });

  it("takes away an engine that says nothing, and sooner when it was told to stop", async (t) => {
    const store = await load("model/store.ts");
    t.mock.timers.enable({ apis: ["setTimeout"] });
    t.mock.method(console, "error", () => {});
    for (const [stopped, wait] of [[false, 60_000], [true, 5_000]]) {
      let restarts = 0, fail;
      store.useEngine({
        open: () => new Promise((_, reject) => (fail = reject)),
        restart() {
          restarts++;
          fail(new Error("started anew"));
        },
      });
      const opening = store.open({ name: "x", octets: octets("* OK\r\n"), origin: "paste" });
      await Promise.resolve();
      if (stopped) store.stop();
      t.mock.timers.tick(wait - 1);
      assert.equal(restarts, 0);
      t.mock.timers.tick(1);
      assert.ok(restarts > 0);
      await opening;
      assert.equal(store.notice.value, "engine");
      assert.notEqual(store.phase.value, "busy");
    }
  });

  it("refuses what is packed and too long to be unpacked", async () => {
    const store = await load("model/store.ts", "model/parts.ts");
    const asked = [];
    store.useEngine(engine(asked));
    const packed = new Blob([Uint8Array.of(0x1f, 0x8b, 8, 0), ...Array(257).fill(new Blob([new Uint8Array(MB)]))]);
    await store.openBlob("huge.gz", packed, "file");
    assert.deepEqual([store.phase.value, store.notice.value, asked.length], ["failed", "too-large", 0]);
  });
});
