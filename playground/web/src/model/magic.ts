/** What kind of file octets are, by what such files begin with: only files that somebody may take for a log. "" for any other. */

const BEGINNINGS: [kind: string, begins: string][] = [
  ["ZIP", "PK\x03\x04"], ["7z", "7z\xbc\xaf"], ["xz", "\xfd7zXZ"], ["zstd", "\x28\xb5\x2f\xfd"], ["bzip2", "BZh"], ["PDF", "%PDF-"], ["PNG", "\x89PNG"],
  ["JPEG", "\xff\xd8\xff"], ["GIF", "GIF8"], ["SQLite", "SQLite format 3"], ["ELF", "\x7fELF"], ["WebAssembly", "\0asm"],
];

export function kindOfFile(octets: Uint8Array): string {
  const begins = String.fromCharCode(...octets.subarray(0, 16));
  return BEGINNINGS.find(([, b]) => begins.startsWith(b))?.[0] ?? "";
}
