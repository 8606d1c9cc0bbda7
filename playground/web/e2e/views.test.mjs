// Accessibility: axe finds nothing (WCAG 2.2 AA and best practices) in both themes, at three widths, in the dialogs, in both languages.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, it } from "node:test";
import { launch, open, paste, serve, SESSION } from "./page.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser, site;
before(async () => {
  [browser, site] = [await launch(), await serve()];
});
after(async () => {
  await browser.close();
  site.close();
});

async function check(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const r = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return r.violations.map((v) => `${v.id} (${v.impact}): ${v.help}\n` + v.nodes.slice(0, 3).map((n) => "    " + n.html.slice(0, 160) + "\n      " + n.failureSummary.split("\n").slice(1, 3).join(" ")).join("\n"));
  });
  assert.deepEqual(found, [], where);
}

for (const theme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    it(`${theme} at ${width}`, async () => {
      const page = await open(browser, site.url, { query: "?theme=" + theme, width, height, bypassCSP: true, reducedMotion: "reduce" });
      await check(page, "empty");
      await paste(page, SESSION);
      await page.keyboard.press("n");
      await page.waitForSelector(".explain h3");
      if (width < 720) await page.getByRole("tab", { name: "Explain" }).click();
      await page.waitForTimeout(80);
      await check(page, "reading");
      await page.context().close();
    });
  }
}

it("dialogs and Chinese", async () => {
  const page = await open(browser, site.url, { query: "?lang=zh", bypassCSP: true, reducedMotion: "reduce" });
  await paste(page, SESSION);
  await page.keyboard.press("j");
  await check(page, "reading in Chinese");
  for (const name of ["示例", "脱敏", "导出", "分享", "比较"]) {
    await page.getByRole("button", { name, exact: true }).first().click();
    await page.waitForSelector("dialog[open]");
    await page.waitForTimeout(300);
    await check(page, name);
    await page.keyboard.press("Escape");
  }
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await check(page, "keys");
  await page.keyboard.press("Escape");
  await page.locator(".format button").first().click();
  await check(page, "format");
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await page.waitForSelector('.cm-content[contenteditable="true"]');
  await check(page, "editing");
  await page.context().close();
});
