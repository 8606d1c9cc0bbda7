/** Search by text and by what messages are: `cmd:FETCH code:NO tag:a3 "new mail"`. */
import type { Text } from "@codemirror/state";
import { KINDS, NONE, SEVERITIES, SIDES, STATES, STATUSES } from "imapwire";
import { breathe } from "./bytes";
import type { Loaded } from "./store";

export interface Hit {
  from: number;
  to: number;
}

export interface Query {
  /** Filters, all of which a message must pass: name and lower-case value. */
  filters: { name: string; value: string; not: boolean }[];
  /** Lower-case words, all of which the message's text must hold. */
  words: string[];
}

const NAMES = new Set(["cmd", "code", "tag", "side", "state", "flag", "mailbox", "problem", "kind", "name", "conn", "line"]);
/** Hits that are kept. */
const MOST = 20000;

/** Splits at blanks outside of double quotes. Whatever is no filter is text. */
export function parseQuery(s: string): Query {
  const q: Query = { filters: [], words: [] };
  for (const m of s.matchAll(/(-?)([a-z]+):(?:"([^"]*)"|(\S+))|"([^"]*)"?|(\S+)/gi)) {
    const name = m[2]?.toLowerCase();
    const value = m[3] ?? m[4];
    if (name && NAMES.has(name) && value) q.filters.push({ name, value: value.toLowerCase(), not: m[1] === "-" });
    else {
      const word = (m[5] ?? m[0]).toLowerCase();
      if (word) q.words.push(word);
    }
  }
  return q;
}

/** The messages, or the places in their texts, that q is about. Null when go() said to stop. */
export async function search(q: Query, l: Loaded, doc: Text, go: () => boolean): Promise<Hit[] | null> {
  const m = l.tables.messages, out: Hit[] = [];
  if (q.filters.length === 0 && q.words.length === 0) return out;
  let until = performance.now() + 12;
  for (let i = 0; i < m.length && out.length < MOST; i++) {
    if (performance.now() > until) {
      await breathe();
      if (!go()) return null;
      until = performance.now() + 12;
    }
    const text = () => doc.sliceString(m.start[i], Math.min(m.end[i], doc.length)).toLowerCase();
    if (!q.filters.every((f) => passes(f, i, l, text) !== f.not)) continue;
    if (q.words.length === 0) {
      const r = l.tables.ranges, k = m.firstRange[i] * 2;
      const from = r[k] ?? m.start[i];
      const line = doc.lineAt(Math.min(from, doc.length));
      out.push({ from, to: Math.min(line.to, m.end[i]) });
      continue;
    }
    const s = text();
    if (!q.words.every((w) => s.includes(w))) continue;
    const w = q.words[0];
    for (let at = s.indexOf(w); at >= 0 && out.length < MOST; at = s.indexOf(w, at + w.length)) out.push({ from: m.start[i] + at, to: m.start[i] + at + w.length });
  }
  return go() ? out : null;
}

function passes(f: { name: string; value: string }, i: number, l: Loaded, text: () => string): boolean {
  const m = l.tables.messages, v = f.value;
  switch (f.name) {
    case "cmd": {
      const command = KINDS[m.kind[i]] === "command" ? i : m.answers[i];
      if (command === NONE) return false;
      const name = l.str(m.name[command]).toLowerCase();
      return name === v || name.split(" ").includes(v);
    }
    case "name": return l.str(m.name[i]).toLowerCase() === v;
    case "code": return STATUSES[m.status[i]].toLowerCase() === v || text().includes("[" + v);
    case "tag": return l.str(m.tag[i]).toLowerCase() === v;
    case "side": return SIDES[m.side[i]].startsWith(v);
    case "kind": return KINDS[m.kind[i]] === v;
    case "state": return STATES[m.state[i]].startsWith(v);
    case "mailbox": return l.str(m.mailbox[i]).toLowerCase().includes(v);
    case "conn": return String(m.connection[i] + 1) === v;
    case "line": return m.line[i] <= Number(v) && m.lastLine[i] >= Number(v);
    case "flag": return text().includes(v.startsWith("\\") || v.startsWith("$") ? v : "\\" + v) || text().includes(v);
    case "problem": {
      const d = l.tables.diagnostics;
      for (let k = m.firstDiagnostic[i]; k < d.length && d.message[k] === i; k++) {
        if (v === "*" || v === "any" || SEVERITIES[d.severity[k]] === v || l.str(d.id[k]).includes(v)) return true;
      }
      return false;
    }
  }
  return false;
}
