// What the browser tests share: a server with the page's headers, a browser, and short names for what a reader does.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const dist = process.env.DIST ?? join(dirname(fileURLToPath(import.meta.url)), "../dist");

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".bin": "application/octet-stream", ".webmanifest": "application/manifest+json",
};

/** The headers that the page is delivered with: "go run ./playground build" writes them beside it, for hosts that read such files. */
async function headers() {
  const file = await readFile(join(dist, "_headers"), "utf8").catch(() => { throw new Error("web/dist/_headers is not there: go run ./playground build"); });
  const rules = file.split("\n").slice(1);
  const all = rules.slice(0, rules.findIndex((r) => !r.startsWith("  "))).map((r) => r.trim().split(/: (.*)/s).slice(0, 2));
  return Object.fromEntries(all.filter(([name]) => name !== "Cache-Control"));
}

/** Serves web/dist and keeps what is posted to /api/share. */
export async function serve() {
  const kept = new Map(), everywhere = await headers();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://page");
    if (url.pathname === "/api/share" && request.method === "POST") {
      const parts = [];
      for await (const part of request) parts.push(part);
      const id = "test" + String(kept.size).padStart(6, "0");
      kept.set(id, Buffer.concat(parts));
      response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ id, expires: "2030-01-01T00:00:00Z" }));
      return;
    }
    if (url.pathname.startsWith("/api/share/")) {
      const octets = kept.get(url.pathname.slice(11));
      response.writeHead(octets ? 200 : 404, { "content-type": "application/octet-stream" }).end(octets);
      return;
    }
    const path = url.pathname === "/" ? "index.html" : url.pathname.slice(1);
    try {
      const octets = await readFile(join(dist, path));
      response.writeHead(200, { ...everywhere, "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      response.end(octets);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, kept, close: () => server.close() };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
}

/** A page that is ready; init runs before its own scripts. Whatever it complains about fails the test that looks at `complaints`. */
export async function open(browser, url, { query = "", width = 1440, height = 900, init, ...context } = {}) {
  const c = await browser.newContext({ viewport: { width, height }, serviceWorkers: "block", locale: "en-GB", ...context });
  const page = await c.newPage();
  if (init) await page.addInitScript(init);
  page.complaints = [];
  page.requests = [];
  page.on("pageerror", (e) => page.complaints.push(String(e)));
  page.on("console", (m) => {
    if (m.type() === "error" || /Content Security Policy|Trusted/.test(m.text())) page.complaints.push(m.text());
  });
  page.on("request", (r) => page.requests.push(r.url()));
  await page.goto(url + query);
  await page.waitForSelector("html[data-ready]", { state: "attached", timeout: 30000 });
  return page;
}

/** Pastes as a reader does: the clipboard's text arrives in a paste event at whatever has the focus. */
export async function paste(page, text) {
  await page.evaluate((s) => {
    const data = new DataTransfer();
    data.setData("text/plain", s);
    (document.activeElement ?? document.body).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await annotated(page, text);
}

/** Waits until the annotation of the text is on screen. */
export async function annotated(page, text) {
  await page.waitForSelector(`html[data-annotated="${Buffer.byteLength(text)}"]`, { state: "attached", timeout: 60000 });
}

/** Clicks the first token with this text. */
export async function clickToken(page, text) {
  await page.locator(".tok", { hasText: new RegExp("^" + text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + "$") }).first().click();
}

/** Megabytes of memory that the page's process has in use; -Infinity where that can't be told. */
export async function memory(browser) {
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  await whole.detach();
  const sizes = processInfo.filter((p) => p.type === "renderer").map((p) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${p.id}/status`, "utf8"))?.[1]) / 1024;
    } catch {
      return NaN; // it is gone, or this is no Linux
    }
  });
  return Math.round(Math.max(...sizes.filter((n) => !Number.isNaN(n)), -Infinity));
}

/** The title and the lead of the explanation. */
export async function explained(page) {
  return { title: (await page.locator(".explain h3").innerText()).trim(), lead: (await page.locator(".explain .lead").innerText()).trim() };
}

export const SESSION = [
  "S: * OK [CAPABILITY IMAP4rev1 SASL-IR LITERAL+ AUTH=PLAIN] Dovecot ready.",
  "C: a1 LOGIN bob not-a-real-one",
  "S: a1 OK Logged in",
  "C: a2 SELECT INBOX",
  "S: * 3 EXISTS",
  "S: * OK [UIDVALIDITY 1750701677] UIDs valid",
  "S: a2 OK [READ-WRITE] Select completed.",
  "C: a3 FETCH 1:2 (FLAGS UID RFC822.SIZE)",
  "S: * 1 FETCH (FLAGS (\\Seen) UID 7 RFC822.SIZE 1024)",
  "S: * 2 FETCH (FLAGS () UID 8 RFC822.SIZE 2048)",
  "S: a3 OK Fetch completed.",
  "C: a4 FETCH 3 BODY.PEEK[TEXT]<0>",
  "S: a4 BAD Invalid BODY parameter",
  "C: a5 LOGOUT",
  "S: * BYE Logging out",
  "S: a5 OK Logout completed.",
  "",
].join("\r\n");
