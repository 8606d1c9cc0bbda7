// Every view, in both languages and both themes: axe finds nothing (WCAG 2.2 AA and best practices), nothing is cut off or pushed out of the
// window at any width, every target is large enough, and every dialog gives the focus back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { it } from "node:test";
import { open } from "./page.mjs";
import { browser, site } from "./stage.mjs";
import { leave, MEDIUM, PHONE, VIEWS, WIDE } from "./views.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Finds what axe finds, in both themes: only colours differ between them. */
async function barriers(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const found = [];
  for (const theme of ["light", "dark"]) {
    await page.evaluate((t) => (document.documentElement.dataset.theme = t), theme);
    found.push(...(await page.evaluate(async (t) => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
      const r = await globalThis.axe.run(document, { runOnly: t === "light" ? tags : colours, resultTypes: ["violations"] });
      return r.violations.map((v) => `${t}: ${v.id} (${v.impact}): ${v.help}\n` + v.nodes.slice(0, 3).map((n) => "    " + n.html.slice(0, 160) + "\n      " + n.failureSummary.split("\n").slice(1, 3).join(" ")).join("\n"));
    }, theme)));
  }
  return found;
}

/** Finds controls and words that are not wholly in the window, or cut by what they stand in, and controls that are too small. */
function cutOff(page) {
  return page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide, the window ${innerWidth}`);
    const top = document.querySelector("dialog[open]") ?? document.querySelector(".popover") ?? document.body;
    const name = (e) => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")} “${(e.textContent || e.getAttribute("aria-label") || e.value || "").trim().slice(0, 30)}”`;
    for (const e of top.querySelectorAll("button, input, select, textarea, a, h1, h2, h3, dt, dd, th, td, p, small, .badge, .pill")) {
      if (!e.checkVisibility() || e.closest(".sr, .skip, .toast, .cm-editor, .brand")) continue;
      const r = e.getBoundingClientRect();
      // What a pane scrolls to is not lost.
      if (!e.closest(".tree, .hex, .path, .scroll-x, [role=tablist], .track, .diff, .preview") && (r.right > innerWidth + 0.5 || r.left < -0.5)) found.push(`${name(e)} stands at ${Math.round(r.left)} to ${Math.round(r.right)}`);
      if (e.matches("button, select, input:not([type=checkbox], [type=radio], .sr)") && !e.closest(".track, .tree, .hex") && (r.width < 23.5 || r.height < 23.5)) found.push(`${name(e)} is ${Math.round(r.width)} by ${Math.round(r.height)}`);
      if (e.matches("button, .badge, dialog h2") && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible" && !e.closest(".track, .file, .format, .problem-list, .tabs")) found.push(`${name(e)} is cut`);
    }
    return found;
  });
}

/** Goes through the views of a layout; a look finds fault with each. */
async function walk(page, layout, look) {
  const faults = [];
  for (const view of VIEWS.filter((v) => v.on.includes(layout))) {
    try {
      await view.go(page);
    } catch (e) {
      throw new Error(`“${view.name}” can't be reached`, { cause: e });
    }
    await page.waitForTimeout(60);
    faults.push(...(await look(page, view)).map((f) => `${view.name}: ${f}`));
    await leave(page, view);
  }
  assert.deepEqual(faults, []);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

for (const lang of ["en", "zh"]) {
  for (const [layout, width, height] of [[WIDE, 1440, 900], [MEDIUM, 1024, 768], [PHONE, 390, 844]]) {
    it(`no barriers: ${lang} at ${width}`, { timeout: 600_000 }, async () => {
      const page = await open(browser, site.url, { query: "?lang=" + lang, width, height, bypassCSP: true, reducedMotion: "reduce" });
      await walk(page, layout, barriers);
    });
  }
  // 640 by 400: a window of 1280 by 800 at 200 %. 320: the narrowest that must do (WCAG 1.4.10).
  for (const [layout, ...sizes] of [[WIDE, [3840, 2160], [1920, 1080], [1280, 800], [1200, 700]], [MEDIUM, [1199, 800], [768, 1024], [720, 540]], [PHONE, [640, 400], [360, 740], [320, 568]]]) {
    it(`nothing cut off: ${lang}, ${layout}`, { timeout: 600_000 }, async () => {
      const page = await open(browser, site.url, { query: "?lang=" + lang, width: sizes[0][0], height: sizes[0][1], reducedMotion: "reduce", hasTouch: layout === PHONE });
      await walk(page, layout, async (page) => {
        const faults = new Map();
        for (const [width, height] of sizes) {
          await page.setViewportSize({ width, height });
          await page.waitForFunction((w) => innerWidth === w, width);
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))); // laid out anew
          for (const f of await cutOff(page)) faults.set(f, [...new Set([...(faults.get(f) ?? []), width])]);
        }
        await page.setViewportSize({ width: sizes[0][0], height: sizes[0][1] });
        return [...faults].map(([f, widths]) => `${f} at ${widths.join(", ")}`);
      });
    });
  }
}

it("a dialog takes the focus, keeps it, and gives it back", async () => {
  const page = await open(browser, site.url, { query: "?lang=en" });
  await VIEWS.find((v) => v.name === "a problem").go(page);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-act") ?? document.activeElement?.getAttribute("aria-label"));
  for (const act of ["examples", "compare", "redact", "export", "share", "keys", "session"]) {
    const button = page.locator(`[data-act=${act}]`);
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "h-dialog", "its title is read first");
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press(i % 3 ? "Tab" : "Shift+Tab");
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null), act);
    }
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" });
    assert.equal(await focused(), act);
  }
  // Through a popover the focus goes back to the button that opened it.
  await page.setViewportSize({ width: 1024, height: 768 });
  const more = page.locator("[data-act=more]");
  await more.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".popover");
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press(i < 12 ? "Tab" : "ArrowUp");
    assert.ok(await page.evaluate(() => document.activeElement.closest(".popover") !== null), "the popover keeps the focus");
  }
  await page.locator(".popover button").nth(2).press("Enter");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  assert.ok(await more.evaluate((e) => e === document.activeElement));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
