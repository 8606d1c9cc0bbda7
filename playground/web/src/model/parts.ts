/** Texts that are too long to be annotated at once are read in parts, one after the other: only the part on screen is in memory. */
import { NONE, type OpenOptions } from "imapwire";
import { isPlain } from "./bytes";
import { ANNOTATED, loaded, open, options, READ, refuse, source, text, type Origin, type Part } from "./store";

/** Octets before the end of a part in which an unfinished command is looked for: the next part begins with it. */
const OVERLAP = 4 << 20;

const LF = 10, CR = 13;

/** Opens a file of any length. What is packed can't be read in parts. */
export async function openBlob(name: string, file: Blob, origin: Origin): Promise<void> {
  const before = source.peek();
  const octets = new Uint8Array(await file.slice(0, ANNOTATED).arrayBuffer());
  if (source.peek() !== before) return; // something newer was opened while this was read
  if (file.size <= ANNOTATED) return open({ name, octets, origin });
  if (isPlain(octets)) return show(name, octets, origin, { file, from: 0, to: 0, line: 0, before: [] }, {});
  if (file.size > READ) return refuse(name, origin);
  return open({ name, octets: new Uint8Array(await file.arrayBuffer()), origin });
}

async function show(name: string, octets: Uint8Array, origin: Origin, part: Part, how: OpenOptions): Promise<void> {
  const rest = part.file.size - part.from;
  const end = octets.length < rest ? cutAtLine(octets) : octets.length;
  await open({ name, octets: octets.subarray(0, end), origin, part: { ...part, to: part.from + end } }, how);
}

/** The end of the last whole line; a line that goes on for ever is cut. */
function cutAtLine(octets: Uint8Array): number {
  const at = octets.lastIndexOf(LF);
  return at < 0 ? octets.length : at + 1;
}

/** Turns to the part behind or before the one on screen. */
export async function turnPart(dir: 1 | -1): Promise<void> {
  const s = source.peek(), p = s?.part, l = loaded.peek();
  if (!s || !p || !l) return;
  // The later parts have no greeting to tell the format by.
  const how: OpenOptions = { ...options.peek(), ...(l.overview.problem || !l.overview.format.id ? {} : { format: l.overview.format.id }) };
  let part: Part;
  if (dir > 0) {
    const next = restart(s.octets);
    part = { ...p, from: p.from + next.at, line: p.line + next.lines, before: [...p.before, { from: p.from, line: p.line }] };
  } else {
    const before = p.before.at(-1);
    if (!before) return;
    part = { ...p, ...before, before: p.before.slice(0, -1) };
  }
  const octets = new Uint8Array(await p.file.slice(part.from, part.from + ANNOTATED).arrayBuffer());
  await show(s.name, octets, s.origin, part, how);
}

/** Where the next part begins: with the command that this one ends in the middle of, or behind its end; and how many lines are before that. */
function restart(octets: Uint8Array): { at: number; lines: number } {
  const l = loaded.peek()!, doc = text.peek()!, m = l.tables.messages;
  const whole = { at: octets.length, lines: doc.lines - 1 };
  if (m.length === 0) return whole;
  const g = l.groups.of[m.length - 1], first = l.groups.first[g], command = l.groups.command[g];
  if (command === NONE || m.answeredBy[command] !== NONE || g === 0 || m.start[first] > doc.length) return whole;
  const line = doc.lineAt(m.start[first]).number;
  const at = startOfLine(octets, doc.lines - line);
  return at > 0 ? { at, lines: line - 1 } : whole;
}

/** The start of the line that so many line ends follow; 0 if it is too far away. */
export function startOfLine(octets: Uint8Array, ends: number): number {
  for (let at = octets.length - 1; at >= 0 && octets.length - at < OVERLAP; at--) {
    if (octets[at] !== LF && (octets[at] !== CR || octets[at + 1] === LF)) continue;
    if (ends === 0) return at + 1;
    ends--;
  }
  return 0;
}
