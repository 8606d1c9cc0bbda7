// A 10 MB log: it arrives, it scrolls, and the page never stops answering.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { launch, open, serve } from "./page.mjs";

let browser, site;
before(async () => {
  [browser, site] = [await launch(), await serve()];
});
after(async () => {
  await browser.close();
  site.close();
});

function log(bytes) {
  const lines = ["S: * OK [CAPABILITY IMAP4rev1 LITERAL+] ready", "C: a0 LOGIN bob not-a-real-one", "S: a0 OK done", "C: a1 SELECT INBOX", "S: * 100000 EXISTS", "S: a1 OK [READ-WRITE] done"];
  let size = lines.join("\n").length;
  for (let n = 2; size < bytes; n++) {
    const head = `Subject: message ${n}\nFrom: Alice <alice@example.org>\nTo: bob@example.org\nDate: Tue, 1 Jul 2025 10:00:00 +0200\n\n`;
    const more = [
      `C: a${n} UID FETCH ${n}:${n + 2} (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER])`,
      `S: * ${n} FETCH (UID ${n} FLAGS (\\Seen) RFC822.SIZE ${n * 17} BODY[HEADER] {${head.length + head.split("\n").length - 1}}`,
      head + ")",
      `S: * ${n + 1} FETCH (UID ${n + 1} FLAGS () RFC822.SIZE ${n * 19})`,
      `S: a${n} OK Fetch completed.`,
    ];
    for (const s of more) size += s.length + 1;
    lines.push(...more);
  }
  return lines.join("\n") + "\n";
}

it("10 MB stay responsive", { timeout: 180000 }, async () => {
  const page = await open(browser, site.url);
  // Made inside of the page: handing the octets over would itself hold the page up.
  const size = await page.evaluate(`window.long = []; window.file = new File([(${log})(10_000_000)], "large.log"); window.file.size`);
  await page.evaluate(() => {
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({ entryTypes: ["longtask"] });
    const data = new DataTransfer();
    data.items.add(window.file);
    document.querySelector("#log").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  const began = Date.now();
  await page.waitForSelector(".cm-line", { timeout: 20000 });
  const seen = Date.now() - began;
  await page.waitForSelector(".cm-line .tok", { timeout: 60000 });
  const explained = Date.now() - began;
  assert.equal(await page.locator("html").getAttribute("data-annotated"), null, "the beginning is explained before the rest is annotated");
  await page.waitForSelector(`html[data-annotated="${size}"]`, { state: "attached", timeout: 120000 });
  const whole = Date.now() - began;
  for (const at of [0.5, 0.9, 0.1, 1]) {
    await page.evaluate((part) => {
      const e = document.querySelector(".cm-scroller");
      e.scrollTop = e.scrollHeight * part;
    }, at);
    await page.waitForFunction(() => document.querySelectorAll(".cm-line .tok").length > 20);
  }
  await page.keyboard.press("j");
  await page.waitForSelector(".explain h3");
  const long = await page.evaluate(() => window.long.filter((n) => n > 100));
  console.log(`first lines after ${seen} ms, explained after ${explained} ms, annotated after ${whole} ms, tasks over 100 ms: ${JSON.stringify(long)}`);
  // The machine that tests may be busy: what must not be is a task that a reader feels as a stop.
  assert.ok(long.every((n) => n < 2000), `tasks of ${long} ms`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
