// States that are met less often: paper, high contrast, a finger on the sheet, an engine that stops, keys alone.
import assert from "node:assert/strict";
import { it } from "node:test";
import { clickToken, explained, open, paste, SESSION } from "./page.mjs";
import { browser, site } from "./stage.mjs";

const ending = (s) => s.replace(/C: a5[^]*/, "");

it("paper has all lines with their colours, whole lists, and the problems with their clauses", async () => {
  const page = await open(browser, site.url);
  const lines = [];
  for (let i = 0; i < 150; i++) lines.push(`C: f${i} FETCH ${i + 1} (FLAGS UID)`, `S: * ${i + 1} FETCH (FLAGS (\\Seen) UID ${i + 100})`, `S: f${i} OK done`);
  const many = "S: * CAPABILITY IMAP4rev1 " + Array.from({ length: 30 }, (_, i) => "X-NUMBER" + i).join(" ");
  await paste(page, ending(SESSION) + [many, ...lines, ""].join("\r\n"));
  // What is there while the page is printed, at most: the editor takes it away again.
  await page.evaluate(() => {
    window.most = { lines: 0, tokens: 0, notes: "", text: "" };
    const look = () => {
      window.most.lines = Math.max(window.most.lines, document.querySelectorAll(".cm-line").length);
      window.most.tokens = Math.max(window.most.tokens, document.querySelectorAll(".cm-line .tok").length);
      window.most.notes ||= document.querySelector(".footnotes")?.innerText ?? "";
      if (/X-NUMBER15/.test(document.querySelector(".cm-content").textContent)) window.most.text = "whole";
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  });
  await page.emulateMedia({ media: "print" });
  await page.waitForFunction(() => window.most.lines > 450 && window.most.tokens > 3000 && window.most.text && /RFC \d+ §/.test(window.most.notes));
  assert.equal(await page.locator(".side").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  await page.waitForSelector(".footnotes", { state: "detached" });
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g);
  assert.ok(pages.length > 5, `${pages.length} pages`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("with forced colours no room between groups is inked, and what is chosen has an outline", async () => {
  const page = await open(browser, site.url, { forcedColors: "active" });
  await paste(page, SESSION);
  await clickToken(page, "a2");
  await page.waitForSelector(".cmd.on");
  const found = await page.evaluate(() => {
    const style = (s, name) => getComputedStyle(document.querySelector(s))[name];
    return [style(".cm-line.g-first", "borderTopColor") === style("body", "backgroundColor"), style(".cmd.on", "outlineStyle"), style(".cmd:not(.on)", "outlineStyle"), style(".cm-content .sel", "outlineStyle")];
  });
  assert.deepEqual(found, [true, "solid", "none", "solid"]);
  await page.context().close();
});

it("the sheet follows a finger and snaps to its three heights", async () => {
  const page = await open(browser, site.url, { width: 390, height: 844, hasTouch: true, isMobile: true, reducedMotion: "reduce" });
  await paste(page, SESSION);
  const touch = await page.context().newCDPSession(page);
  const drag = async (from, to) => {
    const at = (y) => [{ x: 195, y }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(from) });
    for (let k = 1; k <= 5; k++) await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(from + ((to - from) * k) / 5) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  const top = () => page.locator(".side-tabs").evaluate((e) => e.getBoundingClientRect().top + 8);
  const height = (least, most) => page.waitForFunction(([a, b]) => {
    const h = document.querySelector(".sheet").offsetHeight / innerHeight;
    return h >= a && h <= b;
  }, [least, most]);
  await height(0, 0.1);
  await drag(await top(), 430);
  await page.waitForSelector(".sheet-half");
  await height(0.4, 0.55);
  await drag(await top(), 60);
  await page.waitForSelector(".sheet-high");
  await height(0.85, 0.95);
  await drag(await top(), 840);
  await page.waitForSelector(".sheet-high, .sheet-half", { state: "detached" });
  await height(0, 0.1);
  // A tap on a tab raises it again, and a word of the transcript is explained in it.
  // A browser takes a touch right behind a swipe for its end, so a reader may have to tap again.
  const half = page.waitForSelector(".sheet-half");
  for (let tries = 0; tries < 5 && (await page.locator(".sheet-half").count()) === 0; tries++) {
    await page.getByRole("tab", { name: "Structure" }).tap();
    await page.waitForTimeout(500);
  }
  await half;
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("what is pasted before the engine is here is shown, its secret covered, and annotated later; without an engine the page says so", async () => {
  const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB" });
  const late = await context.newPage();
  let come;
  const waiting = new Promise((done) => (come = done));
  await late.route("**/*.wasm", (route) => waiting.then(() => route.continue()));
  await late.goto(site.url);
  await late.locator(".drop-box", { hasText: "Annotation starts in a moment" }).waitFor();
  const pasted = paste(late, SESSION);
  await late.locator(".banner", { hasText: "Annotation starts in a moment" }).waitFor();
  const shown = await late.locator(".cm-content").innerText();
  assert.ok(shown.includes("a2 SELECT INBOX") && !shown.includes("not-a-real-one"));
  come();
  await pasted;
  assert.equal(await late.locator(".cm-line.client").count(), 5);

  const none = await context.newPage();
  await none.route("**/*.wasm", (route) => route.abort());
  await none.goto(site.url);
  await none.getByRole("heading", { name: "could not be loaded" }).waitFor();
  await none.unroute("**/*.wasm");
  await none.getByRole("button", { name: "Reload" }).click();
  await none.waitForSelector("html[data-ready]", { state: "attached" });
  await context.close();
});

it("what is cleared is gone", async () => {
  const page = await open(browser, site.url, { query: "?lang=en" });
  await paste(page, SESSION);
  await page.locator("[data-act=more]").click();
  await page.getByRole("button", { name: "Clear" }).click();
  await page.waitForSelector("#paste");
  assert.ok(!(await page.content()).includes("SELECT"));
  assert.equal(await page.title(), "imapwire");
  assert.equal(await page.getAttribute("html", "data-annotated"), null);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("a running annotation is stopped, and what is there can be read", { timeout: 120_000 }, async () => {
  const page = await open(browser, site.url, { query: "?lang=en" });
  await page.evaluate(() => {
    const lines = ["S: * OK IMAP4rev1 ready"];
    for (let i = 0; i < 200_000; i++) lines.push(`C: f${i} FETCH ${i + 1} (FLAGS UID)`, `S: * ${i + 1} FETCH (FLAGS (\\Seen) UID ${i + 100})`, `S: f${i} OK done`);
    const data = new DataTransfer();
    data.items.add(new File([lines.join("\r\n")], "long.log"));
    document.querySelector("#log").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.getByRole("button", { name: "Stop" }).click({ timeout: 30_000 });
  const told = page.locator(".banner", { hasText: "Stopped. The first" });
  await told.waitFor();
  assert.match((await told.innerText()).replace(/\s/g, ""), /Thefirst\d+messagesareannotated/);
  assert.equal(await page.locator(".progress").count(), 0);
  await page.keyboard.press("j");
  await page.waitForSelector(".explain h3");
  // Something else can be opened at once.
  await paste(page, SESSION);
  assert.equal(await page.locator(".cm-line.client").count(), 5);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

it("an engine that stops is started anew, and the text stays", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  // The next octets that are given to the engine find no memory.
  await page.workers()[0].evaluate(() => { Uint8Array.prototype.set = () => { throw new RangeError("out of memory"); }; });
  const other = "S: * OK IMAP4rev1 ready\r\nC: a1 CAPABILITY\r\nS: a1 OK done\r\n";
  await page.evaluate((s) => {
    const data = new DataTransfer();
    data.setData("text/plain", s);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, other);
  await page.locator(".banner.error", { hasText: "stopped on this input" }).waitFor();
  assert.match(await page.locator(".cm-content").innerText(), /a1 CAPABILITY/);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForSelector(`html[data-annotated="${other.length}"]`, { state: "attached" });
  await clickToken(page, "CAPABILITY");
  await page.waitForSelector(".explain h3");
  assert.equal(await page.locator(".banner.error").count(), 0);
  assert.ok(page.complaints.every((c) => /out of memory|anew/.test(c)), page.complaints.join("\n"));
  await page.context().close();
});

it("an engine that stops on an edit is started anew with what was typed", async () => {
  const page = await open(browser, site.url);
  await paste(page, SESSION);
  await page.keyboard.press("e");
  await page.waitForSelector('.cm-content[contenteditable="true"]');
  await page.workers()[0].evaluate(() => { TextEncoder.prototype.encodeInto = () => { throw new RangeError("out of memory"); }; });
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("C: a6 CAPABILITY");
  await page.locator(".banner.error", { hasText: "stopped on this input" }).waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForSelector(`html[data-annotated="${SESSION.length + 16}"]`, { state: "attached" });
  assert.match(await page.locator(".cm-content").innerText(), /a6 CAPABILITY/);
  await clickToken(page, "a6");
  await page.waitForSelector(".explain h3");
  assert.ok(page.complaints.every((c) => /out of memory|anew/.test(c)), page.complaints.join("\n"));
  await page.context().close();
});

it("with keys alone: from the empty page to the third item of a FETCH, another language, a search, an export and back", async () => {
  const page = await open(browser, site.url);
  await page.waitForFunction(() => document.activeElement?.id === "paste");
  await paste(page, SESSION);
  // By Tab from the top of the page to the transcript: every stop can be seen, and has a name.
  await page.evaluate(() => document.activeElement?.blur());
  for (let stops = 0; ; stops++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      const name = e.getAttribute("aria-label") || e.textContent.trim() || e.getAttribute("title") || e.placeholder;
      return { log: e.classList.contains("cm-content"), name, seen: e.checkVisibility() };
    });
    if (at.log) break;
    assert.ok(at.name && at.seen && stops < 40, JSON.stringify(at));
  }
  const until = async (key, text) => {
    for (let n = 0; n < 12; n++) {
      const before = await page.evaluate(() => document.querySelector("[aria-live].sr")?.textContent);
      await page.keyboard.press(key);
      await page.waitForFunction((s) => document.querySelector("[aria-live].sr")?.textContent !== s, before);
      if ((await page.locator(".cm-content .sel").allInnerTexts()).join("") === text) return;
    }
    assert.fail(`${key} never came to ${text}`);
  };
  await until("]", "a3");
  await until("ArrowRight", "RFC822.SIZE");
  const { lead } = await explained(page);
  assert.ok((await page.locator("[aria-live].sr").textContent()).includes(`. ${lead} Line 8`), "a screen reader hears what the pane shows, and where");
  await page.keyboard.press("F6");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await page.keyboard.press("/");
  await page.keyboard.type("code:BAD");
  await page.waitForFunction(() => /^\d+ hits?$/.test(document.querySelector(".count-of")?.textContent ?? ""));
  await page.keyboard.press("Enter");
  await page.waitForSelector(".hit.now");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.classList.contains("cm-content"));
  await page.keyboard.press("n");
  await page.waitForSelector('.row-p[aria-current="true"]');
  await page.keyboard.press("r");
  await page.waitForSelector("dialog[open] .diff .new");
  assert.ok(await page.evaluate(() => document.activeElement.closest("dialog") !== null), "the focus is in the dialog");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  assert.ok(await page.evaluate(() => document.activeElement !== document.body), "the focus is back where it was");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
