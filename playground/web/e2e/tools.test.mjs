// Tools: timeline, peek, literals, search, session, compare, redaction, exports, formats, panes, print.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import { inflateRawSync } from "node:zlib";
import { clickToken, open, paste, SESSION } from "./page.mjs";
import { browser, site } from "./stage.mjs";
import { example } from "./views.mjs";

it("the timeline leads to its commands", async () => {
  const page = await open(browser, site.url);
  await example(page, "debug-log.txt");
  assert.ok((await page.locator(".tick").count()) > 1);
  assert.ok((await page.locator(".cut").count()) >= 1, "idle time is cut");
  await page.locator(".cmd", { hasText: "SELECT" }).click();
  await page.waitForFunction(() => document.querySelector(".cm-content .sel")?.textContent === "b2");
  assert.equal(await page.locator(".cmd.on").count(), 1);
  assert.match(await page.locator(".g-time").innerText(), /19:06:30/);
  await page.context().close();
});

it("one connection of several can be shared alone", async () => {
  const page = await open(browser, site.url);
  await paste(page, "# one\r\nS: * OK Dovecot ready.\r\nC: a1 NOOP\r\nS: a1 OK first\r\nC: a2 LOGOUT\r\nS: * BYE bye\r\nS: a2 OK done\r\n# two\r\nS: * OK Cyrus ready.\r\nC: b1 LOGIN bob hunter2\r\nS: b1 OK second\r\n");
  await page.locator('[role="tab"].tab').nth(2).click();
  await page.evaluate(() => document.querySelector("[data-act=share]").click());
  const shared = async () => JSON.parse(inflateRawSync(Buffer.from(/#v1\.([\w-]+)/.exec(await page.locator(".url input").inputValue())[1], "base64url")).toString()).text;
  await page.waitForFunction(() => document.querySelector(".url input")?.value.includes("#v1."));
  assert.match(await shared(), /a1 OK first[^]*b1 OK second/);
  const whole = await page.locator(".url input").inputValue();
  await page.getByLabel("Only connection 2").check();
  await page.waitForFunction((l) => document.querySelector(".url input").value.includes("#v1.") && document.querySelector(".url input").value !== l, whole);
  assert.doesNotMatch(await shared(), /a1|a2|BYE|hunter2/);
  assert.match(await shared(), /Cyrus ready[^]*LOGIN [^]*b1 OK second/);
  await page.context().close();
});

it("what the pointer rests on is lit in all panes", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await clickToken(page, "1024");
  await page.waitForSelector(".hex td.on");
  await page.locator(".tok", { hasText: /^7$/ }).first().hover();
  await page.waitForSelector(".cm-content .peek >> text=7");
  await page.waitForSelector(".tree .lit");
  await page.waitForSelector(".hex td.lit");
  assert.equal(await page.locator(".cm-content .sel").innerText(), "1024");
  await page.context().close();
});

it("a literal tells its counts, and opens raw and decoded", async () => {
  const page = await open(browser, site.url);
  await example(page, "thunderbird-dovecot.txt");
  const block = page.locator(".literal").first();
  assert.match(await block.innerText(), /announced 263/);
  assert.match(await block.innerText(), /repaired/);
  await page.waitForFunction(() => /Budget für Juli/.test(document.querySelector(".literal")?.textContent ?? ""));
  const lines = await page.locator(".cm-line").count();
  await block.locator(".head").click();
  await page.waitForFunction((n) => document.querySelectorAll(".cm-line").length > n, lines);
  await page.locator(".literal .seg button", { hasText: "Decoded" }).first().click();
  await page.waitForSelector(".header-fields dt >> text=Subject");
  await page.locator(".literal .head").first().click();
  await page.waitForSelector(".literal.open", { state: "detached" });
  assert.ok(!(await page.locator(".cm-content").innerText()).includes("format=flowed"));
  await page.context().close();
});

it("search finds by text and by what messages are", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  for (const [query, count] of [["cmd:FETCH code:BAD", 1], ["tag:a3", 2], ["side:client", 5], ["uidvalidity", 1], ["nothing like it", 0], ["state:logout -side:client", 2]]) {
    await page.fill("#find", query);
    await page.waitForFunction((n) => (document.querySelector(".count-of")?.textContent ?? "") === (n === 0 ? "no hit" : n === 1 ? "1 hit" : `${n} hits`), count);
  }
  await page.context().close();
});

it("the session dialog shows what login changed", async () => {
  const page = await open(browser, site.url);
  await example(page, "thunderbird-dovecot.txt");
  await page.getByRole("button", { name: /Capabilities/ }).click();
  await page.waitForSelector(".chips .gained");
  assert.match(await page.locator(".chips .gone").first().innerText(), /AUTH=/);
  assert.match(await page.locator("dialog").innerText(), /INBOX over time/);
  await page.locator("dialog .table .link").first().click();
  await page.waitForSelector("dialog", { state: "detached" });
  await page.waitForSelector(".explain h3");
  await page.context().close();
});

it("two sessions are compared by command", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.selectOption("dialog select", "curl-verbose.txt");
  await page.waitForSelector(".compare tbody tr");
  assert.match(await page.locator(".compare").innerText(), /SELECT OK[\s\S]*SELECT OK/);
  assert.ok((await page.locator(".compare .missing").count()) > 0);
  await page.keyboard.press("Escape");
  // The document on screen still answers.
  await clickToken(page, "1024");
  await page.waitForSelector(".explain h3");
  await page.context().close();
});

it("redaction takes the secrets out of every export", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await page.keyboard.press("r");
  await page.waitForSelector("dialog .diff .new");
  assert.ok(!(await page.locator("dialog").innerText()).includes("not-a-real-one"));
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  for (const kind of ["Markdown", "Transcript", "One HTML file", "JSON"]) {
    await page.locator("label.option", { has: page.locator("b", { hasText: new RegExp(`^${kind}$`) }) }).click();
    await page.waitForFunction(() => !document.querySelector("dialog .btn.main").disabled);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("dialog .btn.main").click()]);
    const content = await readFile(await file.path(), "utf8");
    assert.ok(content.includes("SELECT") && content.includes("1024"), kind);
    assert.ok(!content.includes("not-a-real-one"), kind);
    if (kind === "JSON") assert.equal(JSON.parse(content).version, 1);
    if (kind === "Markdown") assert.match(content, /```text\n\s+1 S: \* OK/);
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("the smallest transcript shows the problem again", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await page.locator(".row-p.error", { hasText: /Expected/ }).first().click();
  await page.getByRole("button", { name: /Smallest transcript/ }).click();
  await page.waitForFunction(() => /BODY\.PEEK/.test(document.querySelector("dialog .preview")?.textContent ?? ""));
  const text = await page.locator("dialog .preview").innerText();
  await page.keyboard.press("Escape");
  await paste(page, text);
  assert.ok((await page.locator(".row-p.error").count()) >= 1);
  await page.context().close();
});

it("the format can be chosen, and the sides swapped", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await page.locator(".format button").first().click();
  assert.ok((await page.locator(".popover option").count()) > 10);
  await page.getByRole("button", { name: "Swap client and server" }).last().click();
  await page.waitForFunction(() => document.querySelector('.format [aria-pressed="true"]') && document.documentElement.dataset.annotated);
  await page.locator('.format [aria-pressed="true"]').click();
  await page.waitForFunction(() => document.querySelector(".cm-line.client") && document.documentElement.dataset.annotated);
  assert.equal(await page.locator(".cm-line.client").count(), 5);
  await page.context().close();
});

it("panes are resized with the keyboard, and F6 walks them", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await clickToken(page, "1024");
  await page.waitForSelector(".explain h3");
  const width = () => page.locator(".side").evaluate((e) => e.offsetWidth);
  const before = await width();
  await page.locator(".split-side").focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await width(), before + 16);
  const seen = new Set();
  for (let i = 0; i < 7; i++) {
    await page.keyboard.press("F6");
    seen.add(await page.evaluate(() => document.activeElement?.closest(".pane-of, .log, .timeline, .problems, .tabs")?.className.split(" ")[0]));
  }
  for (const pane of ["log", "pane-explain", "pane-structure", "pane-bytes", "problems"]) assert.ok(seen.has(pane), `${pane} is not reached: ${[...seen]}`);
  await page.context().close();
});

it("prose around a session folds to one row", async () => {
  const page = await open(browser, site.url);
  const article = Array.from({ length: 30 }, (_, i) => `This is sentence ${i} of an article about mail.`).join("\n") + "\n";
  const text = article + "\n" + SESSION.replaceAll("\r\n", "\n");
  await paste(page, text);
  assert.match(await page.locator(".run").first().innerText(), /lines of text/);
  assert.ok(await page.locator(".cm-line.client").first().isVisible());
  await page.context().close();
});

it("a long list of capabilities is shortened until it is asked for", async () => {
  const page = await open(browser, site.url);
  await example(page, "thunderbird-dovecot.txt");
  const line = page.locator(".cm-line", { hasText: "41 OK [CAPABILITY" });
  const more = line.locator(".more");
  assert.match(await more.innerText(), /^\d+ more$/);
  assert.ok(!(await line.innerText()).includes("QRESYNC"));
  assert.match(await line.innerText(), /IMAP4rev1 .*SPECIAL-USE\]/);
  await more.click();
  await line.locator(".tok", { hasText: /^QRESYNC$/ }).waitFor();
  assert.equal(await more.count(), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("walking into a shortened list opens it", async () => {
  const page = await open(browser, site.url);
  await example(page, "thunderbird-dovecot.txt");
  const line = page.locator(".cm-line", { hasText: "41 OK [CAPABILITY" });
  await line.locator(".tok", { hasText: /^LOGIN-REFERRALS$|^ID$/ }).first().click();
  for (let i = 0; i < 3; i++) {
    const before = await page.locator(".explain h3 code").innerText();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((s) => document.querySelector(".explain h3 code")?.textContent !== s, before);
  }
  await page.waitForFunction(() => document.querySelector(".cm-content .sel") !== null);
  assert.ok((await line.innerText()).includes("QRESYNC"));
  await page.context().close();
});

it("a message is written anew, with the places where its client waits", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await clickToken(page, "a3");
  await page.locator(".pane-bytes .btn", { hasText: "Write anew" }).click();
  const box = page.locator(".encoded");
  await page.waitForFunction(() => document.querySelector(".encoded .line")?.textContent === "a3 FETCH 1:2 (FLAGS UID RFC822.SIZE)CRLF");
  await page.keyboard.press("Escape");
  await clickToken(page, "a2");
  await page.keyboard.press("w");
  await page.locator(".option", { hasText: "Literals" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".encoded .wait").length === 1);
  assert.match(await box.innerText(), /a2 SELECT \{5\}[^]*waits for \+[^]*INBOX/);
  await page.locator(".check", { hasText: "LITERAL+" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".encoded .wait").length === 0);
  assert.match(await box.innerText(), /\{5\+\}/);
  await page.keyboard.press("Escape");
  await clickToken(page, "a1");
  await page.keyboard.press("w");
  await page.waitForFunction(() => /a1 LOGIN/.test(document.querySelector(".encoded")?.textContent ?? ""));
  assert.ok(!(await box.innerText()).includes("not-a-real-one"), "a password is not written in any form");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("the button pastes what the clipboard holds", async () => {
  const page = await open(browser, site.url, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.evaluate((s) => navigator.clipboard.writeText(s), SESSION.replaceAll("\r\n", "\n"));
  await page.locator(".btn", { hasText: "Paste" }).click();
  await page.locator(".tok", { hasText: /^1024$/ }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("the MIME parts of a literal can be opened", async () => {
  const page = await open(browser, site.url);
  const mail = [
    "Subject: two", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: quoted-printable", "", "Gr=C3=BC=C3=9Fe", "--b", "Content-Type: application/octet-stream; name=a.bin", "", "xyz", "--b--", "",
  ].join("\r\n");
  await paste(page, `C: a1 FETCH 1 BODY[]\r\nS: * 1 FETCH (BODY[] {${mail.length}}\r\n${mail})\r\nS: a1 OK done\r\n`);
  await page.locator(".literal .head").first().click();
  await page.locator(".literal .seg button", { hasText: "Parts" }).click();
  await page.locator(".parts summary", { hasText: "text/plain" }).click();
  assert.match(await page.locator(".parts pre").innerText(), /^Grüße/);
  assert.equal(await page.locator(".parts details").count(), 1, "what is no text has nothing to open");
  assert.match(await page.locator(".parts").innerText(), /a\.bin/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("problems that are alike are one row, which opens", async () => {
  const page = await open(browser, site.url);
  const lines = ["S: * OK [CAPABILITY IMAP4rev1] ready", "C: a0 LOGIN bob not-a-real-one", "S: a0 OK in", "C: a1 SELECT INBOX", "S: * 9 EXISTS", "S: a1 OK done"];
  for (let n = 2; n < 9; n++) lines.push(`C: a${n} FETCH 1 BODY[TEXT]<0>`, `S: a${n} BAD Invalid BODY parameter`);
  await paste(page, lines.join("\r\n") + "\r\n");
  const many = page.locator("li:has(> .turn-alike)").first();
  const times = Number(/×(\d+)/.exec(await many.innerText())[1]);
  assert.ok(times >= 7, `×${times}`);
  const title = await many.locator(".title").innerText();
  const rows = () => page.locator(".row-p .title", { hasText: title }).count();
  assert.equal(await rows(), 1);
  // The keys that walk through problems stop at each; the row says which it is.
  await many.locator(".row-p").click();
  await page.waitForSelector('.row-p[aria-current="true"]');
  const first = await many.locator(".place").innerText();
  await many.locator(".row-p").press("ArrowRight");
  await page.waitForSelector('.turn-alike[aria-expanded="true"]');
  assert.equal(await rows(), 1 + times);
  await page.locator(".member .row-p").nth(2).click();
  await page.waitForSelector('.member .row-p[aria-current="true"]');
  await page.keyboard.press("ArrowLeft");
  await page.waitForSelector('.turn-alike[aria-expanded="false"]');
  assert.equal(await rows(), 1);
  assert.notEqual(await many.locator(".place").innerText(), first, "the third of them is still chosen");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("the arrows of a pane move nothing else", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await page.locator(".cmd").first().focus();
  for (const name of [/LOGIN/, /SELECT/]) {
    await page.keyboard.press("ArrowRight");
    await page.locator(".cmd.on[aria-label]").filter({ hasText: name }).waitFor();
    await page.waitForTimeout(200); // whatever else moves has moved
  }
  assert.equal(await page.locator(".cm-content .sel").innerText(), "a2", "the command's tag, not the token behind it");
  await page.context().close();
});
