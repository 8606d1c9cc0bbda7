/** What a large document leaves behind. */

/** Octets of a text after which it is worth the while. */
const LARGE = 4 << 20;
/** Octets of each of a few buffers, and the milliseconds between them. */
const COUNTED = 32 << 20;
const APART = 500;

/**
 * Moves the collector to look for the document of so many octets that was closed. A page that has nothing to do would keep it for minutes:
 * buffers that nobody touches take no memory, but are counted, so that collecting begins, a little at a time.
 */
export function letGo(octets: number): void {
  if (octets < LARGE) return;
  for (let i = 1; i <= 3; i++) {
    setTimeout(() => {
      try {
        new ArrayBuffer(COUNTED);
      } catch {
        // There is no room even for this: the collector has been at work already.
      }
    }, i * APART);
  }
}
