/** What a screen reader is told of what happens elsewhere on the page. */
import { effect } from "@preact/signals";
import { editor } from "../editor/view";
import { t } from "../i18n";
import { plain } from "../lib/visible";
import { drawn, linesBefore, problemCount, progress } from "../model/store";
import { explanation, selected } from "../model/selection";
import { announcement, editMode } from "../model/view";

export function announce(): void {
  // What a screen reader hears when the selection moves: what it is, then where.
  effect(() => {
    const e = explanation.value, at = selected.value, view = editor.peek();
    if (!e || !at || !view || at.from > view.state.doc.length) return;
    announcement.value = `${plain(e.title)}. ${plain(e.lead)} ${t.peek().status.line(linesBefore() + view.state.doc.lineAt(at.from).number)}`;
  });
  // Progress in steps of a quarter.
  let said = 0;
  effect(() => {
    const p = progress.value;
    if (!p) {
      said = 0;
      return;
    }
    const quarter = Math.floor((p.done / Math.max(1, p.total)) * 4);
    if (quarter > said && performance.now() - p.since > 500) announcement.value = t.peek().status.progress((said = quarter) * 25);
  });
  // New problems after an edit, as a count.
  effect(() => {
    const n = problemCount.value;
    if (editMode.peek() && drawn.peek() >= 0) announcement.value = t.peek().status.newProblems(n);
  });
}
