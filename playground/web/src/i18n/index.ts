/** The language of the page. */
import { computed, signal } from "@preact/signals";
import { storedLang, write, type Lang } from "../model/stored";
import { productName } from "../lib/names";
import { en, number, type Words } from "./en";
import { zh } from "./zh";

export { number };

/** The name of a log format. The engine's own name wins where it has one. */
export function formatName(id: string, name: string): string {
  return t.value.formats[id] ?? (name && name !== id ? name : productName(id));
}
export type { Words };

export const lang = signal<Lang>(storedLang());

/** The words: read `t.value` in a component and it follows the language. */
export const t = computed<Words>(() => (lang.value === "zh" ? zh : en));

export function setLang(l: Lang): void {
  lang.value = l;
  write("lang", l);
  document.documentElement.lang = t.value.lang.html;
}
