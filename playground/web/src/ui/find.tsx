/** The search field and its hits. */
import { signal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { editor } from "../editor/view";
import { setHits } from "../editor/hits";
import { t } from "../i18n";
import { parseQuery, search, type Hit } from "../model/search";
import { loaded } from "../model/store";
import { goToPosition } from "../model/selection";
import { Icon } from "./icon";

export const findOpen = signal(false);
export const query = signal("");
/** Null while it is looked for. */
const hits = signal<Hit[] | null>(null);
const at = signal(-1);
/** Enter came before the hits. */
let eager: 1 | -1 | 0 = 0;

let timer: ReturnType<typeof setTimeout> | undefined;
let run = 0;

async function look(): Promise<void> {
  const view = editor.peek(), l = loaded.peek();
  const mine = ++run;
  if (!view || !l || query.peek().trim() === "") {
    hits.value = [];
    at.value = -1;
  } else {
    const found = await search(parseQuery(query.peek()), l, view.state.doc, () => mine === run);
    if (!found) return;
    hits.value = found;
    at.value = -1;
  }
  view?.dispatch({ effects: setHits.of({ hits: hits.peek() ?? [], now: at.peek() }) });
  if (eager) stepHit(eager);
}

/** Looks for something else. The effect that begins the search runs later, and Enter may come before. */
function ask(s: string): void {
  eager = 0;
  hits.value = null;
  query.value = s;
}

function stepHit(dir: 1 | -1): void {
  const list = hits.peek(), view = editor.peek();
  eager = list ? 0 : dir;
  if (!list || list.length === 0 || !view) return;
  at.value = at.peek() < 0 ? (dir > 0 ? 0 : list.length - 1) : (at.peek() + dir + list.length) % list.length;
  view.dispatch({ effects: setHits.of({ hits: list, now: at.peek() }) });
  void goToPosition(list[at.peek()].from);
}

/** Puts the cursor into the field; what stands there is chosen, so that typing replaces it. */
export function focusFind(choose = true): void {
  findOpen.value = true;
  const focus = () => {
    const input = document.querySelector<HTMLInputElement>("#find");
    input?.focus();
    if (choose) input?.select();
  };
  focus(); // at once, so that no letter typed next is taken for a command
  if (document.activeElement?.id !== "find") requestAnimationFrame(focus); // on the phone the field has to appear first
}

export function Find() {
  const w = t.value.top;
  const input = useRef<HTMLInputElement>(null);
  useSignalEffect(() => {
    void query.value;
    void loaded.value;
    hits.value = null;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), 140);
  });
  useEffect(() => () => clearTimeout(timer), []);
  const key = (e: KeyboardEvent) => {
    if (e.key === "Enter") {
      e.preventDefault();
      stepHit(e.shiftKey ? -1 : 1);
    } else if (e.key === "Escape") {
      e.preventDefault();
      e.stopPropagation();
      query.value = "";
      findOpen.value = false;
      editor.peek()?.contentDOM.focus();
    }
  };
  return (
    <search class={"find" + (findOpen.value ? " open" : "")}>
      <Icon id="search" />
      <input
        id="find" ref={input} type="search" autocomplete="off" spellcheck={false} aria-label={w.search} title={w.searchHelp} placeholder={w.placeholder} value={query.value}
        onInput={(e) => ask(e.currentTarget.value)} onKeyDown={key}
      />
      {query.value ? (
        <>
          <span class="count-of" role="status">{hits.value && !/:$/.test(query.value.trim()) && t.value.top.hits(at.value + 1, hits.value.length)}</span>
          <button type="button" class="step" aria-label={w.previous} onClick={() => stepHit(-1)}><Icon id="down" cls="i up" /></button>
          <button type="button" class="step" aria-label={w.next} onClick={() => stepHit(1)}><Icon id="down" /></button>
        </>
      ) : <kbd aria-hidden="true">/</kbd>}
    </search>
  );
}
