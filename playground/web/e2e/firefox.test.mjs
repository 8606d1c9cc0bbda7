// The page in Firefox: it loads under its policy, reads, explains, edits, searches, redacts and exports. What differs between browsers breaks here.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";
import { serve, SESSION } from "./page.mjs";

const executablePath = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"].find((f) => f && existsSync(f));
const skip = !executablePath && !process.env.IMAPWIRE_REQUIRE && "there is no Firefox here";

let browser, site;
before(async () => {
  if (skip) return;
  site = await serve();
  browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: 120_000, extraPrefsFirefox: { "app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false } });
});
after(async () => {
  await browser?.close();
  site?.close();
});

it("reads, explains, edits, searches and redacts", { skip, timeout: 240_000 }, async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  const complaints = [];
  page.on("pageerror", (e) => complaints.push(String(e)));
  page.on("console", (m) => { if (m.type() === "error") complaints.push(m.text()); });
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(site.url + "?lang=en", { waitUntil: "domcontentloaded" });
  await page.waitForSelector("html[data-ready]");
  // As after a paste: Firefox lets no script make a clipboard event that holds something.
  await page.$eval("#paste", (e, s) => {
    e.value = s;
    e.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
  }, SESSION);
  await page.waitForFunction(() => document.documentElement.dataset.annotated !== undefined);
  assert.equal(await page.$$eval(".cm-line.client", (all) => all.length), 5);
  assert.ok(!(await page.$eval(".cm-content", (e) => e.textContent)).includes("not-a-real-one"), "the password is covered");

  const selected = (text) => page.waitForFunction((t) => [...document.querySelectorAll(".cm-content .sel")].map((e) => e.textContent).join("") === t, {}, text);
  await page.$$eval(".tok", (all) => all.find((e) => e.textContent === "1024").dataset.test = "");
  await page.click(".tok[data-test]");
  await selected("1024");
  await page.waitForSelector(".explain .refs a");
  await page.waitForFunction(() => [...document.querySelectorAll(".hex td.on")].length === 4);
  await page.keyboard.press("ArrowLeft");
  await selected("RFC822.SIZE");
  await page.keyboard.press("n");
  await page.waitForSelector('.row-p[aria-current="true"]');

  await page.keyboard.press("/");
  await page.keyboard.type("cmd:FETCH code:BAD");
  await page.waitForFunction(() => document.querySelector(".count-of")?.textContent === "1 hit");
  await page.keyboard.press("Escape");

  await page.keyboard.press("r");
  await page.waitForSelector("dialog[open] .diff .new");
  assert.ok(!(await page.$eval("dialog", (e) => e.textContent)).includes("not-a-real-one"));
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));

  const dialog = async (name, until) => {
    await page.$eval(`[data-act=${name}]`, (e) => e.click());
    await page.waitForFunction(until);
    const words = await page.$eval("dialog", (e) => e.textContent);
    assert.ok(!words.includes("not-a-real-one"), name);
  };
  const shut = async () => {
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog[open]"));
  };
  await dialog("export", () => /SELECT/.test(document.querySelector("dialog .preview")?.textContent ?? ""));
  await shut();
  await dialog("session", () => document.querySelector("dialog .chips li") !== null);
  await shut();
  await dialog("compare", () => document.querySelector("dialog select option:nth-child(3)") !== null);
  await page.select("dialog select", "gmail-by-hand.txt");
  await page.waitForSelector(".compare tbody tr");
  await shut();
  await dialog("share", () => document.querySelector(".url input")?.value.includes("#v1."));
  const link = await page.$eval(".url input", (e) => e.value);
  await shut();
  await page.keyboard.down("Shift");
  await page.keyboard.press(" ");
  await page.keyboard.up("Shift");
  await page.waitForSelector(".summary");
  await page.$eval(".summary", (e) => e.click());

  await page.keyboard.press("e");
  await page.waitForSelector('.cm-content[contenteditable="true"]');
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.type("S: * 4 EXISTS");
  await page.waitForFunction((n) => document.documentElement.dataset.annotated === String(n), {}, Buffer.byteLength(SESSION.replaceAll("\r\n", "\n")) + 13);
  await page.keyboard.press("Escape");
  await page.waitForSelector('.cm-content[contenteditable="false"]');

  await page.$$eval(".top button", (all) => all.find((e) => e.textContent === "中文").click());
  await page.waitForFunction(() => document.documentElement.lang === "zh-CN" && /分享/.test(document.querySelector(".top").textContent));
  await page.setViewport({ width: 390, height: 844 });
  await page.waitForSelector(".sheet");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

  // The link, in a page of its own; and a packed file, with a literal that is opened.
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto("about:blank");
  await page.goto(link, { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => document.querySelectorAll(".cm-line.client").length === 5);
  const folder = await mkdtemp(join(tmpdir(), "imapwire-"));
  const mail = "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: text/plain\r\n\r\nhello\r\n";
  await writeFile(join(folder, "literal.log.gz"), gzipSync(`C: a1 FETCH 1 BODY[]\r\nS: * 1 FETCH (BODY[] {${mail.length}}\r\n${mail})\r\nS: a1 OK done\r\n`));
  await (await page.$("input[type=file]")).uploadFile(join(folder, "literal.log.gz"));
  await page.waitForFunction(() => /Grüße/.test(document.querySelector(".literal")?.textContent ?? ""));
  await rm(folder, { recursive: true });
  await page.click(".literal .head");
  await page.waitForSelector(".literal.open .seg");
  assert.deepEqual(complaints, []);
});
