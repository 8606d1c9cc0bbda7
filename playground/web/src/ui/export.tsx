/** Export: text, Markdown, HTML, JSON, and the smallest transcript that shows a problem. Redacted unless it is refused. */
import { signal, useSignal, useSignalEffect } from "@preact/signals";
import { t } from "../i18n";
import { cut, plainLines } from "../lib/visible";
import { download, html, json, markdown, minimal, plainText } from "../model/exports";
import { loaded, problemCount, source } from "../model/store";
import { problem } from "../model/selection";
import { copy } from "../model/view";
import { Dialog } from "./dialogs";
import { Icon } from "./icon";

type Kind = "text" | "markdown" | "html" | "json" | "minimal";

export const exportKind = signal<Kind>("markdown");

const FILE: Record<Kind, [string, string]> = {
  text: [".txt", "text/plain"], markdown: [".md", "text/markdown"], html: [".html", "text/html"], json: [".json", "application/json"], minimal: [".minimal.txt", "text/plain"],
};

export function exported(kind: Kind, redacted: boolean): Promise<string> {
  switch (kind) {
    case "text": return plainText(redacted);
    case "markdown": return markdown(redacted);
    case "html": return html(redacted);
    case "json": return json(redacted);
    case "minimal": return minimal(problem.peek());
  }
}

/** The name of the open text with another ending. */
export function fileName(ending: string): string {
  return (source.peek()?.name ?? "transcript").replace(/\.[a-z0-9]{1,6}$/i, "").replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) + ending;
}

export function Export() {
  const w = t.value.export;
  const redacted = useSignal(true);
  if (exportKind.peek() === "minimal" && problemCount.peek() === 0) exportKind.value = "markdown";
  const result = useSignal<string | null>(null);
  useSignalEffect(() => {
    const kind = exportKind.value, r = redacted.value;
    result.value = null;
    if (!loaded.value) return;
    let stale = false;
    void exported(kind, r).then((s) => { if (!stale) result.value = s; }, (e) => { if (stale) return; console.error(e); result.value = ""; });
    return () => { stale = true; };
  });
  const kinds: Kind[] = problemCount.value > 0 ? ["markdown", "text", "html", "json", "minimal"] : ["markdown", "text", "html", "json"];
  const notes = { text: w.textNote, markdown: w.markdownNote, html: w.htmlNote, json: w.jsonNote, minimal: w.minimalNote };
  const s = result.value;
  return (
    <Dialog
      title={w.title} note={s !== null ? t.value.size(new Blob([s]).size) : "…"} wide
      foot={
        <>
          <label class="check"><input type="checkbox" checked={redacted.value || exportKind.value === "minimal"} disabled={exportKind.value === "minimal"} onChange={(e) => (redacted.value = e.currentTarget.checked)} /> {redacted.value ? w.redacted : w.asIs}</label>
          <span class="grow" />
          <button type="button" class="btn edge" disabled={!s} onClick={() => void copy(s!, t.value.status.copied, t.value.status.notCopied)}>{w.copy}</button>
          <button type="button" class="btn main" disabled={!s} onClick={() => { const [ending, type] = FILE[exportKind.value]; download(fileName(ending), type, s!); }}><Icon id="export" />{w.download}</button>
        </>
      }
    >
      <div class="pad">
        <div class="options" role="radiogroup" aria-label={w.title}>
          {kinds.map((k) => (
            <label key={k} class={"option" + (k === exportKind.value ? " on" : "")}>
              <input type="radio" name="export" checked={k === exportKind.value} onChange={() => (exportKind.value = k)} />
              <b>{w[k]}</b><small>{notes[k]}</small>
            </label>
          ))}
        </div>
        {!redacted.value && exportKind.value !== "minimal" && <p class="warning verdict"><Icon id="warning" /><span>{w.warn}</span></p>}
        <pre class="preview mono" tabIndex={0} aria-label={w.title}>{s === null ? "…" : redacted.value || exportKind.value === "minimal" ? cut(plainLines(s), 6000) : "…"}</pre>
      </div>
    </Dialog>
  );
}
