// Reading: paste, click, keyboard, folds, problems, search, phone, dark, Chinese, print.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clickToken, explained, open, paste, SESSION } from "./page.mjs";
import { browser, site } from "./stage.mjs";

const selected = (page) => page.locator(".cm-content .sel").allInnerTexts().then((parts) => parts.join(""));

describe("a pasted session", () => {
  it("is annotated, grouped, and tells its problems", async () => {
    const page = await open(browser, site.url);
    await page.focus("#paste");
    await paste(page, SESSION);
    assert.equal(await page.locator(".cm-line.client").count(), 5);
    assert.ok((await page.locator(".arrow-of.server").count()) >= 8);
    assert.equal(await page.getAttribute("html", "data-problems"), String(await page.locator(".problem-list .row-p").count()));
    assert.ok((await page.locator(".answer.error", { hasText: "BAD" }).count()) >= 1);
    assert.match(await page.title(), /problem/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("explains what is clicked, in every pane", async () => {
    const page = await open(browser, site.url);
    await page.focus("#paste");
    await paste(page, SESSION);
    await clickToken(page, "1024");
    await page.waitForSelector(".explain h3");
    assert.equal(await selected(page), "1024");
    const { title, lead } = await explained(page);
    assert.ok(title.length > 0 && lead.length > 0, `${title} / ${lead}`);
    assert.match(await page.locator(".tree .on").innerText(), /1024/);
    assert.equal((await page.locator(".hex td.on").allInnerTexts()).join(" ").trim(), "31 30 32 34");
    assert.match(await page.locator(".refs a").first().getAttribute("href"), /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+/);
    // A second click chooses what it stands in, and the path leads anywhere.
    await page.locator(".cm-content .sel").first().click();
    await page.waitForFunction(() => document.querySelector(".cm-content .sel")?.textContent !== "1024");
    await page.locator(".path button").first().click();
    await page.waitForFunction(() => document.querySelectorAll(".path li").length === 1);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("is chosen from the bytes and from the tree as well", async () => {
    const page = await open(browser, site.url);
    await page.focus("#paste");
    await paste(page, SESSION);
    await clickToken(page, "2048");
    await page.waitForSelector(".hex td.on");
    await page.locator(".hex td[data-at='2']").click();
    await page.waitForFunction(() => document.querySelector(".cm-content .sel")?.textContent === "2");
    await page.locator(".tree li", { hasText: "2048" }).last().click();
    await page.waitForFunction(() => document.querySelector(".cm-content .sel")?.textContent === "2048");
    await page.context().close();
  });

  it("is walked with the keyboard alone", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    const press = async (key, text) => {
      await page.keyboard.press(key);
      await page.waitForFunction((t) => [...document.querySelectorAll(".cm-content .sel")].map((e) => e.textContent).join("") === t, text, { timeout: 5000 });
    };
    await press("j", "*");
    await press("j", "a1");
    await press("]", "a2");
    await press("]", "a3");
    await press("ArrowRight", "FETCH");
    await press("ArrowRight", "1:2");
    await press("ArrowLeft", "FETCH");
    await press("k", "a2");
    await press("Alt+ArrowLeft", "FETCH");
    await press("Alt+ArrowRight", "a2");
    await page.keyboard.press("n");
    await page.waitForSelector('.row-p[aria-current="true"]');
    await page.waitForSelector(".explain .refs");
    await page.keyboard.press("x");
    await page.waitForSelector(".explain .refs", { state: "detached" });
    await page.keyboard.press("x");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("folds a group to its sentence and back", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    const lines = await page.locator(".cm-line").count();
    await page.locator("button.fold").nth(1).click();
    await page.waitForFunction(() => (document.querySelector(".summary")?.textContent ?? "").length > 5);
    assert.ok((await page.locator(".cm-line").count()) < lines);
    await page.locator(".summary").click();
    await page.waitForFunction((n) => document.querySelectorAll(".cm-line").length === n, lines);
    await page.context().close();
  });

  it("keeps secrets covered until they are held", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    assert.ok(!(await page.locator(".cm-content").innerText()).includes("not-a-real-one"));
    const mask = page.locator(".cm-content .mask").first();
    await mask.dispatchEvent("pointerdown");
    assert.match(await page.locator(".cm-content").innerText(), /not-a-real-one/);
    await mask.dispatchEvent("pointerup");
    assert.ok(!(await page.locator(".cm-content").innerText()).includes("not-a-real-one"));
    // What is copied has the mask too.
    const copied = await page.evaluate(() => {
      const content = document.querySelector(".cm-content");
      content.focus();
      document.execCommand("selectAll");
      const data = new DataTransfer();
      return new Promise((done) => setTimeout(() => {
        content.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
        done(data.getData("text/plain"));
      }, 100));
    });
    assert.ok(!copied.includes("not-a-real-one"));
    await page.context().close();
  });

  it("switches language in place", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    await clickToken(page, "1024");
    await page.waitForSelector(".explain h3");
    const english = await explained(page);
    await page.getByRole("button", { name: /中文/ }).click();
    await page.waitForFunction((lead) => {
      const now = document.querySelector(".explain .lead")?.textContent ?? "";
      return now !== lead && /[\u4e00-\u9fff]/.test(now);
    }, english.lead);
    assert.equal(await selected(page), "1024");
    assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
    assert.match(await page.locator(".top").innerText(), /分享/);
    await page.context().close();
  });

  it("is read on a phone, with the sheet", async () => {
    const page = await open(browser, site.url, { width: 390, height: 844, hasTouch: true, isMobile: true });
    await paste(page, SESSION);
    assert.equal(await page.locator(".arrow-of .flag").first().isVisible(), true);
    await page.locator(".tok", { hasText: /^SELECT$/ }).first().tap();
    await page.waitForSelector(".sheet-half .explain h3");
    await page.getByRole("tab", { name: /Problems/ }).tap();
    await page.waitForSelector(".side-pane .row-p");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    await page.context().close();
  });

  it("is edited with the annotation following, and undone", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    const problems = Number(await page.getAttribute("html", "data-problems"));
    await page.keyboard.press("j");
    await page.waitForSelector(".explain h3");
    await page.keyboard.press("e");
    await page.waitForSelector('.cm-content[contenteditable="true"]');
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("S: * 4 EXISTS extra"); // at once: what is typed slowly is undone word by word
    await page.waitForFunction((n) => document.documentElement.dataset.annotated === String(n), Buffer.byteLength(SESSION) + 19);
    await page.locator(".banner.edit .btn", { hasText: "Undo" }).click();
    await page.waitForFunction((n) => document.documentElement.dataset.annotated === String(n), Buffer.byteLength(SESSION));
    assert.equal(Number(await page.getAttribute("html", "data-problems")), problems);
    await page.keyboard.press("Escape");
    await page.waitForSelector('.cm-content[contenteditable="false"]');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("keeps its colours, and its problems their words, while it is edited", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    await page.waitForFunction(() => document.querySelector(".finding .why")?.textContent);
    await clickToken(page, "a2");
    await page.keyboard.press("e");
    await page.waitForSelector('.cm-content[contenteditable="true"]');
    await page.waitForFunction(() => document.querySelectorAll(".tok").length > 50 && /Expected/.test(document.querySelector(".cm-content").textContent));
    await page.evaluate(() => {
      window.fewest = Infinity;
      window.silent = 0;
      const look = () => {
        window.fewest = Math.min(window.fewest, document.querySelectorAll(".cm-content .tok").length);
        for (const e of document.querySelectorAll(".finding")) if (!e.querySelector(".why").textContent && /Expected/.test(e.textContent)) window.silent++;
      };
      new MutationObserver(look).observe(document.querySelector(".cm-content"), { subtree: true, childList: true });
    });
    await page.keyboard.press("End");
    for (const [i, letter] of ["x", "y", "z"].entries()) {
      await page.keyboard.insertText(letter);
      await page.waitForSelector(`html[data-annotated="${SESSION.length + i + 1}"]`, { state: "attached" });
    }
    assert.ok((await page.evaluate(() => window.fewest)) > 50, `${await page.evaluate(() => window.fewest)} tokens`);
    assert.equal(await page.evaluate(() => window.silent), 0);
    await page.context().close();
  });

  it("has the keys of an editor that knows of no indenting", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    await page.keyboard.press("e");
    await page.waitForSelector('.cm-content[contenteditable="true"]');
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("  first ()");
    for (const key of ["ArrowLeft", "Enter"]) await page.keyboard.press(key);
    await page.waitForSelector(`html[data-annotated="${SESSION.length + 10 + 2}"]`, { state: "attached" }); // one line end, and no blanks
    for (const key of ["End", "Enter", "Alt+ArrowUp", "Home", "Delete", "Control+Home", "Shift+Control+k", "Control+z", "Tab"]) await page.keyboard.press(key);
    await page.waitForFunction(() => /Dovecot ready/.test(document.querySelector(".cm-content").textContent));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("says when an answer no longer fits the edited command", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    await clickToken(page, "a4");
    await page.keyboard.press("e");
    await page.waitForSelector('.cm-content[contenteditable="true"]');
    await page.keyboard.press("End");
    assert.equal(await page.getByText("no longer fits").count(), 0);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(".2048");
    await page.waitForSelector(".banner >> text=The server’s answer no longer fits");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.waitForFunction(() => !document.querySelector(".banners").textContent.includes("no longer fits"));
    await page.context().close();
  });

  it("opens at a line and at a problem", async () => {
    const page = await open(browser, site.url);
    await paste(page, SESSION);
    await page.evaluate(() => (location.hash = "#L8"));
    await page.waitForFunction(() => document.querySelector(".cm-content .sel")?.textContent === "a3");
    await page.evaluate(() => (location.hash = "#p1"));
    await page.waitForSelector('.row-p[aria-current="true"]');
    await page.context().close();
  });
});

it("opens files: text, gzip and dropped ones", async () => {
  const { gzipSync } = await import("node:zlib");
  const page = await open(browser, site.url);
  await page.setInputFiles("input[type=file] >> nth=0", { name: "session.log.gz", mimeType: "application/gzip", buffer: gzipSync(Buffer.from(SESSION)) });
  await page.waitForSelector(`html[data-annotated="${Buffer.byteLength(SESSION)}"]`, { state: "attached" });
  assert.match(await page.locator(".cm-content").innerText(), /SELECT/);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["* OK IMAP4rev1 ready\r\na NOOP\r\na OK done\r\n"], "dropped.txt"));
    document.querySelector("#log").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.waitForFunction(() => document.querySelector(".file b")?.textContent === "dropped.txt" && document.documentElement.dataset.annotated);
  assert.match(await page.locator(".cm-content").innerText(), /NOOP/);
  await page.context().close();
});

it("says why when there is no IMAP in it", async () => {
  const page = await open(browser, site.url);
  await paste(page, "220 mail.example.org ESMTP Postfix\r\nEHLO client.example.org\r\n250-mail.example.org\r\n250 SIZE\r\n");
  await page.waitForSelector(".failed h2");
  assert.match(await page.locator(".failed").innerText(), /SMTP|No IMAP/);
  await page.locator(".failed .examples button").first().click();
  await page.waitForSelector(".cm-line.client");
  await page.context().close();
});

it("is typed into the box, and typed on", async () => {
  const page = await open(browser, site.url);
  await page.focus("#paste");
  await page.keyboard.type("* OK IMAP4rev1 ready\na1 NOOP\n");
  await page.waitForSelector('.cm-content[contenteditable="true"]');
  await page.keyboard.type("a1 OK done");
  await page.waitForFunction(() => document.documentElement.dataset.annotated === "39");
  assert.equal(await page.locator(".cm-line.client").count(), 1);
  await page.context().close();
});
