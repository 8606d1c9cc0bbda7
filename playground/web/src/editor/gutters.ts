/** Beside the transcript: fold, line, time, and the two rails with an arrow per message. */
import type { Extension, Transaction } from "@codemirror/state";
import { gutter, GutterMarker, type BlockInfo, type EditorView } from "@codemirror/view";
import { KINDS, SIDES, type Side } from "imapwire";
import { number, t } from "../i18n";
import { h, icon } from "../lib/dom";
import { messageOn } from "../model/groups";
import { linesBefore, type Loaded } from "../model/store";
import { clock, clockChange } from "../model/time";
import { popover } from "../model/view";
import { folds, groupName, toggleGroup } from "./folds";
import { lineClasses, many } from "./marks";
import { pace } from "./pace";
import { annotated, annotation, redraw, setLoaded, setShow, show } from "./state";

const NOISE = KINDS.indexOf("noise");

/** A cell of a gutter. All cells of a line have the line's classes, so that they keep its space between groups. */
class Cell extends GutterMarker {
  constructor(override readonly elementClass: string, readonly words = "") {
    super();
  }
  override eq(o: Cell): boolean {
    return o.constructor === this.constructor && o.elementClass === this.elementClass && o.words === this.words;
  }
  override toDOM(): Node {
    return document.createTextNode(this.words);
  }
}

class Fold extends Cell {
  constructor(cls: string, readonly group: number, readonly folded: boolean, name: string) {
    super(cls, `${folded ? t.value.log.unfold : t.value.log.fold}: ${name}`);
  }
  override eq(o: Fold): boolean {
    return super.eq(o) && o.group === this.group && o.folded === this.folded;
  }
  override toDOM(view?: EditorView): Node {
    const b = h("button", { class: "fold", type: "button", tabindex: "-1", "aria-expanded": String(!this.folded), "aria-label": this.words }, icon(this.folded ? "right" : "down"));
    b.addEventListener("click", () => view && toggleGroup(view, this.group));
    return b;
  }
}

class Lane extends Cell {
  constructor(cls: string, readonly side: Side, readonly sure: boolean, word: string, readonly label: string, readonly message: number) {
    super(cls, word);
  }
  override eq(o: Lane): boolean {
    return super.eq(o) && o.side === this.side && o.sure === this.sure && o.label === this.label && o.message === this.message;
  }
  override toDOM(): Node {
    const client = this.side === "client";
    const b = h(
      "button", { class: `arrow-of ${this.side}${this.sure ? "" : " unsure"}`, type: "button", tabindex: "-1", "aria-label": this.label, title: this.label },
      icon(client ? "to-server" : "to-client", "arrow", "0 0 84 20"), icon(client ? "flag-client" : "flag-server", "flag", "0 0 24 16"),
      this.words && h("b", {}, this.words),
    );
    b.addEventListener("click", () => (popover.value = { kind: "lane", anchor: b, message: this.message }));
    return b;
  }
}

interface Here {
  l: Loaded;
  id: number;
  /** The line is the first of its message. */
  first: boolean;
}

function here(view: EditorView, line: BlockInfo): Here | null {
  const a = view.state.field(annotation);
  if (!a.loaded) return null;
  const m = a.loaded.tables.messages;
  const from = annotated(a, line.from);
  const id = messageOn(m, from);
  if (id < 0) return null;
  return { l: a.loaded, id, first: m.start[id] === from };
}

/** The message before id that has a side, or -1. */
function before(l: Loaded, id: number): number {
  const m = l.tables.messages;
  let k = id - 1;
  while (k >= 0 && m.kind[k] === NOISE && id - k < 50) k--;
  return k >= 0 && m.kind[k] !== NOISE ? k : -1;
}

function changed(tr: Transaction): boolean {
  return tr.docChanged || tr.effects.some((e) => e.is(setLoaded) || e.is(redraw) || e.is(setShow));
}

type Make = (view: EditorView, line: BlockInfo, cls: string, x: Here | null) => Cell | null;

/** A gutter. One that is plain words is drawn while the thumb of the scroll bar is dragged, too. */
function column(cls: string, make: Make, plainly = false, spacer?: Cell): Extension {
  return gutter({
    class: cls,
    lineMarker(view, line) {
      const coarse = view.plugin(pace)?.coarse && !plainly;
      const a = view.state.field(annotation);
      const x = here(view, line);
      const text = view.state.doc.lineAt(line.from);
      const names = a.loaded ? lineClasses(a.loaded, annotated(a, text.from), annotated(a, text.to), view.state.field(show)) : "";
      return (coarse ? null : make(view, line, names, x)) ?? (names ? new Cell(names) : null);
    },
    widgetMarker(view, _widget, block) {
      const x = here(view, block);
      if (!x) return null;
      return new Cell("cont " + SIDES[x.l.tables.messages.side[x.id]] + (many(x.l, x.l.groups.of[x.id]) ? " g-many" : ""));
    },
    lineMarkerChange: (u) => u.transactions.some(changed) || u.startState.field(folds) !== u.state.field(folds),
    initialSpacer: spacer ? () => spacer : undefined,
  });
}

export const gutters: Extension = [
  column("g-fold", (view, _line, cls, x) => {
    if (!x?.first || view.state.field(show).editing) return null;
    const g = x.l.groups.of[x.id];
    if (x.l.groups.first[g] !== x.id || !many(x.l, g)) return null;
    return new Fold(cls, g, view.state.field(folds).groups.has(g), groupName(x.l, g));
  }),
  column("g-line", (view, line, cls) => new Cell(cls, number(linesBefore() + view.state.doc.lineAt(line.from).number)), true, new Cell("", "999")),
  column("g-time", (_view, _line, cls, x) => {
    if (!x?.first) return null;
    const m = x.l.tables.messages;
    const k = before(x.l, x.id);
    const words = clockChange(m.time[x.id], k < 0 ? NaN : m.time[k]);
    return words ? new Cell(cls, words) : null;
  }, true),
  column("g-lane", (_view, _line, cls, x) => {
    if (!x?.first) return null;
    const m = x.l.tables.messages;
    const side = SIDES[m.side[x.id]];
    if (side === "none") return null;
    const k = before(x.l, x.id);
    const word = k < 0 || m.side[k] !== m.side[x.id] || m.connection[k] !== m.connection[x.id] ? t.value.log.lane[side] : "";
    const label = t.value.log.laneWhy(t.value.log.lane[side]) + (Number.isNaN(m.time[x.id]) ? "" : " " + clock(m.time[x.id]));
    return new Lane(cls, side, m.sure[x.id] === 1, word, label, x.id);
  }),
];
