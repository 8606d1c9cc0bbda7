/** How the messages of a document stand together: commands with their answers, and what changes from row to row. */
import { KINDS, NONE, type MessageTable } from "imapwire";

const COMMAND = KINDS.indexOf("command");
const NOISE = KINDS.indexOf("noise");
const FOLLOWERS = new Set(["continuation", "auth", "idle-done", "literal"].map((k) => KINDS.indexOf(k as never)));

export interface Groups {
  /** Group of each message. */
  of: Uint32Array;
  /** First and last message of each group. */
  first: number[];
  last: number[];
  /** The command that the group belongs to, or NONE. */
  command: number[];
}

/**
 * Puts each command and the run of messages that answer it into one group. Commands that were sent before the answers of others came give
 * several runs: the text keeps its order.
 */
export function group(m: MessageTable): Groups {
  const g: Groups = { of: new Uint32Array(m.length), first: [], last: [], command: [] };
  const open = new Map<number, number>(); // connection -> its last command
  let owner = NONE;
  for (let i = 0; i < m.length; i++) {
    const kind = m.kind[i];
    let mine: number = NONE;
    if (kind === COMMAND) {
      mine = i;
      open.set(m.connection[i], i);
    } else if (m.answers[i] !== NONE) mine = m.answers[i];
    else if (FOLLOWERS.has(kind)) mine = open.get(m.connection[i]) ?? NONE;
    else if (owner !== NONE && m.answeredBy[owner] !== NONE && i < m.answeredBy[owner] && (kind === NOISE || m.connection[i] === m.connection[owner])) {
      mine = owner; // what came of itself while the command was under way
    }
    const last = g.first.length - 1;
    const continues =
      last >= 0 && ((mine !== NONE && mine === owner) || (mine === NONE && owner === NONE && kind === NOISE && m.kind[i - 1] === NOISE));
    if (continues) g.last[last] = i;
    else {
      g.first.push(i);
      g.last.push(i);
      g.command.push(mine);
    }
    owner = mine;
    g.of[i] = g.first.length - 1;
  }
  return g;
}

/** Per message: 1 where the state of its connection is another than before it. */
export function stateChanges(m: MessageTable): Uint8Array {
  const out = new Uint8Array(m.length);
  const state = new Map<number, number>();
  for (let i = 0; i < m.length; i++) {
    if (m.kind[i] === NOISE) continue;
    const c = m.connection[i];
    const now = m.state[i] * 2 ** 32 + m.mailbox[i];
    if (state.get(c) !== now) out[i] = 1;
    state.set(c, now);
  }
  return out;
}

/** How many messages a message may be interleaved with: the answers within a command that waits at its literals. */
const INTERLEAVED = 64;

/** The message on whose lines a position stands, or -1. Messages may stand within the lines of another one. */
export function messageOn(m: MessageTable, position: number): number {
  const last = messageAt(m, position);
  for (let k = last; k >= 0 && last - k < INTERLEAVED; k--) if (m.end[k] > position) return k;
  return -1;
}

/** The message that stands at an editor position, or the last one before it; -1 if there is none. */
export function messageAt(m: MessageTable, position: number): number {
  let lo = 0, hi = m.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (m.start[mid] <= position) lo = mid + 1;
    else hi = mid;
  }
  return lo - 1;
}
