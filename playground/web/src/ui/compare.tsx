/** Two sessions side by side, aligned by command and not by line. */
import { useSignal } from "@preact/signals";
import { lang, t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { align, type Command, type Pair } from "../model/align";
import { fromBase64 } from "../model/bytes";
import { commands } from "../model/exports";
import { loaded, source, withEngine } from "../model/store";
import { duration } from "../model/time";
import { selectMessage } from "../model/selection";
import { dialog } from "../model/view";
import { Dialog } from "./dialogs";
import { examples } from "./examples";

/** Pairs that are listed. */
const MOST = 600;

export function Compare() {
  const w = t.value.compare, l = loaded.value;
  const other = useSignal("");
  const pairs = useSignal<Pair[] | null>(null);
  if (!l) return null;
  const run = async (name: string, input: string | Uint8Array) => {
    other.value = name;
    pairs.value = null;
    await withEngine(async (client) => {
      const doc = await client.open(input, { lang: lang.peek() });
      try {
        pairs.value = align(commands(l.tables), commands(await doc.tables()));
      } finally {
        await doc.close();
      }
    }).catch((e) => console.error(e));
  };
  const list = pairs.value;
  const alike = list?.filter((p) => p.same).length ?? 0;
  return (
    <Dialog title={w.title} wide>
      <div class="pad">
        <p>{w.text}</p>
        <div class="row compare-with">
          <label class="btn edge">{t.value.empty.open}<input class="sr" type="file" onChange={(e) => { const f = e.currentTarget.files?.[0]; if (f) void f.arrayBuffer().then((b) => run(plain(f.name), new Uint8Array(b))); }} /></label>
          <select class="field" aria-label={w.with} onChange={(e) => { const x = examples.value.find((y) => y.file === e.currentTarget.value); if (x) void run(x.title[lang.value], fromBase64(x.octets)); }}>
            <option value="">{t.value.top.examples}</option>
            {examples.value.map((x) => <option key={x.file} value={x.file}>{x.title[lang.value]}</option>)}
          </select>
          <textarea class="field" rows={1} aria-label={w.with} placeholder={t.value.empty.title} onPaste={(e) => { const s = e.clipboardData?.getData("text/plain"); if (s) { e.preventDefault(); void run("paste.txt", s); } }} />
        </div>
        {list && (
          <>
            <p role="status" class="dim">{alike === 0 ? w.none : w.same(alike, list.length)}</p>
            <div class="scroll-x" tabIndex={0} role="group" aria-label={w.title}>
              <table class="compare mono">
                <thead><tr><th scope="col">{cut(plain(source.value?.name ?? ""), 60)}</th><th scope="col">{cut(other.value, 60)}</th></tr></thead>
                <tbody>
                  {list.slice(0, MOST).map((p, i) => (
                    <tr key={i} class={p.same ? "" : "differs"}>
                      <Side c={p.a} missing={p.b?.name} answers={p.onlyA} go />
                      <Side c={p.b} missing={p.a?.name} answers={p.onlyB} />
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Side({ c, missing, answers, go }: { c: Command | null; missing: string | undefined; answers: string[]; go?: boolean }) {
  if (!c) return <td class="missing">{t.value.compare.missing(plain(missing ?? ""))}</td>;
  const bad = c.status === "NO" || c.status === "BAD";
  return (
    <td>
      {go ? <button type="button" class="link-plain" onClick={() => { dialog.value = ""; void selectMessage(c.id); }}><b>{plain(c.name)}</b></button> : <b>{plain(c.name)}</b>}{" "}
      <span class={bad ? "t-bad" : "t-ok"}>{c.status}</span> <span class="dim">{duration(c.latency)}</span>
      {answers.length > 0 && <div class="only">+ {answers.slice(0, 12).map(plain).join(", ")}</div>}
    </td>
  );
}
