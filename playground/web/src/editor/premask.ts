/**
 * A rough cover for what looks like a password in lines that are not annotated: while the engine is still at work, and beyond the part of a
 * huge text that it reads. Better too much than too little: the annotation decides soon enough.
 */
import type { Text } from "@codemirror/state";

/** Places of the visible lines [from, to] that look like secrets, line by line. */
export function suspects(doc: Text, from: number, to: number): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  let line = doc.lineAt(from);
  let awaited = line.number > 1 && /\b(LOGIN|AUTHENTICATE)\b.*\{\d+\+?\}\s*$/i.test(doc.line(line.number - 1).text.slice(0, 4096));
  for (;;) {
    const s = line.text.slice(0, 4096);
    const cover = (start: number) => {
      if (start < s.length) out.push({ from: line.from + start, to: line.to });
    };
    const login = /\bLOGIN\s+(?:"(?:[^"\\]|\\.)*"|[^\s"{]+)\s+/i.exec(s);
    const initial = /\bAUTHENTICATE\s+"?[\w-]+"?\s+(?=\S)/i.exec(s);
    const alone = /^(?:\S{0,24}[:>]\s*)?(?=[A-Za-z0-9+/]{12,}={0,2}$)/.exec(s.trimEnd());
    const goOn = /^(?:\S{0,24}[:>]\s*)?\+(?:\s|$)/.test(s); // the server asks for the octets
    if (awaited && goOn) {
      if (line.to >= to || line.number >= doc.lines) break;
      line = doc.line(line.number + 1);
      continue;
    }
    if (login) cover(login.index + login[0].length);
    else if (initial) cover(initial.index + initial[0].length);
    else if (awaited) cover(0);
    else if (alone) cover(alone[0].length);
    // The octets of a literal stand on the next line.
    awaited = (login !== null || initial !== null || awaited || /\b(LOGIN|AUTHENTICATE)\b/i.test(s)) && /\{\d+\+?\}\s*$/.test(s);
    if (line.to >= to || line.number >= doc.lines) break;
    line = doc.line(line.number + 1);
  }
  return out;
}
