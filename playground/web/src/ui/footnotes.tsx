/** On paper: the problems as footnotes, each with its place, its words and its clause. */
import { t } from "../i18n";
import { plain, plainLines } from "../lib/visible";
import { linesBefore, loaded } from "../model/store";
import { footnotes, printing } from "../model/paper";
import { editor } from "../editor/view";
import { RfcLink } from "./explain";
import { Icon } from "./icon";

export function Footnotes() {
  const l = loaded.value, list = footnotes.value;
  if (!printing.value || !l || list.length === 0) return null;
  const w = t.value.problems, m = l.tables.messages, doc = editor.value?.state.doc;
  return (
    <section class="footnotes">
      <h2>{w.title} {l.tables.diagnostics.length}</h2>
      <ol>
        {list.map((d) => (
          <li key={d.index} class={d.severity}>
            <p><Icon id={d.severity} /> <b>{w.severity[d.severity]}</b>, {w.placeWords(doc && d.start <= doc.length ? linesBefore() + doc.lineAt(d.start).number : m.line[d.message], m.connection[d.message] + 1)}: <b>{plain(d.title)}</b></p>
            <p>{plainLines(d.body)} {d.refs.slice(0, 2).map((r) => <RfcLink key={r.url} {...r} />)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
