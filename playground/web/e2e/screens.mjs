// Takes the pictures of the README: the first example, light and dark, at twice the pixels.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { open, serve } from "./page.mjs";
import { example } from "./views.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const site = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--font-render-hinting=none", "--disable-background-networking"] });
await mkdir(join(web, "screens"), { recursive: true });
for (const theme of ["light", "dark"]) {
  const page = await open(browser, site.url, { query: "?theme=" + theme, width: 1280, height: 800, deviceScaleFactor: 2, reducedMotion: "reduce" });
  for (const file of ["gmail-by-hand.txt", "icloud-qresync.txt", "thunderbird-dovecot.txt"]) await example(page, file); // the engine is warm then
  await page.locator(".row-p.error").first().click();
  await page.waitForSelector(".explain h3");
  await page.locator(".cm-content .t-lit").first().click();
  await page.waitForSelector(".explain .facts");
  await page.mouse.move(640, 2);
  await page.waitForTimeout(400);
  const picture = await page.screenshot();
  // Few colours: a palette makes a third of it.
  await sharp(picture).png({ palette: true, quality: 95, effort: 10 }).toFile(join(web, "screens", theme + ".png"));
  await page.context().close();
}
await browser.close();
site.close();
