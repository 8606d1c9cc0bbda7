/**
 * A transcript in the fragment of a link: `#v1.` and base64url of deflated JSON. Whatever stands in an address was written by somebody
 * else: it is checked for form and size before and while it is unpacked, and holds data only.
 */
import { toBase64 } from "./bytes";

/** Characters of the fragment that are read: 32 kB compressed. */
export const MOST_COMPRESSED = 32 * 1024;
/** Octets that it may unpack to. */
export const MOST_UNPACKED = 2 << 20;
/** How many octets may come out of one, once there are many. */
const MOST_RATIO = 100;

export interface Shared {
  name: string;
  text: string;
  format?: string;
  swap?: boolean;
}

export interface Place {
  line?: number;
  problem?: number;
}

export type Link =
  | { kind: "none" }
  | { kind: "place"; place: Place }
  | { kind: "text"; data: string; place: Place }
  | { kind: "short"; id: string; key: string; place: Place }
  | { kind: "bad" };

/** What a fragment is, by its form alone. */
export function readFragment(hash: string): Link {
  const s = hash.replace(/^#/, "");
  if (s === "") return { kind: "none" };
  if (s.length > MOST_COMPRESSED * 1.5) return { kind: "bad" };
  const [head, ...rest] = s.split("&");
  const place: Place = {};
  for (const part of [head, ...rest]) {
    const line = /^L(\d{1,9})$/.exec(part), problem = /^p(\d{1,7})$/.exec(part);
    if (line) place.line = Number(line[1]);
    if (problem) place.problem = Number(problem[1]);
  }
  const text = /^v1\.([A-Za-z0-9_-]+)$/.exec(head);
  if (text) return { kind: "text", data: text[1], place };
  const short = /^s1\.([A-Za-z0-9_-]{6,64})\.([A-Za-z0-9_-]{43})$/.exec(head);
  if (short) return { kind: "short", id: short[1], key: short[2], place };
  if (/^[vs]\d/.test(head)) return { kind: "bad" };
  return place.line !== undefined || place.problem !== undefined ? { kind: "place", place } : { kind: "none" };
}

export function writePlace(p: Place): string {
  return (p.line !== undefined ? `&L${p.line}` : "") + (p.problem !== undefined ? `&p${p.problem}` : "");
}

export function base64url(octets: Uint8Array): string {
  return toBase64(octets).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromBase64url(s: string): Uint8Array<ArrayBuffer> {
  const bin = atob(s.replaceAll("-", "+").replaceAll("_", "/"));
  const out = new Uint8Array(bin.length);
  for (let i = 0; i < bin.length; i++) out[i] = bin.charCodeAt(i);
  return out;
}

export async function deflate(octets: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([octets]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Unpacks, and stops as soon as more comes out than is allowed. */
export async function inflate(octets: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([octets]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST_UNPACKED || (size > 1 << 16 && size > octets.length * MOST_RATIO)) {
      void reader.cancel().catch(() => {});
      throw new RangeError("the link unpacks to too much");
    }
    parts.push(value);
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}

/** Octets for a link; its length tells if it fits. */
export function pack(s: Shared): Promise<Uint8Array<ArrayBuffer>> {
  return deflate(new TextEncoder().encode(JSON.stringify({ name: s.name, text: s.text, ...(s.format ? { format: s.format } : {}), ...(s.swap ? { swap: true } : {}) })));
}

/** The opposite of pack. Throws at anything that is not exactly that. */
export async function unpack(octets: Uint8Array<ArrayBuffer>): Promise<Shared> {
  const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await inflate(octets)));
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new TypeError("not a transcript");
  const { name, text, format, swap, ...more } = json as Record<string, unknown>;
  if (typeof name !== "string" || name.length > 200 || typeof text !== "string" || text === "") throw new TypeError("not a transcript");
  if (format !== undefined && (typeof format !== "string" || !/^[a-z0-9-]{1,40}$/.test(format))) throw new TypeError("not a format");
  if (swap !== undefined && typeof swap !== "boolean") throw new TypeError("not a swap");
  if (Object.keys(more).length > 0) throw new TypeError("from a newer version");
  return { name, text, ...(format !== undefined ? { format } : {}), ...(swap !== undefined ? { swap } : {}) };
}

/** Encrypts for a short link: 12 octets of nonce, then the ciphertext. The key goes into the link and nowhere else. */
export async function encrypt(octets: Uint8Array<ArrayBuffer>): Promise<{ sealed: Uint8Array<ArrayBuffer>; key: string }> {
  const raw = crypto.getRandomValues(new Uint8Array(32)), nonce = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const cipher = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, octets));
  const sealed = new Uint8Array(12 + cipher.length);
  sealed.set(nonce);
  sealed.set(cipher, 12);
  return { sealed, key: base64url(raw) };
}

export async function decrypt(sealed: Uint8Array<ArrayBuffer>, key: string): Promise<Uint8Array<ArrayBuffer>> {
  if (sealed.length < 12 + 16 || sealed.length > MOST_UNPACKED) throw new RangeError("not a sealed transcript");
  const k = await crypto.subtle.importKey("raw", fromBase64url(key), "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.slice(0, 12) }, k, sealed.slice(12)));
}
