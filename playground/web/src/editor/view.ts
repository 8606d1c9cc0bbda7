/** The transcript pane: one CodeMirror view that reads, and on demand edits. */
import { copyLineDown, deleteLine, history, historyKeymap, insertNewline, moveLineDown, moveLineUp, standardKeymap, undo, undoDepth } from "@codemirror/commands";
import { Compartment, EditorSelection, EditorState, Text, Transaction, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, ViewPlugin, type KeyBinding } from "@codemirror/view";
import { effect, signal } from "@preact/signals";
import { CLASSES } from "imapwire";
import { lang, t } from "../i18n";
import { glyph, HIDDEN } from "../lib/visible";
import { lineEnd } from "../model/bytes";
import { messageOn } from "../model/groups";
import { printing } from "../model/paper";
import { beginnings, connection, drawn, edit, loaded, phase, source, text, type Edit } from "../model/store";
import { arrived } from "../model/tokens";
import { explanation, nextWithTag, outer, parent, peek, reveal, selectAt, selected, sheet } from "../model/selection";
import { editMode, showInlays, showPrefix } from "../model/view";
import { readTransfer } from "../ui/files";
import { foldMore, folds, unfoldAt } from "./folds";
import { gutters } from "./gutters";
import { hits } from "./hits";
import { lit, marks, setLit } from "./marks";
import { pace } from "./pace";
import { annotated, annotation, grown, lists, redraw, setLoaded, setShow, show } from "./state";

/** How long the pointer rests on a token before its place is lit everywhere. */
const PEEK_AFTER = 80;

export const editor = signal<EditorView | null>(null);
/** Changes that undo would take back. */
export const undoable = signal(0);

const editable = new Compartment();
const labels = new Compartment();

function mode(editing: boolean): Extension {
  return editing
    ? [EditorState.readOnly.of(false), EditorView.editable.of(true)]
    : [EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of({ tabindex: "0" })];
}

function names(): Extension {
  return EditorView.contentAttributes.of({ "aria-label": t.value.log.label, role: editMode.peek() ? "textbox" : "group", spellcheck: "false", translate: "no", lang: "en" });
}

/** A textbox has attributes that a group may not have: CodeMirror sets them once, so they are taken away once per mode. */
const roles = ViewPlugin.define((view) => {
  const tidy = () => {
    if (view.state.readOnly) {
      view.contentDOM.removeAttribute("aria-multiline");
      view.contentDOM.removeAttribute("aria-readonly");
      view.contentDOM.removeAttribute("aria-autocomplete");
    } else view.contentDOM.setAttribute("aria-multiline", "true");
  };
  queueMicrotask(tidy);
  return { update: () => queueMicrotask(tidy) };
});

const glyphs = highlightSpecialChars({
  specialChars: new RegExp(HIDDEN.source, "g"),
  render(code, description) {
    const e = document.createElement("span");
    e.className = "glyph";
    e.textContent = glyph(code);
    e.title = description ?? "";
    e.setAttribute("aria-label", description ?? glyph(code));
    return e;
  },
});

/** Tells the engine of what the user typed; positions count in the text before each change. */
const listener = EditorView.updateListener.of((u) => {
  if (!u.docChanged) return;
  const list: Edit[] = [];
  for (const tr of u.transactions) {
    if (!tr.docChanged || tr.annotation(Transaction.remote)) continue;
    const mine: Edit[] = [];
    const end = source.peek() ? lineEnd(source.peek()!.octets) : "\n";
    tr.changes.iterChanges((from, to, _fb, _tb, insert) => mine.push({ from, to, insert: insert.sliceString(0, insert.length, end) }));
    list.push(...mine.reverse()); // from the end, so that the places before stay
  }
  undoable.value = undoDepth(u.state);
  if (list.length > 0) edit(list);
});

/** The screen may be complete when the thumb of the scroll bar rests, without anything that comes from the engine. */
const settler = EditorView.updateListener.of((u) => {
  if (drawn.peek() < 0 && u.transactions.some((tr) => tr.effects.some((e) => e.is(redraw)))) settle(u.view);
});

/** What is copied has the masks, and one kind of line end. */
function copyText(view: EditorView): string | null {
  const { from, to } = view.state.selection.main;
  if (from === to) return null;
  const a = view.state.field(annotation);
  let out = "", at = from;
  const secrets = a.loaded?.tables.secrets;
  for (let i = 0; secrets && i < secrets.length; i++) {
    const start = a.stale ? a.stale.mapPos(secrets.start[i]) : secrets.start[i];
    const end = a.stale ? a.stale.mapPos(secrets.end[i]) : secrets.end[i];
    if (end <= at || start >= to) continue;
    out += view.state.sliceDoc(at, Math.max(start, at)) + "****";
    at = Math.min(end, to);
  }
  return out + view.state.sliceDoc(at, to);
}

let resting: ReturnType<typeof setTimeout> | undefined;

function tokenUnder(view: EditorView, target: EventTarget | null): number {
  const e = target instanceof Element ? target.closest(".tok") : null;
  if (!e || !view.contentDOM.contains(e)) return -1;
  return annotated(view.state.field(annotation), view.posAtDOM(e));
}

const pointer = EditorView.domEventHandlers({
  click(event, view) {
    if (event.button !== 0 || !view.state.selection.main.empty || view.state.field(annotation).stale) return false;
    let at = tokenUnder(view, event.target);
    if (at < 0) {
      if (event.target instanceof Element && event.target.closest("button, .cm-widget, .literal, .finding")) return false;
      const found = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (found === null) return false;
      at = found;
    }
    const now = selected.peek();
    const again = now && at >= now.from && at < now.to && !view.state.field(show).editing && explanation.peek()?.path.length;
    if (again && event.detail === 1) outer();
    else void selectAt(at, false);
    if (sheet.peek() === "low") sheet.value = "half";
    return false;
  },
  dblclick(event, view) {
    const at = tokenUnder(view, event.target);
    const l = view.state.field(annotation).loaded;
    if (at < 0 || !l || view.state.field(show).editing) return false;
    const id = messageOn(l.tables.messages, at);
    let tag = false;
    l.tokens.each(id, id + 1, at, at + 1, (k) => (tag ||= CLASSES[k.class] === "tag"));
    if (!tag) return false;
    event.preventDefault();
    void nextWithTag(id);
    return true;
  },
  mousemove(event, view) {
    clearTimeout(resting);
    const at = tokenUnder(view, event.target);
    if (at < 0) {
      if (peek.peek()) peek.value = null;
      return false;
    }
    resting = setTimeout(() => {
      const l = view.state.field(annotation).loaded;
      if (!l) return;
      const id = messageOn(l.tables.messages, at);
      l.tokens.each(id, id + 1, at, at + 1, (k) => {
        if (k.start <= at && k.end > at) peek.value = { from: k.start, to: k.end, message: id };
      });
    }, PEEK_AFTER);
    return false;
  },
  mouseleave() {
    clearTimeout(resting);
    peek.value = null;
    return false;
  },
  paste(event, view) {
    // While reading, a paste is another transcript; while editing it is CodeMirror's.
    if (!view.state.readOnly) return false;
    if (readTransfer(event.clipboardData)) event.preventDefault();
    return true;
  },
  copy(event, view) {
    const s = copyText(view);
    if (s === null || !event.clipboardData) return false;
    event.clipboardData.setData("text/plain", s);
    event.preventDefault();
    return true;
  },
  dragstart(event) {
    event.preventDefault();
    return true;
  },
});

/** Nothing here knows of indenting, see lib/language.ts. */
const keys: KeyBinding[] = [
  { key: "Enter", run: insertNewline, shift: insertNewline },
  { key: "Alt-ArrowUp", run: moveLineUp },
  { key: "Alt-ArrowDown", run: moveLineDown },
  { key: "Shift-Alt-ArrowDown", run: copyLineDown },
  { key: "Shift-Mod-k", run: deleteLine },
  ...historyKeymap,
  ...standardKeymap,
];

function extensions(): Extension {
  return [
    annotation, show, lists, folds, lit, hits, pace, marks, gutters, glyphs, roles,
    editable.of(mode(editMode.peek())), labels.of(names()),
    EditorView.lineWrapping,
    history(),
    keymap.of(keys),
    listener, settler, pointer,
    EditorState.tabSize.of(8),
  ];
}

function stateOf(doc: Text): EditorState {
  return EditorState.create({ doc, extensions: extensions() });
}

/** Makes the pane inside parentElement and keeps it in step with the page. Returns what takes it away. */
export function mount(parentElement: HTMLElement): () => void {
  const view = new EditorView({ parent: parentElement, state: stateOf(text.peek() ?? Text.empty) });
  editor.value = view;
  let shown: Text | null = null; // what text held when the pane took it
  let drawing = false, gone = false;
  const stops = [
    effect(() => {
      const doc = text.value ?? Text.empty;
      if (doc === view.state.doc) return;
      const begun = beginnings.get(doc);
      if (begun && begun === shown) {
        shown = doc;
        view.dispatch({
          changes: { from: begun.length, insert: doc.slice(begun.length) }, effects: grown.of(null),
          annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
        });
        return;
      }
      shown = doc;
      editMode.value = false;
      view.setState(stateOf(doc));
      view.dispatch({ effects: [setShow.of({ prefix: showPrefix.peek(), inlays: showInlays.peek(), connection: connection.peek(), editing: false })] });
      view.scrollDOM.scrollTop = 0;
      undoable.value = 0;
      if (loaded.peek()) annotate(view);
    }),
    effect(() => {
      void loaded.value;
      void text.value;
      annotate(view);
    }),
    effect(() => {
      void arrived.value;
      // What came is drawn once a frame, and only if something visible waits for it.
      if (drawing) return;
      drawing = true;
      requestAnimationFrame(() => {
        drawing = false;
        if (gone || !view.state.field(annotation).loaded) return;
        if (!view.plugin(marks)?.complete) view.dispatch({ effects: redraw.of(null) });
        settle(view);
      });
    }),
    effect(() => {
      const editing = editMode.value;
      view.dispatch({ effects: [editable.reconfigure(mode(editing)), labels.reconfigure(names()), setShow.of({ editing, prefix: showPrefix.value, inlays: showInlays.value, connection: connection.value })] });
    }),
    effect(() => {
      void printing.value;
      view.dispatch({ effects: redraw.of(null) });
    }),
    effect(() => {
      void lang.value;
      view.dispatch({ effects: [labels.reconfigure(names()), redraw.of(null), setShow.of({})] });
    }),
    effect(() => {
      const l = loaded.value, s = selected.value;
      let here = null;
      const id = explanation.value?.message;
      if (l && id !== undefined && id < l.groups.of.length) {
        const g = l.groups.of[id], m = l.tables.messages;
        here = { from: m.start[l.groups.first[g]], to: Math.max(m.start[l.groups.first[g]], m.end[l.groups.last[g]] - 1) };
      }
      view.dispatch({ effects: setLit.of({ selected: s, parent: parent.value, peek: peek.value, here }) });
    }),
    effect(() => {
      // The phone's sheet has risen over the transcript: what is chosen stays in sight.
      if (sheet.value === "half") setTimeout(() => selected.peek() && (reveal.value = reveal.peek() + 1), 200);
    }),
    effect(() => {
      void reveal.value;
      const s = selected.peek();
      if (s && s.from <= view.state.doc.length) bringIntoView(view, s.from);
    }),
    effect(() => {
      if (phase.value === "failed" && loaded.value) drawn.value = loaded.value.overview.source.bytes;
    }),
  ];
  return () => {
    gone = true;
    for (const stop of stops) stop();
    view.destroy();
    editor.value = null;
  };
}

/** Gives the pane the annotation, once its text and the annotation are of the same document. */
function annotate(view: EditorView): void {
  const l = loaded.peek();
  // The text on screen is longer where only its beginning is annotated. A shorter one is of another document, or still coming.
  if (l && !l.partial && view.state.doc.length < l.overview.source.length) return;
  if (view.state.field(annotation).loaded !== l || view.state.field(annotation).stale) {
    view.dispatch({ effects: setLoaded.of(l) });
    foldMore(view);
  }
  settle(view);
}

/** Says how much is annotated once the tokens on screen are drawn. */
function settle(view: EditorView): void {
  const l = view.state.field(annotation).loaded;
  if (!l || l.partial || l !== loaded.peek()) return;
  const plugin = view.plugin(marks);
  if (plugin?.complete) requestAnimationFrame(() => {
    if (loaded.peek() === l) drawn.value = l.overview.source.bytes;
  });
}

export function bringIntoView(view: EditorView, position: number): void {
  unfoldAt(view, position);
  view.dispatch({ effects: EditorView.scrollIntoView(position, { y: "nearest", yMargin: 64 }) });
}

/** Turns between reading and editing; the cursor goes to a position, or to the chosen token. */
export function setEditing(on: boolean, position?: number): void {
  const view = editor.peek();
  if (!view || phase.peek() !== "read") return;
  editMode.value = on;
  if (on) {
    const at = position ?? selected.peek()?.from;
    if (at !== undefined && at <= view.state.doc.length) view.dispatch({ selection: EditorSelection.cursor(at) });
    view.focus();
  } else view.contentDOM.focus();
}

export function undoEdit(): void {
  const view = editor.peek();
  if (view) undo(view);
}
