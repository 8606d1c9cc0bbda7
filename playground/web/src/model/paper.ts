/** Paper has no scrolling and no clicks: what a screen shows on demand must be there when the page is printed. */
import { effect, signal } from "@preact/signals";
import type { Diagnostic } from "imapwire";
import { loaded } from "./store";

/** The page is being printed, or shown as it would be. */
export const printing = signal(false);
/** Problems that are told at the end of the paper; they are asked for before, since printing doesn't wait. */
export const footnotes = signal<Diagnostic[]>([]);

const MOST_NOTES = 200;
/** Messages of a transcript that is printed with all its colours: their tokens are kept at hand. */
const MOST_MESSAGES = 3000;
/** How long after the last annotation; before, the reader's questions are more urgent. */
const LATER = 800;

/** Listens before the editor does, which draws all lines when it hears of printing. */
export function listenForPrinting(): void {
  const query = matchMedia("print");
  const look = () => (printing.value = query.matches);
  query.addEventListener("change", look);
  addEventListener("beforeprint", () => (printing.value = true));
  addEventListener("afterprint", look);
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const l = loaded.value;
    clearTimeout(timer);
    footnotes.value = [];
    if (!l || l.partial) return;
    timer = setTimeout(() => {
      const n = l.tables.messages.length;
      if (n <= MOST_MESSAGES) void l.tokens.have(0, n);
      void l.doc.diagnostics(0, Math.min(l.tables.diagnostics.length, MOST_NOTES)).then((d) => { if (loaded.peek() === l) footnotes.value = d; }, () => {});
    }, LATER);
  });
}
