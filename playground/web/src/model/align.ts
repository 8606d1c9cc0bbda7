/** Aligns the commands of two sessions: the longest common sequence of their names, without a table of all pairs for long ones. */

export interface Command {
  id: number;
  name: string;
  status: string;
  latency: number;
  answers: string[];
}

export interface Pair {
  a: Command | null;
  b: Command | null;
  /** Both are there, with the same outcome and the same kinds of answers. */
  same: boolean;
  /** Kinds of answers that only one side got. */
  onlyA: string[];
  onlyB: string[];
}

/** Commands per side that are aligned as a whole; longer sessions are aligned from the front within a window. */
const WHOLE = 1500;
const WINDOW = 40;

export function align(a: Command[], b: Command[]): Pair[] {
  const pairs = a.length <= WHOLE && b.length <= WHOLE ? longest(a, b) : greedy(a, b);
  return pairs.map(([x, y]) => {
    const onlyA = x && y ? less(x.answers, y.answers) : [], onlyB = x && y ? less(y.answers, x.answers) : [];
    return { a: x, b: y, onlyA, onlyB, same: x !== null && y !== null && x.status === y.status && onlyA.length === 0 && onlyB.length === 0 };
  });
}

function less(x: string[], y: string[]): string[] {
  const have = new Set(y);
  return [...new Set(x)].filter((v) => !have.has(v));
}

type Row = [Command | null, Command | null];

function longest(a: Command[], b: Command[]): Row[] {
  const w = b.length + 1;
  const best = new Uint16Array((a.length + 1) * w);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * w + j] = a[i].name === b[j].name ? best[(i + 1) * w + j + 1] + 1 : Math.max(best[(i + 1) * w + j], best[i * w + j + 1]);
    }
  }
  const out: Row[] = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i].name === b[j].name) out.push([a[i++], b[j++]]);
    else if (j >= b.length || (i < a.length && best[(i + 1) * w + j] >= best[i * w + j + 1])) out.push([a[i++], null]);
    else out.push([null, b[j++]]);
  }
  return out;
}

function greedy(a: Command[], b: Command[]): Row[] {
  const out: Row[] = [];
  let i = 0, j = 0;
  while (i < a.length && j < b.length) {
    if (a[i].name === b[j].name) {
      out.push([a[i++], b[j++]]);
      continue;
    }
    let skip = 1;
    while (skip < WINDOW && a[i + skip]?.name !== b[j].name && b[j + skip]?.name !== a[i].name) skip++;
    if (b[j + skip]?.name === a[i].name) for (let k = 0; k < skip; k++) out.push([null, b[j++]]);
    else if (a[i + skip]?.name === b[j].name) for (let k = 0; k < skip; k++) out.push([a[i++], null]);
    else out.push([a[i++], null], [null, b[j++]]);
  }
  while (i < a.length) out.push([a[i++], null]);
  while (j < b.length) out.push([null, b[j++]]);
  return out;
}
