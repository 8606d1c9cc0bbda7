/** Redaction: what is found, what it becomes, what changes line by line, and what a scan of the result still finds. */
import type { RedactOptions, Redacted } from "imapwire";
import { effect, signal, useSignal, useSignalEffect } from "@preact/signals";
import { editor, undoable } from "../editor/view";
import { number, t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { loaded, open, source, text } from "../model/store";
import { copy, dialog } from "../model/view";
import { Dialog } from "./dialogs";
import { Icon } from "./icon";

export type Part = "people" | "hosts" | "content" | "mailboxes";

/** What the reader chose to take out, besides the secrets, which always go. */
export const chosen = signal<Record<Part, boolean>>({ people: true, hosts: true, content: true, mailboxes: true });
/** Places that the reader selected to be taken out too: pairs of positions. */
export const extra = signal<number[]>([]);
// They are places of one text: another, or an edit of it, has others.
effect(() => {
  void text.value;
  void undoable.value;
  extra.value = [];
});

export function redactOptions(): RedactOptions {
  return { ...chosen.peek(), ...(extra.peek().length > 0 ? { extra: extra.peek() } : {}) };
}

/** The choice that each kind of what is replaced belongs to; the rest are secrets. */
const PART_OF: Record<string, Part> = {
  user: "people", address: "people", person: "people", subject: "people", host: "hosts", ip: "hosts", content: "content", mailbox: "mailboxes", keyword: "mailboxes",
};

interface Changed { line: number; before: string; after: string }

/** Lines that differ; both texts have the same lines unless a secret spans several. */
function changes(before: string, after: string): Changed[] {
  const a = before.split(/\r\n|\r|\n/), b = after.split(/\r\n|\r|\n/), out: Changed[] = [];
  for (let i = 0; i < Math.max(a.length, b.length) && out.length < 40; i++) if (a[i] !== b[i]) out.push({ line: i + 1, before: a[i] ?? "", after: b[i] ?? "" });
  return out;
}

export function Redact() {
  const w = t.value.redact;
  const result = useSignal<Redacted | null>(null);
  const diff = useSignal<Changed[]>([]);
  useSignalEffect(() => {
    const l = loaded.value;
    void chosen.value;
    void extra.value;
    if (!l) return;
    let stale = false;
    void l.doc.redact(redactOptions()).then(
      (r) => {
        if (stale) return;
        result.value = r;
        const view = editor.peek();
        diff.value = view ? changes(view.state.doc.toString(), r.text) : [];
      },
      (e) => { if (!stale && loaded.peek() === l) console.error(e); },
    );
    return () => { stale = true; };
  });
  const r = result.value;
  const total = r ? r.replaced.reduce((n, x) => n + x.count, 0) : 0;
  const counts: Partial<Record<"secrets" | Part, number>> = {};
  for (const x of r?.replaced ?? []) {
    const part = PART_OF[x.kind] ?? "secrets";
    counts[part] = (counts[part] ?? 0) + x.count;
  }
  const selection = editor.value?.state.selection.main;
  const row = (part: "secrets" | Part) => (
    <tr key={part}>
      <td>
        <label class="check">
          <input
            type="checkbox" checked={part === "secrets" || chosen.value[part]} disabled={part === "secrets"}
            onChange={(e) => { if (part !== "secrets") chosen.value = { ...chosen.value, [part]: e.currentTarget.checked }; }}
          />
          {w.groups[part]}
        </label>
      </td>
      <td>{w.becomesOf[part]}</td>
      <td class="num">{number(counts[part] ?? 0)}</td>
    </tr>
  );
  return (
    <Dialog
      title={w.title} note={r ? w.count(total) : "…"}
      foot={
        <>
          <button type="button" class="btn cancel" onClick={() => (dialog.value = "")}>{w.cancel}</button>
          <button
            type="button" class="btn edge" disabled={!r}
            onClick={() => { dialog.value = ""; void open({ name: source.peek()?.name ?? "redacted.txt", octets: new TextEncoder().encode(r!.text), origin: "edit" }); }}
          >{w.open}</button>
          <button type="button" class="btn edge" disabled={!r} onClick={() => void copy(r!.text, t.value.status.copied, t.value.status.notCopied)}>{w.copy}</button>
          <button type="button" class="btn main" disabled={!r} onClick={() => (dialog.value = "share")}>{w.toShare}</button>
        </>
      }
    >
      <div class="pad">
        <table class="table">
          <thead><tr><th scope="col">{w.found}</th><th scope="col">{w.becomes}</th><th scope="col" class="num">{w.times}</th></tr></thead>
          <tbody>{(["secrets", "people", "hosts", "content", "mailboxes"] as const).map(row)}</tbody>
        </table>
        {selection && !selection.empty && <button type="button" class="btn edge small" onClick={() => (extra.value = [...extra.value, selection.from, selection.to])}>{w.extra}</button>}
        {extra.value.length > 0 && <p class="dim">{w.extras(extra.value.length / 2)} <button type="button" class="link" onClick={() => (extra.value = [])}>{w.noExtra}</button></p>}
        <h3 class="part-title">{w.preview}</h3>
        <div class="diff mono" tabIndex={0} role="group" aria-label={w.preview}>
          {r && diff.value.length === 0 && <div>{w.noChange}</div>}
          {diff.value.map((d) => <Difference key={d.line} d={d} />)}
        </div>
        {r && r.suspects.length === 0 && <p class="ok verdict"><Icon id="check" /><span>{w.passed}</span></p>}
        {r && r.suspects.length > 0 && (
          <div class="error verdict"><Icon id="error" /><div><p>{w.leaks(r.suspects.length)}</p>
            <ul>{r.suspects.slice(0, 8).map((s, i) => <li key={i}>{w.kinds[s.kind] ?? plain(s.kind)} · {w.line(lineAt(r.text, s.start))}</li>)}</ul></div></div>
        )}
        <p class="warning verdict"><Icon id="warning" /><span>{w.notChecked}</span></p>
      </div>
    </Dialog>
  );
}

function lineAt(s: string, position: number): number {
  return s.slice(0, position).split(/\r\n|\r|\n/).length;
}

/** One line before and after; what is gone from the first is covered, since it may be a password. */
function Difference({ d }: { d: Changed }) {
  let a = 0;
  while (a < d.before.length && d.before[a] === d.after[a]) a++;
  let b = 0;
  while (b < d.before.length - a && b < d.after.length - a && d.before[d.before.length - 1 - b] === d.after[d.after.length - 1 - b]) b++;
  const gone = d.before.length - a - b;
  return (
    <>
      <div class="gone"><span class="dim">{number(d.line)}</span> {cut(plain(d.before.slice(0, a)), 80)}<del aria-label={t.value.log.masked}>{"•".repeat(Math.min(gone, 24))}</del>{cut(plain(d.before.slice(d.before.length - b)), 80)}</div>
      <div class="new"><span class="dim">{number(d.line)}</span> {cut(plain(d.after.slice(0, a)), 80)}<ins>{cut(plain(d.after.slice(a, d.after.length - b)), 120)}</ins>{cut(plain(d.after.slice(d.after.length - b)), 80)}</div>
    </>
  );
}
