/** Tokens, inlays and summaries of the messages near the screen, fetched from the engine a chunk at a time. */
import { signal } from "@preact/signals";
import { TOKEN_FIELDS, type Async, type Document, type Inlay, type Summary, type Tokens } from "imapwire";

/** Messages per chunk. */
const CHUNK = 64;
/** Chunks that are kept. */
const KEEP = 256;

interface Chunk {
  tokens: Tokens;
  inlays: Inlay[];
  summaries: Summary[];
}

export interface Token {
  start: number;
  end: number;
  class: number;
  flags: number;
  kind: number;
  message: number;
  node: number;
}

/** Counts up when a chunk has come. */
export const arrived = signal(0);

export class TokenCache {
  private readonly chunks = new Map<number, Chunk | null>();
  private readonly older = new Map<number, Chunk>();
  /** The messages that are on screen. */
  shown: { from: number; to: number } | null = null;

  constructor(private readonly doc: Async<Document>, private readonly messages: number) {}

  /** True when all of messages [from, to) is here; asks for what is missing. */
  need(from: number, to: number): boolean {
    let all = true;
    for (let c = Math.floor(from / CHUNK); c * CHUNK < Math.min(to, this.messages); c++) {
      const have = this.chunks.get(c);
      if (have) {
        this.chunks.delete(c); // to the end: the least used goes first
        this.chunks.set(c, have);
        continue;
      }
      all = false;
      if (have === undefined) void this.fetch(c);
    }
    return all;
  }

  /** Shows what another cache of the same text has until this one's own has come. */
  adopt(o: TokenCache): void {
    for (const [c, chunk] of o.chunks) if (chunk) this.older.set(c, chunk);
  }

  private at(c: number): Chunk | undefined {
    return this.chunks.get(c) ?? this.older.get(c);
  }

  private async fetch(c: number): Promise<void> {
    this.chunks.set(c, null);
    const from = c * CHUNK, to = Math.min(from + CHUNK, this.messages);
    try {
      const [tokens, inlays, summaries] = await Promise.all([
        this.doc.tokens(from, to),
        this.doc.inlays(from, to),
        this.doc.summaries(from, to),
      ]);
      this.chunks.set(c, { tokens, inlays, summaries });
      this.older.delete(c);
      if (this.chunks.size > KEEP) {
        for (const [k, v] of this.chunks) {
          if (v) {
            this.chunks.delete(k);
            break;
          }
        }
      }
      arrived.value++;
    } catch {
      this.chunks.delete(c); // the document was closed
    }
  }

  /** Waits until messages [from, to) are here. */
  async have(from: number, to: number): Promise<void> {
    for (let tries = 0; tries < 400 && !this.need(from, to); tries++) await new Promise((done) => setTimeout(done, 5));
  }

  /** Calls f for each token of messages [from, to) that touches [start, end). */
  each(from: number, to: number, start: number, end: number, f: (t: Token) => void): void {
    for (let c = Math.floor(from / CHUNK); c * CHUNK < to; c++) {
      const chunk = this.at(c);
      if (!chunk) continue;
      const a = chunk.tokens;
      for (let i = 0; i < a.length; i += TOKEN_FIELDS) {
        if (a[i + 1] < start || a[i] >= end || a[i + 4] < from || a[i + 4] >= to) continue;
        f({ start: a[i], end: a[i + 1], class: a[i + 2] & 0xff, flags: a[i + 2] >>> 8, kind: a[i + 3], message: a[i + 4], node: a[i + 5] });
      }
    }
  }

  inlays(message: number): Inlay[] {
    return this.at(Math.floor(message / CHUNK))?.inlays ?? [];
  }

  summary(message: number): Summary | undefined {
    return this.at(Math.floor(message / CHUNK))?.summaries[message % CHUNK];
  }
}
