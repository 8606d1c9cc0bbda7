/** A transcript as text, Markdown, HTML and JSON. All but JSON as pasted are made from a redacted copy unless it is refused. */
import { CLASSES, KINDS, NONE, SIDES, STATUSES, TOKEN_FIELDS, type Async, type Diagnostic, type Document, type EngineClient, type Overview, type Tables } from "imapwire";
import { stringAt } from "imapwire";
import { formatName, lang, t } from "../i18n";
import { plain, plainLines } from "../lib/visible";
import { loaded, withEngine } from "./store";

/** What is written of a document. */
interface Copy {
  name: string;
  text: string;
  overview: Overview;
  tables: Tables;
  problems: Diagnostic[];
  tokens: Uint32Array;
  redacted: boolean;
}

/** Problems that get a footnote. */
const FOOTNOTES = 500;

const NOISE = KINDS.indexOf("noise");

/** The document, or a redacted copy of it, annotated, ready to be written. */
async function copyOf(redacted: boolean): Promise<Copy> {
  const l = loaded.peek();
  if (!l) throw new Error("nothing is open");
  const read = async (doc: Async<Document>, text: string): Promise<Copy> => {
    const overview = await doc.overview(), tables = await doc.tables();
    const problems = await doc.diagnostics(0, Math.min(tables.diagnostics.length, FOOTNOTES));
    const tokens = await doc.tokens(0, tables.messages.length);
    return { name: plain(l.name), text: text.replace(/\r\n?/g, "\n"), overview, tables, problems, tokens, redacted };
  };
  if (!redacted) return read(l.doc, await l.doc.text());
  const safe = (await l.doc.redact()).text;
  return withEngine(async (client: EngineClient) => {
    const doc = await client.open(safe, { lang: lang.peek(), format: l.overview.format.id });
    try {
      return await read(doc, safe);
    } finally {
      await doc.close();
    }
  });
}

/** The text alone. */
export async function plainText(redacted: boolean): Promise<string> {
  const l = loaded.peek();
  if (!l) return "";
  return redacted ? (await l.doc.redact()).text : l.doc.text();
}

export async function json(redacted: boolean): Promise<string> {
  const l = loaded.peek();
  if (!l) return "";
  if (!redacted) return (await l.doc.json()).join("");
  const safe = (await l.doc.redact()).text;
  return withEngine(async (client: EngineClient) => {
    const doc = await client.open(safe, { lang: lang.peek(), format: l.overview.format.id });
    try {
      return (await doc.json()).join("");
    } finally {
      await doc.close();
    }
  });
}

export async function minimal(problem: number): Promise<string> {
  return (await loaded.peek()?.doc.minimal(Math.max(0, problem))) ?? "";
}

/** The lines of messages as C: and S:, with the numbers of their problems. */
function lines(c: Copy): { line: number; side: string; text: string; from: number; notes: number[] }[] {
  const m = c.tables.messages, out: { line: number; side: string; text: string; from: number; notes: number[] }[] = [];
  const notes = new Map<number, number[]>();
  c.problems.forEach((d, i) => notes.set(d.message, [...(notes.get(d.message) ?? []), i + 1]));
  const ranges = c.tables.ranges;
  for (let i = 0, r = 0; i < m.length; i++) {
    if (m.kind[i] === NOISE) continue;
    r = m.firstRange[i];
    const last = m.firstRange[i + 1] ?? ranges.length / 2;
    let line = m.line[i], first = true, from = m.start[i];
    for (const s of c.text.slice(m.start[i], m.end[i]).replace(/\n$/, "").split("\n")) {
      // What the log wrote before the first wire byte of the line is left out: the side says it.
      while (r < last && ranges[2 * r + 1] <= from) r++;
      const wire = r < last && ranges[2 * r] > from && ranges[2 * r] <= from + s.length ? ranges[2 * r] : from;
      out.push({ line: line++, side: first ? SIDES[m.side[i]] : "", text: s.slice(wire - from), from: wire, notes: first ? notes.get(i) ?? [] : [] });
      first = false;
      from += s.length + 1;
    }
  }
  return out;
}

function caption(c: Copy): string {
  const o = c.overview;
  return `${formatName(o.format.id, o.format.name)}, ${t.peek().status.totals(o.totals.messages, o.totals.commands, "").replace(/[,，][^,，]*$/, "")}, ${t.peek().print.note(c.tables.diagnostics.length)}.${c.redacted ? " " + t.peek().print.redacted : ""}`;
}

/** Fenced, with the problems as footnotes, for an issue. */
export async function markdown(redacted: boolean): Promise<string> {
  const c = await copyOf(redacted);
  const body = lines(c).map((x) => `${String(x.line).padStart(4)} ${x.side === "client" ? "C:" : x.side === "server" ? "S:" : "  "} ${plain(x.text)}${x.notes.length > 0 ? "   <-- [" + x.notes.join(", ") + "]" : ""}`);
  let fence = "```";
  while (body.some((s) => s.includes(fence))) fence += "`";
  const notes = c.problems.map((d, i) => {
    const ref = d.refs[0] ? ` (${d.refs[0].rfc}${d.refs[0].section ? " §" + d.refs[0].section : ""})` : "";
    return `${i + 1}. **${t.peek().problems.severity[d.severity]}**, ${t.peek().status.line(c.tables.messages.line[d.message])}: ${md(d.title)}${ref}. ${md(d.body)}`;
  });
  return `**${md(c.name)}**: ${md(caption(c))}\n\n${fence}text\n${body.join("\n")}\n${fence}\n${notes.length > 0 ? "\n" + notes.join("\n") + "\n" : ""}`;
}

/** Words in Markdown: nothing of them is markup. */
function md(s: string): string {
  return plain(s).replace(/[\\`*_{}[\]<>#|!~]/g, "\\$&");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(s: string): string {
  return plainLines(s).replace(/[&<>"']/g, (c) => ENTITIES[c]);
}

const COLOURS: Partial<Record<(typeof CLASSES)[number], string>> = {
  tag: "g", keyword: "k", atom: "a", nil: "a", number: "n", set: "n", string: "s", flag: "f", code: "c", mailbox: "m", text: "x", "literal-head": "l",
  literal: "x", "status-ok": "o", "status-no": "b", "status-bad": "b",
};

const STYLE = `:root{color-scheme:light dark}body{margin:2em auto;max-width:75em;padding:0 1em;background:light-dark(#fff,#14181e);color:light-dark(#191d24,#e5e8ed);font:14px/1.5 system-ui,sans-serif}
h1{font-size:1.3em}table{border-collapse:collapse;font:13px/1.55 ui-monospace,Menlo,Consolas,monospace;font-variant-ligatures:none;width:100%}td{vertical-align:top;padding:0 .6em}td:first-child{color:light-dark(#636b78,#929cab);text-align:right}td:last-child{white-space:pre-wrap;overflow-wrap:anywhere;width:100%}
.client{color:light-dark(#1f58b5,#86b3ff);font-weight:600}.server{color:light-dark(#0c6a58,#5dcfb1);font-weight:600}tr.C{background:light-dark(#f1f6fe,#161f2e)}.k,.g,.m{font-weight:700}.a{color:light-dark(#2346ab,#a3bcff)}.n{color:light-dark(#00666b,#6dd3d0)}.s{color:light-dark(#476012,#b8d572)}.f{color:light-dark(#6a35a6,#cfabff)}.c{color:light-dark(#93370f,#ffb088)}.m{color:light-dark(#7d4400,#ffc46e)}.l{color:light-dark(#6b4d00,#efcd78)}.x{color:light-dark(#59616e,#a4aebb)}.o{color:light-dark(#1d6b2f,#7fd491);font-weight:700}.b{color:light-dark(#b3201a,#ff9189);font-weight:700}
ol{padding-left:1.5em}li{margin:.6em 0}sup a{text-decoration:none;font-weight:700}@media print{:root{color-scheme:light}tr{break-inside:avoid}a[href^=http]::after{content:" (" attr(href) ")"}}`;

/** One file with colours and footnotes, without a script: it opens anywhere and fetches nothing. */
export async function html(redacted: boolean): Promise<string> {
  const c = await copyOf(redacted);
  const rows = lines(c).map((x) => {
    const notes = x.notes.map((n) => `<sup><a href="#p${n}" id="r${n}">${n}</a></sup>`).join("");
    return `<tr id="L${x.line}"${x.side === "client" ? ' class="C"' : ""}><td>${x.line}</td><td${x.side ? ` class="${x.side}"` : ""}>${x.side ? escapeHtml(t.peek().log.lane[x.side as "client"]) : ""}</td><td>${coloured(c, x.from, x.text)}${notes}</td></tr>`;
  });
  const list = c.problems.map((d, i) => {
    const ref = d.refs[0];
    const link = ref && /^https:\/\/www\.(rfc-editor|iana)\.org\//.test(ref.url) ? ` <a href="${escapeHtml(ref.url)}">${escapeHtml(ref.rfc + (ref.section ? " §" + ref.section : ""))}</a>` : "";
    return `<li id="p${i + 1}"><b>${escapeHtml(t.peek().problems.severity[d.severity])}</b> <a href="#r${i + 1}">${escapeHtml(t.peek().status.line(c.tables.messages.line[d.message]))}</a>: ${escapeHtml(plain(d.title))}. ${escapeHtml(d.body)}${link}</li>`;
  });
  return `<!doctype html>\n<html lang="${t.peek().lang.html}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer"><title>${escapeHtml(c.name)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(c.name)}</h1><p>${escapeHtml(caption(c))}</p><table><tbody>${rows.join("\n")}</tbody></table>${list.length > 0 ? `<ol>${list.join("\n")}</ol>` : ""}</main></body></html>\n`;
}

/** A piece of the text with its tokens coloured. */
function coloured(c: Copy, from: number, s: string): string {
  const to = from + s.length, a = c.tokens;
  let lo = 0, hi = a.length / TOKEN_FIELDS;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (a[mid * TOKEN_FIELDS + 1] <= from) lo = mid + 1;
    else hi = mid;
  }
  let out = "", at = from;
  for (let i = lo * TOKEN_FIELDS; i < a.length && a[i] < to; i += TOKEN_FIELDS) {
    const start = Math.max(a[i], at), end = Math.min(a[i + 1], to);
    const cls = COLOURS[CLASSES[a[i + 2] & 0xff]];
    if (end <= start || !cls) continue;
    out += escapeHtml(s.slice(at - from, start - from)) + `<span class="${cls}">${escapeHtml(s.slice(start - from, end - from))}</span>`;
    at = end;
  }
  return out + escapeHtml(s.slice(at - from));
}

/** Gives a file to the browser to keep. */
export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const a = document.createElement("a");
  a.href = url;
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** The commands of a document by name, with what answered them: what two sessions are compared by. */
export function commands(tables: Tables): { id: number; name: string; status: string; latency: number; answers: string[] }[] {
  const m = tables.messages, out: { id: number; name: string; status: string; latency: number; answers: string[] }[] = [];
  const index = new Map<number, number>();
  for (let i = 0; i < m.length; i++) {
    if (KINDS[m.kind[i]] === "command") {
      const by = m.answeredBy[i];
      index.set(i, out.length);
      out.push({ id: i, name: stringAt(tables.strings, m.name[i]), status: by === NONE ? "" : STATUSES[m.status[by]], latency: by === NONE ? NaN : m.latency[by], answers: [] });
    } else if (m.answers[i] !== NONE) {
      const k = index.get(m.answers[i]);
      if (k !== undefined && KINDS[m.kind[i]] === "data" && out[k].answers.length < 200) out[k].answers.push(stringAt(tables.strings, m.name[i]));
    }
  }
  return out;
}
