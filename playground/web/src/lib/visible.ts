/**
 * Text of a transcript made safe to look at. Control characters, escape sequences and marks that turn the reading direction would change
 * what the reader sees, so each is shown as a glyph of its own.
 */

/** Every character that is shown as a glyph. Tab and the line ends are not among them. */
export const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc]/;

const ALL = new RegExp(HIDDEN.source, "g");

/** The glyph for one such character: ␀ for NUL, ␛ for escape, U+202E for a direction mark. */
export function glyph(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return "U+" + code.toString(16).toUpperCase().padStart(4, "0");
}

/** s in one line, with glyphs. For attributes, labels and short texts. */
export function plain(s: string): string {
  return s.replace(ALL, (c) => glyph(c.charCodeAt(0))).replace(/\r\n|\r|\n/g, "\u240d");
}

/** s with its lines, with glyphs. */
export function plainLines(s: string): string {
  return s.replace(/\r\n?/g, "\n").replace(ALL, (c) => glyph(c.charCodeAt(0)));
}

/** At most n characters of s, with an ellipsis for the rest, never cutting a surrogate pair. */
export function cut(s: string, n: number): string {
  if (s.length <= n) return s;
  const end = /[\ud800-\udbff]/.test(s[n - 1]) ? n - 1 : n;
  return s.slice(0, end) + "…";
}
