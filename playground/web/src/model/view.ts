/** How the page shows things: choices of the reader that are not about one transcript. */
import { signal } from "@preact/signals";
import { read, storedTheme, write, type Theme } from "./stored";

export const theme = signal<Theme>(storedTheme());
export const full = signal(read("length") !== "short");
export const singleKeys = signal(read("keys") !== "off");
export const showPrefix = signal(false);
export const showInlays = signal(true);
export const editMode = signal(false);
export const dialog = signal<"" | "keys" | "redact" | "export" | "share" | "session" | "compare" | "examples" | "encode">("");
export const popover = signal<{ kind: "format" | "more" | "lane"; anchor: Element; message?: number } | null>(null);
/** Short messages that go away: what was copied, what was refused. */
export const toast = signal("");
/** What a screen reader is told. */
export const announcement = signal("");

let gone: ReturnType<typeof setTimeout> | undefined;

export function say(words: string): void {
  toast.value = words;
  announcement.value = words;
  clearTimeout(gone);
  gone = setTimeout(() => (toast.value = ""), 2600);
}

function setTheme(next: Theme): void {
  theme.value = next;
  write("theme", next);
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
}

/** From what is seen now to the other, so that one press always changes something. */
export function turnTheme(): void {
  const dark = theme.peek() === "dark" || (theme.peek() === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  setTheme(dark ? "light" : "dark");
}

export function setFull(v: boolean): void {
  full.value = v;
  write("length", v ? "full" : "short");
}

export function setSingleKeys(v: boolean): void {
  singleKeys.value = v;
  write("keys", v ? "on" : "off");
}

export async function copy(s: string, done: string, refused: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(s);
    say(done);
  } catch {
    say(refused);
  }
}
