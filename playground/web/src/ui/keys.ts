/** The keyboard: one layer over the whole page. Single letters act only while reading, and can be switched off. */
import { editor, setEditing } from "../editor/view";
import { folds, toggleAll, toggleGroup } from "../editor/folds";
import { t } from "../i18n";
import { markdown } from "../model/exports";
import { connection, loaded, phase } from "../model/store";
import {
  back, explanation, forward, innerToken, outer, pane, sheet, stepCommand, stepMessage, stepToken, unselect,
} from "../model/selection";
import { copy, dialog, editMode, full, popover, setFull, showInlays, showPrefix, singleKeys, turnTheme } from "../model/view";
import { readTransfer } from "./files";
import { focusFind, query } from "./find";
import { listenToHash } from "./links";
import { stepProblem } from "./problems";
import { swap } from "./topbar";

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !/^(checkbox|radio|button|file)$/.test(target.type));
}

const PANES = [".tabs [tabindex='0']", ".timeline [tabindex='0']", ".log .cm-content", "#explanation", ".tree [tabindex='0']", ".hex", ".problem-list [tabindex='0']"];

function nextPane(dir: number): void {
  const list = PANES.map((s) => document.querySelector<HTMLElement>(s)).filter((e): e is HTMLElement => e !== null && e.offsetParent !== null);
  if (list.length === 0) return;
  const at = list.findIndex((e) => e.contains(document.activeElement));
  list[(at + dir + list.length) % list.length].focus();
}

function togglePane(p: "tree" | "bytes"): void {
  pane.value = pane.peek() === p ? "explain" : p;
  if (sheet.peek() === "low") sheet.value = "half";
  requestAnimationFrame(() => document.querySelector<HTMLElement>(p === "tree" ? ".tree [tabindex='0']" : ".hex")?.focus());
}

function foldHere(): void {
  const view = editor.peek(), l = loaded.peek(), id = explanation.peek()?.message;
  if (view && l && id !== undefined) {
    const g = l.groups.of[id];
    if (l.groups.first[g] !== l.groups.last[g] || view.state.field(folds).groups.has(g)) toggleGroup(view, g);
  }
}

const READING: Record<string, () => void> = {
  j: () => void stepMessage(1),
  k: () => void stepMessage(-1),
  ArrowRight: () => void stepToken(1),
  ArrowLeft: () => void stepToken(-1),
  ArrowUp: outer,
  ArrowDown: innerToken,
  "]": () => void stepCommand(1),
  "[": () => void stepCommand(-1),
  n: () => stepProblem(1),
  p: () => stepProblem(-1),
  g: () => { query.value = "line:"; focusFind(false); },
  " ": foldHere,
  t: () => togglePane("tree"),
  b: () => togglePane("bytes"),
  x: () => setFull(!full.peek()),
  l: () => (showPrefix.value = !showPrefix.peek()),
  i: () => (showInlays.value = !showInlays.peek()),
  "/": () => focusFind(),
  e: () => setEditing(true),
  r: () => (dialog.value = "redact"),
  c: () => void markdown(true).then((s) => copy(s, t.peek().status.copied, t.peek().status.notCopied)),
  s: swap,
  w: () => { if (explanation.peek()) dialog.value = "encode"; },
};

const ALWAYS: Record<string, () => void> = {
  d: turnTheme,
  "?": () => (dialog.value = "keys"),
};

const LETTER = /^[a-z/?[\]]$/;

function onKey(e: KeyboardEvent): void {
  if (e.defaultPrevented || dialog.peek() || e.isComposing) return;
  if (e.key === "F6") {
    e.preventDefault();
    nextPane(e.shiftKey ? -1 : 1);
    return;
  }
  if (e.altKey && !e.ctrlKey && !e.metaKey && (e.key === "ArrowLeft" || e.key === "ArrowRight") && loaded.peek() && !typing(e.target)) {
    e.preventDefault();
    if (e.key === "ArrowLeft") back();
    else forward();
    return;
  }
  if (e.key === "Escape") {
    if (popover.peek()) popover.value = null;
    else if (editMode.peek()) setEditing(false);
    else if (sheet.peek() !== "low") sheet.value = "low";
    else unselect();
    return;
  }
  if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || editMode.peek()) return;
  if (LETTER.test(e.key) && !singleKeys.peek()) return;
  const always = ALWAYS[e.key];
  if (always) {
    e.preventDefault();
    always();
    return;
  }
  if (!loaded.peek() || phase.peek() !== "read") return;
  // Blank and Enter press the button that has the focus.
  const onButton = e.target instanceof HTMLElement && e.target.closest("button, a, summary, select") !== null;
  if (e.key === " " && e.shiftKey) {
    e.preventDefault();
    const view = editor.peek();
    if (view) toggleAll(view);
    return;
  }
  if (onButton && e.key === " ") return;
  // A pane that scrolls keeps its arrows, and so does what walks by them itself.
  if (e.key.startsWith("Arrow") && e.target instanceof HTMLElement) {
    if (e.target.closest(".tree, .hex, .problem-list, .track, [role=tablist], [role=separator]")) return;
    if (/(Up|Down)$/.test(e.key) && e.target.closest(".explain, .abnf, .literal")) return;
  }
  if (/^[1-9]$/.test(e.key)) {
    const n = loaded.peek()!.overview.connections.length;
    if (n > 1 && Number(e.key) <= n) connection.value = Number(e.key) - 1;
    return;
  }
  if (e.key === "0") connection.value = -1;
  const act = READING[e.key];
  if (!act) return;
  e.preventDefault();
  act();
}

export function listen(): void {
  // While capturing: CodeMirror would move its own cursor with the arrows.
  addEventListener("keydown", onKey, true);
  // Whoever clicks needs no ring around the pane; whoever walks with the keys does.
  const root = document.documentElement;
  document.addEventListener("keydown", (e) => { if (e.key === "Tab" || e.key === "F6" || e.key.startsWith("Arrow")) root.dataset.keys = ""; }, true);
  addEventListener("pointerdown", () => { delete root.dataset.keys; }, true);
  document.addEventListener("paste", (e) => {
    if (e.defaultPrevented || typing(e.target) || dialog.peek()) return;
    if (readTransfer(e.clipboardData)) e.preventDefault();
  });
  listenToHash();
}
