/** The tree of the chosen message: rule, value, offset. One stop of the keyboard; arrows walk and open. */
import { CLASSES, FLAG_ERROR, FLAG_SECRET, type Tree } from "imapwire";
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { number, t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { kinds, loaded } from "../model/store";
import { explanation, peek, selectNode, tree as chosen } from "../model/selection";
import { Icon } from "./icon";

/** Children of one node that are listed at once. */
const PAGE = 100;

interface Row {
  node: number;
  depth: number;
  open: boolean | null; // null: a leaf
  more: number; // > 0: a row that stands for so many hidden children of node
}

/** Rows of the tree with the open nodes opened. */
function rows(x: Tree, closed: ReadonlySet<number>, shown: ReadonlyMap<number, number>, must: number): Row[] {
  const out: Row[] = [];
  const counts: number[] = [];
  for (let i = 0; i < x.length; ) {
    const depth = x.depth[i];
    counts.length = depth + 1;
    counts[depth] = (counts[depth] ?? 0) + 1;
    const up = parentOf(out, depth);
    const limit = shown.get(up) ?? PAGE;
    const inside = must >= i && must < x.next[i];
    if (depth > 0 && counts[depth] > limit && !inside) {
      const at = out.at(-1);
      if (at && at.more > 0 && at.node === up) at.more++;
      else out.push({ node: up, depth, open: null, more: 1 });
      i = x.next[i];
      continue;
    }
    const leaf = x.next[i] === i + 1;
    const open = leaf ? null : !closed.has(i) || (inside && must !== i);
    out.push({ node: i, depth, open, more: 0 });
    i = open === false ? x.next[i] : i + 1;
  }
  return out;
}

function parentOf(out: Row[], depth: number): number {
  for (let i = out.length - 1; i >= 0; i--) if (out[i].depth < depth && out[i].more === 0) return out[i].node;
  return -1;
}

const LEAF_COLOURS: Record<string, string> = {
  keyword: "t-kw", atom: "t-att", number: "t-num", set: "t-num", string: "t-str", flag: "t-flag", code: "t-code", mailbox: "t-mbx",
  literal: "t-in", "literal-head": "t-in", text: "t-text", tag: "t-tag", "status-ok": "t-ok", "status-no": "t-bad", "status-bad": "t-bad",
};

export function Structure() {
  const w = t.value.structure, c = chosen.value, l = loaded.value, e = explanation.value;
  const closed = useSignal<ReadonlySet<number>>(new Set());
  const shown = useSignal<ReadonlyMap<number, number>>(new Map());
  const of = useRef(-1);
  if (c && of.current !== c.message) {
    of.current = c.message;
    closed.value = new Set();
    shown.value = new Map();
  }
  const at = e && c && e.message === c.message ? e.path.at(-1)?.node ?? -1 : -1;
  const list = useComputed(() => (chosen.value ? rows(chosen.value.tree, closed.value, shown.value, explanation.value?.path.at(-1)?.node ?? -1) : [])).value;
  const box = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const row = box.current?.querySelector<HTMLElement>(".on");
    const pane = box.current?.parentElement;
    if (!row || !pane) return;
    const look = () => {
      const a = row.getBoundingClientRect(), b = pane.getBoundingClientRect();
      if (a.top < b.top + 34 || a.bottom > b.bottom) pane.scrollTop += a.top - b.top - pane.clientHeight / 2;
    };
    look();
    const observer = new ResizeObserver(look); // the explanation above comes later, and may take some of the room
    observer.observe(pane);
    return () => observer.disconnect();
  }, [at, c?.message, l]);
  // Focus stays on the tree while the keyboard walks it.
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current) box.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [at]);

  if (!c || !l) return <section class="pane-structure pane-of" data-pane="tree" aria-labelledby="h-tree"><Head /><p class="hollow-note">{w.none}</p></section>;
  const x = c.tree;
  const toggle = (node: number, open: boolean) => {
    const next = new Set(closed.value);
    if (open) next.delete(node);
    else next.add(node);
    closed.value = next;
  };
  const go = (r: Row | undefined) => {
    if (!r) return;
    if (r.more > 0) shown.value = new Map([...shown.value, [r.node, (shown.value.get(r.node) ?? PAGE) + PAGE]]);
    else void selectNode(c.message, r.node);
  };
  const key = (ev: KeyboardEvent) => {
    const i = list.findIndex((r) => r.node === at && r.more === 0);
    const r = list[i];
    switch (ev.key) {
      case "ArrowDown": go(list[i + 1]); break;
      case "ArrowUp": go(list[i - 1]); break;
      case "Home": go(list[0]); break;
      case "End": go(list.at(-1)); break;
      case "ArrowRight":
        if (r?.open === false) toggle(r.node, true);
        else if (r?.open) go(list[i + 1]);
        break;
      case "ArrowLeft":
        if (r?.open) toggle(r.node, false);
        else if (r) go(list.slice(0, i).reverse().find((q) => q.depth < r.depth && q.more === 0));
        break;
      default: return;
    }
    ev.preventDefault();
    ev.stopPropagation();
  };
  const focusRow = at >= 0 ? at : 0;
  return (
    <section class="pane-structure pane-of" data-pane="tree" aria-labelledby="h-tree">
      <Head line={l.tables.messages.line[c.message]} />
      <ul
        class="tree" role="tree" aria-labelledby="h-tree" ref={box} onKeyDown={key}
        onFocusIn={() => (hadFocus.current = true)} onFocusOut={() => (hadFocus.current = false)}
      >
        {list.map((r) => r.more > 0
          ? (
            <li key={"m" + r.node} role="treeitem" aria-level={r.depth + 1} tabIndex={-1} onClick={() => go(r)}>
              <div ref={indent(r.depth)}><span class="turn" /><span class="accent">{w.more(r.more)}</span></div>
            </li>
          )
          : (
            <li
              key={r.node} role="treeitem" aria-level={r.depth + 1} aria-selected={r.node === at} aria-expanded={r.open ?? undefined}
              tabIndex={r.node === focusRow ? 0 : -1} onClick={() => go(r)}
              onMouseEnter={() => (peek.value = { from: x.start[r.node], to: x.end[r.node], message: c.message })} onMouseLeave={() => (peek.value = null)}
            >
              <div class={(r.node === at ? "on" : "") + (lit(x, r.node) ? " lit" : "") + (x.flags[r.node] & FLAG_ERROR ? " bad" : "")} ref={indent(r.depth)}>
                <span class="turn" onClick={(ev) => { if (r.open !== null) { ev.stopPropagation(); toggle(r.node, !r.open); } }}>
                  {r.open !== null && <Icon id={r.open ? "down" : "right"} />}
                </span>
                <span class="rule">{kinds.value[x.kind[r.node]] ?? ""}</span>
                <span class={"value " + (LEAF_COLOURS[CLASSES[x.class[r.node]]] ?? "")}>
                  {x.flags[r.node] & FLAG_SECRET && r.open === null ? "••••" : cut(plain(x.value[r.node] ?? ""), 80)}
                </span>
                <span class="offset">{number(x.wireStart[r.node])}</span>
              </div>
            </li>
          ))}
      </ul>
    </section>
  );
}

function indent(depth: number) {
  return (e: HTMLElement | null) => {
    if (e) e.style.setProperty("--d", String(Math.min(depth, 24)));
  };
}

function lit(x: Tree, node: number): boolean {
  const p = peek.value;
  return p !== null && p.from === x.start[node] && p.to === x.end[node] && p.to > p.from;
}

function Head({ line }: { line?: number }) {
  const w = t.value.structure;
  return (
    <div class="pane-head">
      <h2 id="h-tree">{w.title}</h2>
      {line !== undefined && <span class="dim">{w.line(line)}</span>}
      <span class="grow" />
      <kbd aria-hidden="true">t</kbd>
    </div>
  );
}
