// The page in Firefox: it loads under its policy, reads, explains, edits, searches, redacts and exports. What differs between browsers breaks here.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, it } from "node:test";
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
  assert.deepEqual(complaints, []);
});
