/**
 * Octets to the editor's text and back. The octets that were opened are kept as they came: the editor's text has one kind of line end and
 * would lose the difference between CRLF and LF, which matters here.
 */
import { Text } from "@codemirror/state";

/** What is decoded between two chances for the browser to draw. */
const SLICE = 1 << 18;

/** Gives the browser a chance to draw and to answer. */
export function breathe(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}

/** The text of UTF-8 octets, built in slices. Stops early, with null, when go() says no. The beginning of a long one is given to begun at once. */
export async function buildText(octets: Uint8Array, go: () => boolean, begun?: (beginning: Text) => void): Promise<Text | null> {
  const decoder = new TextDecoder();
  return assemble(
    async function* () {
      for (let at = 0; at < octets.length; at += SLICE) {
        yield decoder.decode(octets.subarray(at, at + SLICE), { stream: at + SLICE < octets.length });
      }
    },
    go,
    octets.length > SLICE ? begun : undefined,
  );
}

/** The same of a string. */
export async function buildTextFromString(s: string, go: () => boolean): Promise<Text | null> {
  return assemble(
    async function* () {
      for (let at = 0; at < s.length; at += SLICE) yield s.slice(at, at + SLICE);
    },
    go,
  );
}

async function assemble(slices: () => AsyncGenerator<string>, go: () => boolean, begun?: (beginning: Text) => void): Promise<Text | null> {
  let text = Text.empty;
  let rest = ""; // a CR at the end of a slice may be half of a CRLF
  for await (const slice of slices()) {
    let s = rest + slice;
    rest = "";
    if (s.endsWith("\r")) {
      s = s.slice(0, -1);
      rest = "\r";
    }
    if (s) text = text.append(Text.of(s.split(/\r\n|\r|\n/)));
    if (begun && go()) begun(text);
    begun = undefined;
    await breathe();
    if (!go()) return null;
  }
  if (rest) text = text.append(Text.of(["", ""]));
  return text;
}

/** True for octets that the page can show at once, without asking the engine to unpack them. */
export function isPlain(octets: Uint8Array): boolean {
  const [a, b, c, d] = octets;
  if (a === 0x1f && b === 0x8b) return false; // gzip
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return false; // UTF-16
  const magic = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  if ([0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0x0a0d0d0a].includes(magic)) return false; // captures
  let nul = 0;
  const n = Math.min(octets.length, 512);
  for (let i = 0; i < n; i++) if (octets[i] === 0) nul++;
  return nul * 8 < n || n === 0;
}

/** The line end that most lines of the text have: what a new line that is typed should have too. */
export function lineEnd(octets: Uint8Array): "\r\n" | "\n" {
  let crlf = 0, lf = 0;
  const n = Math.min(octets.length, 1 << 16);
  for (let i = 0; i < n; i++) {
    if (octets[i] !== 10) continue;
    if (i > 0 && octets[i - 1] === 13) crlf++;
    else lf++;
  }
  return crlf > lf ? "\r\n" : "\n";
}

export function toBase64(octets: Uint8Array): string {
  let s = "";
  for (let i = 0; i < octets.length; i += 0x8000) s += String.fromCharCode(...octets.subarray(i, i + 0x8000));
  return btoa(s);
}

export function fromBase64(s: string): Uint8Array<ArrayBuffer> {
  const bin = atob(s);
  const out = new Uint8Array(bin.length);
  for (let i = 0; i < bin.length; i++) out[i] = bin.charCodeAt(i);
  return out;
}
