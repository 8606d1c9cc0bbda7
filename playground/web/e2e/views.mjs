// Every view that the page has, and how a reader gets there, in any language and at any width.
import { paste, SESSION } from "./page.mjs";

export const WIDE = "wide", MEDIUM = "medium", PHONE = "phone";
const EVERYWHERE = [WIDE, MEDIUM, PHONE], ROOMY = [WIDE, MEDIUM];

const MAIL = [
  "Subject: two parts", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "", "hello", "--b",
  "Content-Type: text/html", "", "<p>hello</p>", "--b--", "",
].join("\r\n");
const PARTS = `C: a1 FETCH 1 BODY[]\r\nS: * 1 FETCH (BODY[] {${MAIL.length}}\r\n${MAIL})\r\nS: a1 OK done\r\n`;
const TWO = "# first\r\nS: * OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\nC: a1 LOGOUT\r\nS: * BYE bye\r\nS: a1 OK done\r\n".repeat(2);

const dialog = (page) => page.waitForSelector("dialog[open]");
const popover = (page) => page.waitForSelector(".popover");

/** Opens an example, from wherever the page is. */
export async function example(page, file) {
  if (!(await page.locator(`[data-example="${file}"]`).count())) {
    await page.evaluate(() => document.querySelector("[data-act=examples]").click());
    await dialog(page);
  }
  await page.evaluate((f) => {
    delete document.documentElement.dataset.annotated; // by what is open now, which may be the same
    document.querySelector(`[data-example="${f}"]`).click();
  }, file);
  await page.waitForFunction((f) => document.querySelector(".file b")?.textContent === f && document.documentElement.dataset.annotated, file);
}

const thunderbird = (page) => example(page, "thunderbird-dovecot.txt");

/** Presses a key that chooses something else, and waits until that is explained: the next key begins there. */
async function choose(page, key) {
  const before = await page.evaluate(() => document.querySelector(".explain h3")?.textContent);
  await page.keyboard.press(key);
  await page.waitForFunction((b) => ![undefined, b].includes(document.querySelector(".explain h3")?.textContent), before ?? "");
}

/** The refused FETCH is chosen. */
async function problem(page) {
  await thunderbird(page);
  await page.evaluate(() => document.querySelector("#tab-explain")?.click());
  await choose(page, "n");
  await choose(page, "n");
}

async function act(page, name) {
  await problem(page);
  await page.evaluate((n) => document.querySelector(`[data-act=${n}]`).click(), name);
  await dialog(page);
}

const option = (name) => async (page, n) => {
  await act(page, name);
  await page.locator("dialog .option").nth(n).click();
  await page.waitForFunction(() => !/^…$/.test(document.querySelector("dialog .preview")?.textContent ?? ""));
};
const exporting = option("export"), sharing = option("share");

async function literal(page) {
  await paste(page, PARTS);
  await page.locator(".literal .head").first().click();
  await page.waitForSelector(".literal.open .seg");
}

/** In an order in which each can follow the one before; `on`: the widths at which there is such a view. */
export const VIEWS = [
  { name: "empty", on: EVERYWHERE, go: async () => {} },
  { name: "a damaged link", on: [WIDE, PHONE], go: async (p) => { await p.evaluate(() => (location.hash = "#v1.AAAAAA")); await p.waitForSelector(".banner.warning"); } },
  { name: "no IMAP", on: EVERYWHERE, go: async (p) => { await paste(p, "220 mail.example.org ESMTP\r\nEHLO client.example.org\r\n250 SIZE\r\n"); await p.waitForSelector(".failed h2"); } },
  {
    name: "binary", on: [WIDE],
    go: async (p) => {
      await p.setInputFiles("input[type=file] >> nth=0", { name: "a.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\0\x01", "latin1") });
      await p.waitForFunction(() => document.querySelector(".file b")?.textContent === "a.png" && document.querySelector(".failed .row"));
    },
  },
  { name: "reading", on: EVERYWHERE, go: thunderbird },
  { name: "a problem", on: EVERYWHERE, go: problem },
  { name: "a literal", on: EVERYWHERE, go: async (p) => { await thunderbird(p); await p.evaluate(() => (location.hash = "#L27")); await p.locator(".cm-content .t-lit").first().click(); await p.waitForSelector(".explain .facts"); }, leave: (p) => p.evaluate(() => (location.hash = "")) },
  { name: "the parts of a literal", on: [WIDE, PHONE], go: async (p) => { await literal(p); await p.locator(".literal .seg button").last().click(); await p.locator(".parts summary").first().click(); } },
  { name: "a decoded literal", on: [WIDE], go: async (p) => { await literal(p); await p.locator(".literal .seg button").nth(1).click(); await p.waitForSelector(".header-fields"); } },
  { name: "quirks", on: [WIDE, PHONE], go: async (p) => { await example(p, "icloud-qresync.txt"); await p.keyboard.press("n"); await p.keyboard.press("n"); await p.waitForSelector('.row-p.quirk[aria-current="true"], .explain h3'); } },
  { name: "times", on: [WIDE], go: async (p) => { await example(p, "debug-log.txt"); await p.keyboard.press("j"); await p.waitForSelector(".explain h3"); } },
  { name: "a capture", on: [WIDE], go: (p) => example(p, "ethernet.pcap") },
  { name: "two connections", on: EVERYWHERE, go: async (p) => { await paste(p, TWO); await p.waitForSelector('[role="tab"].tab'); } },
  { name: "a password in the paste", on: [WIDE, PHONE], go: async (p) => { await paste(p, SESSION); await p.waitForSelector(".banner"); } },
  { name: "no problems", on: [WIDE], go: async (p) => { await paste(p, "S: * OK [CAPABILITY IMAP4rev1] ready\r\nC: a NOOP\r\nS: a OK done\r\n"); await p.waitForSelector(".hollow-note.good"); } },
  { name: "folded", on: [WIDE, PHONE], go: async (p) => { await problem(p); await p.keyboard.press("Shift+Space"); await p.waitForSelector(".summary"); } },
  { name: "prefixes", on: [WIDE], go: async (p) => { await example(p, "debug-log.txt"); await p.keyboard.press("l"); await p.waitForSelector(".prefix"); }, leave: (p) => p.keyboard.press("l") },
  { name: "short", on: [WIDE], go: async (p) => { await problem(p); await p.keyboard.press("x"); await p.waitForSelector(".explain .refs", { state: "detached" }); }, leave: (p) => p.keyboard.press("x") },
  {
    name: "editing", on: EVERYWHERE,
    go: async (p) => {
      await problem(p);
      await p.keyboard.press("e");
      await p.waitForSelector('.cm-content[contenteditable="true"]');
      await p.keyboard.press("Control+End");
      await p.keyboard.type("S: * 4 EXISTS extra");
      await p.waitForFunction(() => document.querySelectorAll(".banner.edit .btn").length > 1);
    },
    leave: (p) => p.keyboard.press("Escape"),
  },
  { name: "hits", on: ROOMY, go: async (p) => { await problem(p); await p.keyboard.press("/"); await p.keyboard.type("cmd:FETCH"); await p.keyboard.press("Enter"); await p.waitForSelector(".hit.now"); }, leave: (p) => p.keyboard.press("Escape") },
  { name: "structure", on: [MEDIUM, PHONE], go: async (p) => { await problem(p); await p.locator("#tab-tree").click(); await p.waitForSelector(".tree .on"); } },
  { name: "bytes", on: [MEDIUM, PHONE], go: async (p) => { await problem(p); await p.locator("#tab-bytes").click(); await p.waitForSelector(".hex td.on"); } },
  { name: "problems", on: [PHONE], go: async (p) => { await problem(p); await p.locator("#tab-problems").click(); await p.waitForSelector(".problem-inline article"); } },
  { name: "examples", on: EVERYWHERE, go: (p) => act(p, "examples") },
  { name: "redact", on: EVERYWHERE, go: async (p) => { await act(p, "redact"); await p.waitForSelector("dialog .verdict"); } },
  { name: "export", on: EVERYWHERE, go: (p) => exporting(p, 0) },
  { name: "export of secrets", on: [WIDE], go: async (p) => { await exporting(p, 1); await p.locator("dialog .check input").uncheck(); await p.waitForSelector("dialog .warning.verdict"); } },
  { name: "the smallest transcript", on: [WIDE], go: (p) => exporting(p, 4) },
  { name: "share", on: EVERYWHERE, go: (p) => sharing(p, 0) },
  { name: "a short link", on: [WIDE, PHONE], go: (p) => sharing(p, 1) },
  { name: "share a file", on: [WIDE], go: (p) => sharing(p, 2) },
  { name: "session", on: EVERYWHERE, go: async (p) => { await act(p, "session"); await p.waitForSelector("dialog .chips li"); } },
  { name: "compare", on: EVERYWHERE, go: async (p) => { await act(p, "compare"); await p.selectOption("dialog select", "gmail-by-hand.txt"); await p.waitForSelector(".compare tbody tr"); } },
  { name: "keys", on: EVERYWHERE, go: (p) => act(p, "keys") },
  { name: "written anew", on: [WIDE, PHONE], go: async (p) => { await problem(p); await choose(p, "["); await p.keyboard.press("w"); await dialog(p); await p.waitForSelector(".encoded .line"); } },
  { name: "the format", on: EVERYWHERE, go: async (p) => { await problem(p); await p.locator(".format button").first().click(); await popover(p); } },
  { name: "why this side", on: EVERYWHERE, go: async (p) => { await problem(p); await p.evaluate(() => document.querySelector(".arrow-of").click()); await popover(p); await p.waitForSelector(".popover p"); } },
  { name: "more", on: EVERYWHERE, go: async (p) => { await problem(p); await p.locator("[data-act=more]").click(); await popover(p); } },
];

/** Closes what is open, so that the next view can begin. */
export async function leave(page, view) {
  await view.leave?.(page);
  if (await page.locator("dialog[open], .popover").count()) await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog[open], .popover"));
}
