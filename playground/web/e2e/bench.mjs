// How fast the page is, in Chromium: npm run bench [RUNS]. Prints the best of several runs per figure, since other programs only make it slower.
import { launch, memory, open, serve } from "./page.mjs";
import { labelled, mozlog } from "./logs.mjs";

const RUNS = Number(process.argv[2] ?? 3);

/** What is run in the page before everything else: long tasks, the moments of what appears, and ways to put a text in. */
const INSIDE = `
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({ entryTypes: ["longtask"] });
  window.makers = { labelled: ${labelled}, mozlog: ${mozlog} };
  window.make = (kind, bytes) => { window.file = new File([window.makers[kind](bytes)], kind + ".log"); return window.file.size; };
  // The moments, in milliseconds after the text came, at which lines, the first explained tokens, and all of the annotation are on the page.
  window.watch = (size) => new Promise((done) => {
    const at = {}, began = performance.now(), root = document.documentElement;
    const look = () => {
      const now = Math.round(performance.now() - began);
      if (!("lines" in at) && document.querySelector(".cm-line")?.textContent) at.lines = now;
      if (!("explained" in at) && document.querySelector(".cm-line .tok")) at.explained = now;
      if (root.dataset.annotated === String(size)) { at.all = now; observer.disconnect(); done(at); }
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-annotated"] });
  });
  window.put = () => {
    const data = new DataTransfer();
    data.items.add(window.file);
    (document.querySelector("#log") ?? document.body).dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  };
  // Milliseconds between frames while the transcript is scrolled: by a wheel's step a frame, or from one end to the other, a new screen each frame.
  window.scrollThrough = (frames, jumps) => new Promise((done) => {
    const e = document.querySelector(".cm-scroller"), gaps = [];
    let n = 0, last = performance.now();
    const step = () => {
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      if (++n > frames) return done(gaps.slice(1).sort((a, b) => a - b));
      e.scrollTop += jumps ? e.scrollHeight / frames : 40;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
`;

const best = new Map();
function note(name, value, worse = Math.min) {
  best.set(name, best.has(name) ? worse(best.get(name), value) : value);
}

async function read(page, name, kind, bytes, times = 1) {
  const size = await page.evaluate(([k, n]) => make(k, n), [kind, bytes]);
  for (let i = 0; i < times; i++) {
    await page.evaluate(() => { window.tasks.length = 0; });
    const at = await page.evaluate((n) => { const moments = watch(n); put(); return moments; }, size);
    await page.waitForTimeout(400); // long tasks are told late
    const tasks = await page.evaluate(() => [...window.tasks]);
    if (!name) continue;
    for (const [what, ms] of Object.entries(at)) note(`${name}: ${what}`, ms);
    note(`${name}: longest task`, Math.max(0, ...tasks));
    note(`${name}: tasks over 100 ms`, tasks.filter((n) => n > 100).length);
    if (process.env.VERBOSE) console.log(name, JSON.stringify(at), "tasks", JSON.stringify(tasks));
  }
}

async function scroll(page, name) {
  for (const [what, jumps] of [["scrolling", false], ["dragging the scroll bar", true]]) {
    const gaps = await page.evaluate((j) => window.scrollThrough(120, j), jumps);
    note(`${name}: frame while ${what}, median`, Math.round(gaps[gaps.length >> 1]));
    note(`${name}: frame while ${what}, 95th of 100`, Math.round(gaps[Math.floor(gaps.length * 0.95)]));
  }
}

/** Puts a letter, then whole messages, into the text where the cursor stands; the time is until the annotation of the new text is drawn. */
async function edits(page, name) {
  await page.keyboard.press("e");
  await page.waitForSelector(".cm-content[contenteditable=true]");
  for (const [what, typed] of [["a letter", "x"], ["two messages", "\nC: z NOOP\nS: z OK done\n"]]) {
    for (let i = 0; i < 4; i++) {
      const ms = await page.evaluate(async (text) => {
        const root = document.documentElement, before = root.dataset.annotated, data = new DataTransfer();
        data.setData("text/plain", text);
        const began = performance.now();
        document.querySelector(".cm-content").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        while (root.dataset.annotated === before && performance.now() - began < 20000) await new Promise((done) => requestAnimationFrame(done));
        return performance.now() - began;
      }, typed);
      note(`${name}: edit, ${what}`, Math.round(ms));
    }
  }
  await page.keyboard.press("Escape");
}

const site = await serve();
for (let run = 0; run < RUNS; run++) {
  const browser = await launch();
  const page = await open(browser, site.url);
  await page.evaluate(INSIDE);
  note("memory of the empty page, MB", await memory(browser));
  for (const kind of ["labelled", "mozlog"]) {
    await read(page, "", kind, 300_000, 3);
    await read(page, `1 MB ${kind}`, kind, 1_000_000, 3);
    await edits(page, `1 MB ${kind}`);
    await read(page, `10 MB ${kind}`, kind, 10_000_000);
    await scroll(page, `10 MB ${kind}`);
    note(`10 MB ${kind}: memory, MB`, await memory(browser));
  }
  await read(page, "", "labelled", 300_000);
  await page.waitForTimeout(10000); // nobody hurries the collector
  note("memory with 300 kB after that, MB", await memory(browser));
  await browser.close();
}
site.close();
const most = best.get("10 MB labelled: memory, MB");
if (most > 600) process.exitCode = 1;
for (const [name, value] of best) console.log(`${String(value).padStart(6)}  ${name}`);
