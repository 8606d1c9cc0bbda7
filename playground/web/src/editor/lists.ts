/** Long lists of capabilities, shortened to their first and last items until somebody wants them all. */
import type { Text } from "@codemirror/state";
import { WidgetType, type EditorView } from "@codemirror/view";
import { t } from "../i18n";
import { h } from "../lib/dom";
import { kinds, type Loaded } from "../model/store";
import type { Token } from "../model/tokens";
import { openList } from "./state";

/** Items of a list that is shown whole. */
const WHOLE = 12;
/** Items that a shortened list shows at its beginning and at its end. */
const FIRST = 4;
const LAST = 2;

export interface Hidden {
  message: number;
  from: number;
  to: number;
  items: number;
}

/** Gathers the items of lists from the tokens of messages, which come in order. */
export class Lists {
  private readonly kind = kinds.peek().indexOf("capability");
  private readonly items = new Map<number, { start: number; end: number }[]>();

  add(k: Token): void {
    if (k.kind !== this.kind || k.end <= k.start) return;
    const list = this.items.get(k.message);
    if (list) list.push(k);
    else this.items.set(k.message, [k]);
  }

  /** What is left out of the lists that are too long. One that goes over lines stays whole. */
  *hidden(doc: Text): Generator<Hidden> {
    for (const [message, list] of this.items) {
      if (list.length <= WHOLE) continue;
      const from = list[FIRST].start, to = list[list.length - LAST - 1].end;
      if (to <= doc.length && doc.lineAt(from).to >= to) yield { message, from, to, items: list.length - FIRST - LAST };
    }
  }
}

/** What is left out of a message's list, if it has a long one. */
export function hiddenOf(l: Loaded, message: number, doc: Text): Hidden | undefined {
  const all = new Lists();
  l.tokens.each(message, message + 1, 0, Infinity, (k) => all.add(k));
  return [...all.hidden(doc)][0];
}

/** Stands for the items that are left out; pressing it shows them. */
export class ItemsWidget extends WidgetType {
  private readonly words: string;

  constructor(readonly message: number, items: number) {
    super();
    this.words = t.peek().log.moreItems(items);
  }
  override eq(o: ItemsWidget): boolean {
    return o.message === this.message && o.words === this.words;
  }
  toDOM(view: EditorView): HTMLElement {
    const b = h("button", { class: "more", type: "button" }, this.words);
    b.addEventListener("click", (e) => {
      e.stopPropagation();
      view.dispatch({ effects: openList.of(this.message) });
    });
    return b;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}
