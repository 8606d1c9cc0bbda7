/** The line at the foot: where the selection is, the state there, totals, keys, version. */
import { STATES } from "imapwire";
import { t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { engineVersion, linesBefore, loaded, phase } from "../model/store";
import { explanation, selected, selectedWire } from "../model/selection";
import { editor } from "../editor/view";
import { dialog } from "../model/view";
import { duration } from "../model/time";
import { Icon } from "./icon";

declare const __VERSION__: string;
declare const __COMMIT__: string;

export function Status() {
  const l = loaded.value, w = t.value.status, e = explanation.value, at = selected.value, wire = selectedWire.value;
  const doc = editor.value?.state.doc;
  const line = at && doc && at.from <= doc.length ? linesBefore() + doc.lineAt(at.from).number : 0;
  const state = l && e && e.message < l.tables.messages.length ? STATES[l.tables.messages.state[e.message]] : "";
  return (
    <footer class="status">
      {line > 0 && <a href={"#L" + line} class="place">{wire ? w.place(line, wire.from, Math.max(wire.from, wire.to - 1)) : w.line(line)}</a>}
      {l && e && state && (
        <span class="badge"><Icon id={state === "authenticated" ? "disc-1" : state === "selected" ? "disc-2" : state === "logout" || state === "opaque" ? "disc-x" : "disc-0"} cls="disc" box="0 0 10 10" />
          {t.value.states[state]}{state === "selected" ? " " + cut(plain(l.str(l.tables.messages.mailbox[e.message])), 30) : ""}</span>
      )}
      {l && phase.value !== "failed" && <span class="totals">{w.totals(l.overview.totals.messages, l.overview.totals.commands, duration(l.elapsed))}</span>}
      <span class="grow" />
      <span class="keys">
        <span><kbd>j</kbd><kbd>k</kbd> {w.keys.line}</span>
        <span><kbd>[</kbd><kbd>]</kbd> {w.keys.command}</span>
        <span><kbd>n</kbd><kbd>p</kbd> {w.keys.problem}</span>
        <span><kbd>←</kbd><kbd>→</kbd> {w.keys.token}</span>
        <button type="button" onClick={() => (dialog.value = "keys")}><kbd>?</kbd> {w.keys.all}</button>
      </span>
      <span class="dim">{engineVersion.value || __VERSION__}{__COMMIT__ && " · " + __COMMIT__.slice(0, 7)}</span>
    </footer>
  );
}
