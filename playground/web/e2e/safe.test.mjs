// Safety: nothing leaves the page, nothing of a transcript or an address becomes markup or script, links from others are data.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { deflateRawSync, gzipSync } from "node:zlib";
import { open, paste, SESSION } from "./page.mjs";
import { browser, site } from "./stage.mjs";

const HOSTILE = [
  "S: * OK [CAPABILITY IMAP4rev1] <img src=x onerror=\"window.hacked=1\"> ready",
  "C: a1 LOGIN \"<script>window.hacked=1</script>\" \"x\"",
  "S: * LIST () \"/\" \"</script><svg onload=window.hacked=1>\"",
  "S: * LIST () \"/\" \"javascript:window.hacked=1\"",
  "S: a1 OK \u202eevil\u2066 \u001b[31mred\u0007 \u0000nul \u200bzero",
  "C: a2 FETCH 1 BODY[]",
  "S: * 1 FETCH (BODY[] {85}",
  "Subject: =?UTF-8?Q?=3Cimg_src=3Dx_onerror=3Dwindow.hacked=3D1=3E?=",
  "Content-Type: text/html",
  "",
  "<script>window.hacked=1</script>",
  ")",
  "S: a2 OK done",
  "",
].join("\r\n");

const link = (json, extra = "") => "#v1." + deflateRawSync(Buffer.from(typeof json === "string" ? json : JSON.stringify(json))).toString("base64url") + extra;

describe("a hostile transcript", () => {
  it("is text in every view", async () => {
    const page = await open(browser, site.url);
    await paste(page, HOSTILE);
    for (const key of ["j", "j", "j", "ArrowRight", "ArrowRight", "j", "ArrowRight", "ArrowRight", "ArrowRight", "n", "n"]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(60);
    }
    const tab = page.locator(".literal .head").first();
    if (await tab.count()) {
      await tab.click();
      await page.locator(".literal .seg button", { hasText: "Decoded" }).first().click();
      await page.waitForTimeout(100);
    }
    for (const name of ["Export", "Redact", "Share"]) {
      await page.getByRole("button", { name, exact: true }).first().click();
      await page.waitForSelector("dialog[open]");
      await page.waitForTimeout(150);
      await page.keyboard.press("Escape");
      await page.waitForSelector("dialog[open]", { state: "detached" });
    }
    const found = await page.evaluate(() => ({
      hacked: window.hacked,
      scripts: document.querySelectorAll("script").length,
      images: document.querySelectorAll("img:not(.cm-widgetBuffer), iframe, object, embed, [onerror], [onload]").length,
      links: [...document.querySelectorAll("a[href]")].map((a) => a.protocol).filter((p) => !/^https?:$/.test(p)),
      text: document.body.textContent,
    }));
    assert.equal(found.hacked, undefined);
    assert.equal(found.scripts, 2);
    assert.equal(found.images, 0);
    assert.deepEqual(found.links, []);
    assert.ok(!/[\u202a-\u202e\u2066-\u2069\u001b\u0000\u200b]/.test(found.text), "a control or direction mark is on the page");
    assert.match(found.text, /NUL/);
    assert.match(found.text, /U\+202E/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("is inert in exported HTML and Markdown", async () => {
    const page = await open(browser, site.url);
    await paste(page, HOSTILE);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.locator("label.option", { hasText: "HTML" }).click();
    await page.locator("dialog .check input").uncheck();
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("dialog .btn.main").click()]);
    const other = await page.context().newPage();
    await other.goto("file://" + (await file.path()).replace(/$/, ""), { waitUntil: "load" }).catch(() => {});
    const html = await readFile(await file.path(), "utf8");
    assert.ok(!/<script|<img|<svg|onerror="/i.test(html), "markup of the transcript is in the file");
    assert.match(html, /&lt;script&gt;/);
    await page.context().close();
  });

  it("is inert in Markdown, and its fence can't be left", async () => {
    const page = await open(browser, site.url);
    await paste(page, HOSTILE.replace("S: a2 OK done", "S: a2 OK done\r\nS: * OK ```` <b>out</b>\r\nS: * OK ~~~"));
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.locator("label.option", { hasText: "Markdown" }).click();
    await page.locator("dialog .check input").uncheck();
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("dialog .btn.main").click()]);
    const text = await readFile(await file.path(), "utf8");
    const fence = /^(`{3,})text$/m.exec(text)[1];
    const inside = text.slice(text.indexOf(fence) + fence.length + 5, text.indexOf("\n" + fence + "\n"));
    assert.match(inside, /<b>out<\/b>/);
    assert.ok(!inside.includes(fence));
    const outside = text.replace(inside, "");
    assert.ok(!/<script|<img|<svg/i.test(outside), "markup of the transcript stands outside of the fence");
    assert.ok(!/[\u202a-\u202e\u2066-\u2069\u001b\u0000]/.test(text));
    await page.context().close();
  });

  it("does not make the page wait: deep, long and false counts", { timeout: 120000 }, async () => {
    const page = await open(browser, site.url);
    const cases = [
      "* 1 FETCH (BODY[] {4294967295}\r\nshort\r\n* OK next\r\n",
      "a SEARCH " + "(".repeat(100000) + "\r\n",
      "* OK " + "x".repeat(3_000_000) + "\r\n",
      Array.from({ length: 20000 }, (_, i) => `a${i} NOOP`).join("\r\n") + "\r\n",
    ];
    for (const s of cases) {
      await page.evaluate(() => document.activeElement?.blur());
      await paste(page, s);
      await page.keyboard.press("j");
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});

describe("an export", () => {
  it("has none of the secrets of any login, plain or in base64, and reads like the original", { timeout: 120000 }, async () => {
    const base64 = (s) => Buffer.from(s).toString("base64");
    const words = ["first-pass-9", "second-pass-8", "ya29.third-token-7", "fourth-pass-6"];
    const secrets = [...words, base64(`\0joe\0${words[1]}`), base64(`user=joe@example.org\x01auth=Bearer ${words[2]}\x01\x01`), base64(`c=biws,r=abcdefabcdef,p=${base64("proof-of-five")}`), base64("joe " + "0123456789abcdef0123456789abcdef")];
    const text = [
      "S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 AUTH=SCRAM-SHA-256 AUTH=CRAM-MD5] ready",
      "C: a1 LOGIN {3}", "S: + go", `C: joe {${words[0].length}}`, "S: + go", "C: " + words[0], "S: a1 NO [AUTHENTICATIONFAILED] no",
      "C: a2 AUTHENTICATE PLAIN " + secrets[4], "S: a2 NO [AUTHENTICATIONFAILED] no",
      "C: a3 AUTHENTICATE XOAUTH2 " + secrets[5], "S: a3 NO [AUTHENTICATIONFAILED] no",
      "C: a4 AUTHENTICATE SCRAM-SHA-256 " + base64("n,,n=joe,r=abcdef"), "S: + " + base64("r=abcdefabcdef,s=c2FsdA==,i=4096"), "C: " + secrets[6], "S: a4 NO [AUTHENTICATIONFAILED] no",
      "C: a5 AUTHENTICATE CRAM-MD5", "S: + " + base64("<1896.697170952@example.org>"), "C: " + secrets[7], "S: a5 NO [AUTHENTICATIONFAILED] no",
      `C: a6 LOGIN joe "${words[3]}"`, "S: a6 OK done", "",
    ].join("\r\n");
    const page = await open(browser, site.url);
    await paste(page, text);
    const problems = async () => (await page.locator(".row-p .title").allInnerTexts()).sort();
    const before = await problems();
    await page.getByRole("button", { name: "Export", exact: true }).click();
    let safe = "";
    for (const kind of ["Markdown", "Transcript", "One HTML file", "JSON"]) {
      await page.locator("label.option", { has: page.locator("b", { hasText: new RegExp(`^${kind}$`) }) }).click();
      await page.waitForFunction(() => !document.querySelector("dialog .btn.main").disabled);
      const [file] = await Promise.all([page.waitForEvent("download"), page.locator("dialog .btn.main").click()]);
      const content = await readFile(await file.path(), "utf8");
      assert.ok(content.includes("SCRAM-SHA-256"), kind);
      for (const s of secrets) assert.ok(!content.includes(s), `${kind} has ${s}`);
      if (kind === "Transcript") safe = content;
    }
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    assert.match(safe, /LOGIN \{\d+\}/, "the form of the login is kept");
    await paste(page, safe);
    assert.deepEqual(await problems(), before);
    await page.context().close();
  });
});

describe("the page", () => {
  it("asks for nothing once it is ready", async () => {
    const page = await open(browser, site.url);
    const before = page.requests.length;
    await paste(page, SESSION);
    await page.keyboard.press("n");
    await page.getByRole("button", { name: /中文/ }).click();
    await page.waitForFunction(() => /分享/.test(document.querySelector(".top")?.textContent ?? ""));
    for (const name of ["示例", "导出", "脱敏", "分享"]) {
      await page.getByRole("button", { name, exact: true }).first().click();
      await page.waitForSelector("dialog[open]");
      await page.waitForTimeout(100);
      await page.keyboard.press("Escape");
      await page.waitForSelector("dialog[open]", { state: "detached" });
    }
    assert.deepEqual(page.requests.slice(before).filter((u) => !u.startsWith("blob:")), []);
    assert.ok(page.requests.every((u) => u.startsWith(site.url) || u.startsWith("data:") || u.startsWith("blob:")), page.requests.join("\n"));
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((k) => localStorage[k].length > 20).length), 0);
    await page.context().close();
  });

  it("opens without a network after the first visit", async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(site.url);
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await paste(page, SESSION);
    assert.match(await page.locator(".cm-content").innerText(), /SELECT/);
    await context.close();
  });
});

it("a bomb is refused before it is on the page", async () => {
  const page = await open(browser, site.url);
  await page.setInputFiles("input[type=file] >> nth=0", { name: "bomb.gz", mimeType: "application/gzip", buffer: gzipSync(Buffer.alloc(64_000_000, 65)) });
  await page.locator(".failed h2", { hasText: "too large" }).waitFor({ timeout: 60000 });
  assert.ok((await page.evaluate(() => document.querySelector(".cm-content").textContent.length)) < 1000);
  await paste(page, SESSION);
  assert.ok(await page.locator(".tok").count());
  await page.context().close();
});

describe("a link", () => {
  it("gives the transcript back, at its place", async () => {
    const page = await open(browser, site.url, { permissions: ["clipboard-read", "clipboard-write"] });
    await paste(page, SESSION);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.waitForFunction(() => document.querySelector(".url input")?.value.includes("#v1."));
    const url = await page.locator(".url input").inputValue();
    assert.ok(!url.includes("not-a-real-one"));
    const other = await open(browser, site.url, { query: url.slice(url.indexOf("#")) });
    await other.waitForSelector(".cm-line.client");
    assert.match(await other.locator(".banners").innerText(), /came from a link/);
    assert.ok(!(await other.locator(".cm-content").innerText()).includes("not-a-real-one"));
    await page.context().close();
    await other.context().close();
  });

  it("that is short holds the key, and the server only ciphertext", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.locator("label.option", { hasText: "Short link" }).click();
    await page.locator("dialog .url .btn").click();
    await page.waitForFunction(() => document.querySelector(".url input")?.value.includes("#s1."));
    const url = await page.locator(".url input").inputValue();
    const sealed = [...site.kept.values()].at(-1);
    assert.ok(!sealed.includes("SELECT") && !sealed.includes("INBOX"));
    const other = await open(browser, site.url, { query: url.slice(url.indexOf("#")) });
    await other.waitForSelector(".cm-line.client");
    await page.context().close();
    await other.context().close();
  });

  const bad = {
    "cut off": link({ name: "x", text: SESSION }).slice(0, 60),
    "no deflate": "#v1.AAAAAAAA",
    "of a newer version": "#v2.AAAA",
    "no object": link("[1,2]"),
    "another type": link({ name: "x", text: 5 }),
    "a field too many": link({ name: "x", text: "* OK\r\n", onload: "x" }),
    "a format that is markup": link({ name: "x", text: "* OK\r\n", format: "<b>" }),
    "too large": "#v1." + "A".repeat(60000),
    "a bomb": link(JSON.stringify({ name: "x", text: "a".repeat(20_000_000) })),
    "not base64": "#v1.%3Cscript%3E",
  };
  for (const [name, hash] of Object.entries(bad)) {
    it(`that is ${name} loads nothing`, async () => {
      const page = await open(browser, site.url, { query: hash });
      await page.locator(".banner.warning", { hasText: "damaged or from a newer" }).waitFor();
      assert.ok(await page.locator("#paste").isVisible());
      assert.equal(await page.locator(".cm-line.client").count(), 0);
      await page.context().close();
    });
  }
});
