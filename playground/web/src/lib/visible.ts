/**
 * Text of a transcript made safe to look at. Control characters, escape sequences and marks that turn the reading direction would change
 * what the reader sees, so each is shown by its name.
 */

/** Every character that is shown by its name. Tab and the line ends are not among them. */
export const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc]/;

const ALL = new RegExp(HIDDEN.source, "g");

/** Names of the control characters. Their pictures, from U+2400 on, are missing in too many fonts. */
const NAMES = "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(" ");

/** The name of one such character: NUL, ESC, U+202E for a direction mark. */
export function glyph(code: number): string {
  if (code < 0x20) return NAMES[code];
  if (code === 0x7f) return "DEL";
  return "U+" + code.toString(16).toUpperCase().padStart(4, "0");
}

const boxed = (c: string) => `‹${glyph(c.charCodeAt(0))}›`;

/** s in one line, with ‹NUL› for such characters. For attributes, labels and short texts. */
export function plain(s: string): string {
  return s.replace(ALL, boxed).replace(/\r\n|\r|\n/g, "↵");
}

/** s with its lines, and ‹NUL› for such characters. */
export function plainLines(s: string): string {
  return s.replace(/\r\n?/g, "\n").replace(ALL, boxed);
}

/** At most n characters of s, with an ellipsis for the rest, never cutting a surrogate pair. */
export function cut(s: string, n: number): string {
  if (s.length <= n) return s;
  const end = /[\ud800-\udbff]/.test(s[n - 1]) ? n - 1 : n;
  return s.slice(0, end) + "…";
}
