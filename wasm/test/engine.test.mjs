import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CLASSES, EngineError, KINDS, NONE, SIDES, STATES, TOKEN_FIELDS, stringAt } from "../dist/node.js";
import { engine, lineBreaksAsOne, random } from "./helpers.mjs";

const SESSION = [
  "S: * OK [CAPABILITY IMAP4rev1] ready",
  "C: a LOGIN joe open-sesame",
  "S: a OK done",
  "C: b SELECT Entw&APw-rfe",
  "S: * 3 EXISTS",
  "S: b OK [READ-WRITE] done",
  "C: c FETCH 1 (RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER])",
  'S: * 1 FETCH (RFC822.SIZE 44827 INTERNALDATE "17-Jul-1996 02:44:25 -0700" BODY[HEADER] {43}',
  "S: Subject: =?utf-8?Q?gr=C3=BC=C3=9Fe?= and more",
  "S: )",
  "S: c OK done",
  "",
].join("\r\n");

describe("a document", async () => {
  const imap = await engine();

  it("knows what it is", () => {
    const doc = imap.annotate(SESSION);
    const { source, format, totals, connections } = doc.overview();
    assert.equal(source.container, "text");
    assert.equal(source.length, SESSION.replaceAll("\r\n", "\n").length);
    assert.equal(format.id, "labelled");
    assert.equal(totals.messages, doc.tables().messages.length);
    assert.equal(totals.client, 3);
    assert.equal(totals.commands, 3);
    assert.equal(connections.length, 1);
    assert.equal(doc.text(), SESSION);
    doc.close();
    assert.throws(() => doc.overview(), EngineError);
  });

  it("has its messages in tables", () => {
    const doc = imap.annotate(SESSION);
    const { messages: m, strings, ranges } = doc.tables();
    const text = lineBreaksAsOne(SESSION);
    const rows = Array.from({ length: m.length }, (_, i) => [
      SIDES[m.side[i]], KINDS[m.kind[i]], stringAt(strings, m.name[i]), stringAt(strings, m.tag[i]), m.answers[i], m.answeredBy[i], STATES[m.state[i]],
    ]);
    assert.deepEqual(rows, [
      ["server", "greeting", "OK", "", NONE, NONE, "not-authenticated"],
      ["client", "command", "LOGIN", "a", NONE, 2, "not-authenticated"],
      ["server", "status", "OK", "a", 1, NONE, "authenticated"],
      ["client", "command", "SELECT", "b", NONE, 5, "authenticated"],
      ["server", "data", "EXISTS", "", 3, NONE, "authenticated"],
      ["server", "status", "OK", "b", 3, NONE, "selected"],
      ["client", "command", "FETCH", "c", NONE, 8, "selected"],
      ["server", "data", "FETCH", "", 6, NONE, "selected"],
      ["server", "status", "OK", "c", 6, NONE, "selected"],
    ]);
    assert.equal(stringAt(strings, m.mailbox[5]), "Entwürfe");
    for (let i = 0; i < m.length; i++) {
      assert.ok(text.slice(m.start[i], m.end[i]).startsWith(SIDES[m.side[i]] === "client" ? "C: " : "S: "));
      assert.equal(text.slice(0, m.start[i]).split("\n").length, m.line[i]);
      for (let r = m.firstRange[i]; r < m.firstRange[i + 1]; r++) {
        assert.ok(m.start[i] <= ranges[2 * r] && ranges[2 * r] <= ranges[2 * r + 1] && ranges[2 * r + 1] <= m.end[i]);
      }
    }
    assert.equal(m.lastLine[7] - m.line[7], 2);
  });

  it("gives tokens that are what the text says", () => {
    const doc = imap.annotate(SESSION);
    const text = lineBreaksAsOne(SESSION);
    const tokens = doc.tokens(0, 99);
    const found = new Map();
    let last = 0;
    for (let i = 0; i < tokens.length; i += TOKEN_FIELDS) {
      const [start, end, flags, , message] = tokens.subarray(i, i + TOKEN_FIELDS);
      assert.ok(start < end && start >= last && message < 9);
      last = end;
      const list = found.get(CLASSES[flags & 255]) ?? found.set(CLASSES[flags & 255], []).get(CLASSES[flags & 255]);
      list.push(text.slice(start, end));
    }
    assert.deepEqual(found.get("tag"), ["a", "a", "b", "b", "c", "c"]);
    assert.deepEqual(found.get("keyword").map((s) => s.trim()), ["LOGIN", "SELECT", "EXISTS", "FETCH", "FETCH"]);
    assert.ok(found.get("status-ok").every((s) => s === "OK"));
    assert.deepEqual(found.get("mailbox"), ["Entw&APw-rfe"]);
    assert.ok(found.get("literal-head").some((s) => s.startsWith("{43}")));
    assert.equal(found.get("literal").join("").trim(), "Subject: =?utf-8?Q?gr=C3=BC=C3=9Fe?= and more");
    assert.ok(found.get("code").includes("READ-WRITE"));
  });

  it("explains every position", () => {
    const doc = imap.annotate(SESSION);
    const text = lineBreaksAsOne(SESSION);
    for (let at = 0; at <= text.length; at++) {
      const e = doc.explain(at);
      assert.ok(e, `position ${at}`);
      assert.ok(e.lead.length > 0, `no lead at ${at}: ${e.path.map((p) => p.kind)}`);
      assert.ok(e.path.length > 0 && e.title.length > 0);
    }
    const name = doc.explain(text.indexOf("Entw") + 1);
    assert.equal(name.facts.find((f) => f.id === "mailbox-name").value, "Entwürfe");
    const date = doc.explain(text.indexOf("17-Jul"));
    assert.equal(date.facts.find((f) => f.id === "date-utc").value, "1996-07-17 09:44:25 UTC");
    const size = doc.explain(text.indexOf("44827"));
    assert.equal(size.facts.find((f) => f.id === "size").value, "43.8 KiB");
    const flags = doc.explain(text.indexOf("LOGIN"));
    assert.equal(flags.title, "LOGIN");
    assert.equal(flags.refs[0].url, "https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3");
  });

  it("shows what a literal holds", () => {
    const doc = imap.annotate(SESSION);
    const { literals } = doc.tables();
    assert.equal(literals.length, 1);
    assert.equal(literals.announced[0], 43);
    const view = doc.literal(0);
    assert.equal(view.what, "header");
    assert.deepEqual(view.fields, [{ name: "Subject", value: "grüße and more" }]);
    assert.throws(() => doc.literal(1), EngineError);
  });

  it("gives a message's octets and where they stand", () => {
    const doc = imap.annotate(SESSION);
    const { octets, runs } = doc.wire(1);
    assert.equal(new TextDecoder().decode(octets), "a LOGIN joe open-sesame\r\n");
    const text = lineBreaksAsOne(SESSION);
    assert.equal(text.slice(runs[2], runs[2] + 5), "a LOG");
    const tree = doc.tree(1);
    assert.equal(tree.next[0], tree.length);
    assert.equal(tree.value.length, tree.length);
    assert.equal(imap.kindName(tree.kind[0]), "command");
    assert.throws(() => doc.tree(99), EngineError);
  });

  it("speaks both languages, and changes them", () => {
    const doc = imap.annotate(SESSION);
    const english = doc.summaries(0, 9).map((s) => s.summary);
    doc.setLang("zh");
    const chinese = doc.summaries(0, 9).map((s) => s.summary);
    english.forEach((s, i) => {
      assert.ok(s.length > 0 && chinese[i].length > 0);
      assert.notEqual(s, chinese[i]);
    });
    assert.throws(() => imap.open("x", { lang: "tlh" }), EngineError);
    assert.throws(() => imap.open("x", { format: "nosuch" }), EngineError);
  });

  it("is the same after an edit as anew", () => {
    const doc = imap.annotate(SESSION);
    const text = lineBreaksAsOne(SESSION);
    const at = text.indexOf("done");
    doc.edit(at, at + 4, "über\nC: x NOOP");
    const fresh = imap.annotate(doc.octets());
    assert.deepEqual(doc.tables(), fresh.tables());
    assert.equal([...doc.json()].join(""), [...fresh.json()].join(""));
    assert.throws(() => doc.edit(5, 4, ""), EngineError);
    assert.throws(() => doc.edit(0, 1e9, ""), EngineError);
  });

  it("is JSON too", () => {
    const doc = imap.annotate(SESSION.repeat(100));
    const whole = JSON.parse([...doc.json()].join(""));
    assert.equal(whole.version, 1);
    assert.equal(whole.messages.length, doc.overview().totals.messages);
    assert.equal(whole.messages[1].wire, "a LOGIN joe open-sesame\r\n");
  });

  it("can be redacted", () => {
    const safe = imap.annotate(SESSION).redact();
    assert.ok(!safe.text.includes("open-sesame"));
    assert.ok(safe.text.includes("LOGIN"));
    const text = lineBreaksAsOne(SESSION);
    const at = text.indexOf("ready");
    assert.ok(!imap.annotate(SESSION).redact({ extra: [at, at + 5] }).text.includes("ready"));
  });

  it("is written anew by the encoder", () => {
    const doc = imap.annotate(SESSION);
    assert.equal(new TextDecoder().decode(doc.encode(4).octets), "* 3 EXISTS\r\n");
    const login = imap.annotate("C: a LOGIN bob pw\r\n").encode(0, { style: "literals" });
    assert.equal(new TextDecoder().decode(login.octets), "a LOGIN {3}\r\nbob {2}\r\npw\r\n");
    assert.equal(login.waits.length, 2);
    const bad = imap.annotate("C: a SELECT\r\nS: a BAD what\r\nC: b NOOP\r\nS: b OK done\r\n");
    assert.notEqual(bad.encode(0).error, "");
    assert.equal(bad.error(1), null);
    assert.ok(bad.error(0).text.length > 0);
  });

  it("is read in steps", () => {
    const doc = imap.open(SESSION.repeat(200));
    let steps = 0;
    let before = -1;
    for (let p = doc.step(1000); !p.finished; p = doc.step(1000)) {
      assert.ok(p.done > before);
      before = p.done;
      steps++;
      if (steps === 3) assert.ok(doc.tables().messages.length > 0, "something is there already");
    }
    assert.ok(steps > 10);
    assert.deepEqual(doc.tables(), imap.annotate(SESSION.repeat(200)).tables());
  });
});

describe("positions", async () => {
  const imap = await engine();
  const pieces = ["a", "\r\n", "\n", "\r", "é", "日", "😀", "\x00", "\ufeff", "* OK x", "a LOGIN b c"].map((s) => [...new TextEncoder().encode(s)]);
  pieces.push([0x80], [0xc3], [0xe6, 0x97], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0xff]);

  it("count as TextDecoder and an editor do", () => {
    const next = random(7);
    for (let round = 0; round < 400; round++) {
      const octets = Uint8Array.from(Array.from({ length: next(60) }, () => pieces[next(pieces.length)]).flat());
      const doc = imap.annotate(octets);
      if (doc.overview().source.decoded) continue; // two odd octets make it UTF-16
      const text = lineBreaksAsOne(new TextDecoder().decode(octets));
      assert.equal(doc.overview().source.length, text.length, `${octets}`);
      const { messages } = doc.tables();
      const lines = [0];
      for (let i = 0; i < text.length; i++) if (text[i] === "\n") lines.push(i + 1);
      for (let i = 0; i < messages.length; i++) {
        if (messages.firstRange[i] !== messages.firstRange[i + 1]) assert.ok(messages.start[i] < text.length);
        assert.ok(messages.end[i] <= text.length);
      }
      doc.close();
    }
  });

  it("count a string's own byte order mark", () => {
    assert.equal(imap.annotate("\ufeff* OK x").overview().source.length, 7);
    assert.equal(imap.annotate(new TextEncoder().encode("\ufeff* OK x")).overview().source.length, 6);
  });
});

describe("memory", async () => {
  const imap = await engine();
  const text = "C: a FETCH 1 (UID FLAGS)\r\nS: * 1 FETCH (UID 7 FLAGS (\\Seen))\r\nS: a OK done\r\n".repeat(6_000);

  it("of closed documents is used again", () => {
    imap.annotate(text).close();
    const once = imap.memory;
    for (let i = 0; i < 8; i++) {
      const doc = imap.annotate(text);
      doc.tables();
      doc.close();
    }
    assert.ok(imap.memory < 4 * once, `${once} octets after one document, ${imap.memory} after eight more`);
  });

  it("is given back by going on in new memory, where open documents stay usable", async () => {
    const large = imap.memory;
    const doc = imap.annotate("C: a NOOP\r\nS: a OK done\r\n", { lang: "zh" });
    const before = doc.overview();
    await Promise.all([imap.renew(), imap.renew()]);
    assert.ok(imap.memory < large / 2, `${imap.memory} octets after ${large}`);
    assert.deepEqual(doc.overview(), before);
    assert.deepEqual(imap.annotate("C: a NOOP\r\nS: a OK done\r\n", { lang: "zh" }).overview(), before);
    doc.close();
  });
});

describe("bad input", async () => {
  const imap = await engine();
  for (const [name, text] of Object.entries({
    "nothing": "",
    "NULs": "\0".repeat(1000),
    "a million brackets": "C: a SEARCH " + "(".repeat(1e6) + "\r\n",
    "a literal that never comes": "C: a LOGIN {4294967295}\r\n",
    "one long line": "C: a NOOP " + "x".repeat(2e6),
    "HTML": "<!doctype html><script>alert(1)</script>",
    "SMTP": "220 mail.example.org ESMTP\r\nEHLO x\r\n250 OK\r\n",
    "POP3": "+OK ready\r\nUSER joe\r\n+OK\r\nPASS x\r\n",
  })) {
    it(`${name} gets an answer`, () => {
      const doc = imap.annotate(text);
      doc.tables();
      doc.tokens(0, 10);
      assert.ok(JSON.parse([...doc.json()].join("")));
      doc.close();
    });
  }
  it("octets that are no text get an answer", () => {
    const next = random(3);
    const doc = imap.annotate(Uint8Array.from({ length: 100000 }, () => next(256)));
    assert.ok(doc.overview().source.bytes > 0);
    doc.tables();
  });
  it("words that are none are refused, and the engine lives on", () => {
    assert.throws(() => imap.addWords("en", new Uint8Array(100)), EngineError);
    assert.ok(imap.annotate(SESSION).overview());
  });
});
