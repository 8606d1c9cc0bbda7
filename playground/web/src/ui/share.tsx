/** Sharing, only after a click that says what is inside and how large it is. What is shared is redacted. */
import { signal, useSignal, useSignalEffect } from "@preact/signals";
import { NONE, SIDES } from "imapwire";
import { editor } from "../editor/view";
import { lang, t } from "../i18n";
import { download, html } from "../model/exports";
import { base64url, encrypt, MOST_COMPRESSED, pack, writePlace, type Place } from "../model/fragment";
import { connection, loaded, offline, options, withEngine, type Loaded } from "../model/store";
import { message, problem, selected } from "../model/selection";
import { copy, dialog, say } from "../model/view";
import { Dialog } from "./dialogs";
import { fileName } from "./export";
import { Icon } from "./icon";
import { redactOptions } from "./redact";

type Way = "link" | "short" | "file";
const DAYS = [1, 7, 30] as const;

const way = signal<Way>("link");

/** Too long for an address, in base64. */
const isLong = (packed: Uint8Array) => (packed.length * 4) / 3 > MOST_COMPRESSED;

/** The connection that is looked at: the tab's, else the selected message's, else the first. */
const chosenOne = (l: Loaded) => (connection.peek() >= 0 ? connection.peek() : message.peek() !== NONE ? l.tables.messages.connection[message.peek()] : 0);

/** A redacted copy of what one connection said. It is annotated as a text of its own: places in the whole mean nothing in it. */
async function redactOne(l: Loaded, one: number) {
  const m = l.tables.messages, text = editor.peek()?.state.doc.toString() ?? "", format = options.peek().format ?? l.overview.format.id;
  let part = "";
  for (let i = 0, at = 0; i < m.length; i++) {
    if (m.connection[i] !== one || SIDES[m.side[i]] === "none" || m.end[i] <= at) continue;
    part += text.slice(Math.max(at, m.start[i]), m.end[i]);
    at = m.end[i];
  }
  const { extra: _, ...o } = redactOptions();
  return withEngine(async (client) => {
    const doc = await client.open(part, { lang: lang.peek(), format, swap: options.peek().swap });
    try {
      return await doc.redact(o);
    } finally {
      await doc.close();
    }
  });
}

export function Share() {
  const w = t.value.share, l = loaded.value;
  const packed = useSignal<Uint8Array<ArrayBuffer> | null>(null);
  const leaks = useSignal(0);
  const at = useSignal(true);
  const only = useSignal(false);
  const days = useSignal<(typeof DAYS)[number]>(7);
  const link = useSignal("");
  useSignalEffect(() => {
    const now = loaded.value, alone = only.value;
    if (!now) return;
    packed.value = null;
    link.value = "";
    void (alone ? redactOne(now, chosenOne(now)) : now.doc.redact(redactOptions())).then(async (r) => {
      if (loaded.peek() !== now || only.peek() !== alone) return;
      leaks.value = r.suspects.length;
      const octets = await pack({ name: fileName(".txt"), text: r.text, format: options.peek().format ?? now.overview.format.id, swap: options.peek().swap });
      if (isLong(octets) && way.peek() === "link") way.value = offline.peek() ? "file" : "short";
      packed.value = octets;
    }, (e) => { if (loaded.peek() === now) console.error(e); }); // else its document is closed, and nobody waits for it
  });
  if (!l) return null;
  const doc = editor.value?.state.doc;
  const place: Place = {};
  if (problem.value >= 0) place.problem = problem.value + 1;
  const from = problem.value >= 0 ? l.tables.diagnostics.start[problem.value] : selected.value?.from;
  if (from !== undefined && doc && from <= doc.length) place.line = doc.lineAt(from).number;
  const several = l.overview.connections.length > 1;
  const where = at.value && !only.value ? writePlace(place) : "";
  const size = packed.value ? ((packed.value.length * 4) / 3 / 1000).toFixed(1) : "…";
  const tooLong = packed.value !== null && isLong(packed.value);
  const base = location.origin + location.pathname;
  const ready = way.value === "link" && packed.value && !tooLong ? `${base}#v1.${base64url(packed.value)}${where}` : way.value === "short" ? link.value : "";

  const make = async () => {
    try {
      const { sealed, key } = await encrypt(packed.value!);
      const r = await fetch(new URL(`api/share?ttl=${days.value}d`, document.baseURI), {
        method: "POST", headers: { "content-type": "application/octet-stream" }, body: sealed, credentials: "omit", referrerPolicy: "no-referrer",
      });
      if (!r.ok) throw new Error(String(r.status));
      const { id } = (await r.json()) as { id: string };
      link.value = `${base}#s1.${id}.${key}${where}`;
    } catch {
      say(w.failed);
    }
  };
  const option = (k: Way, title: string, note: string, disabled = false) => (
    <label class={"option" + (way.value === k ? " on" : "")}>
      <input type="radio" name="share" checked={way.value === k} disabled={disabled} onChange={() => (way.value = k)} />
      <b>{title}</b><small>{note}</small>
    </label>
  );
  return (
    <Dialog title={w.title} note={<span class="pill tint ok"><Icon id="check" />{t.value.export.redacted}</span>}>
      <div class="pad">
        <div class="options column" role="radiogroup" aria-label={w.title}>
          {option("link", w.link, tooLong ? w.tooLong(size) : w.linkNote(size), tooLong)}
          {option("short", w.short, offline.value ? w.offline : w.shortNote(days.value), offline.value)}
          {option("file", w.file, w.fileNote)}
        </div>
        {leaks.value > 0 && <p class="error verdict"><Icon id="error" /><span>{t.value.redact.leaks(leaks.value)}</span> <button type="button" class="link" onClick={() => (dialog.value = "redact")}>{w.look}</button></p>}
        {several && way.value !== "file" && (
          <label class="check">
            <input type="checkbox" checked={only.value} onChange={(e) => (only.value = e.currentTarget.checked)} />
            {w.only(chosenOne(l) + 1)}
          </label>
        )}
        {place.line !== undefined && way.value !== "file" && !only.value && (
          <label class="check">
            <input type="checkbox" checked={at.value} onChange={(e) => (at.value = e.currentTarget.checked)} />
            {place.problem !== undefined ? w.atProblem(place.problem, place.line) : w.at(place.line)}
          </label>
        )}
        {way.value === "short" && (
          <label class="check">{w.days} <select class="field" value={days.value} onChange={(e) => { days.value = Number(e.currentTarget.value) as 7; link.value = ""; }}>{DAYS.map((d) => <option key={d} value={d}>{w.dayCount(d)}</option>)}</select></label>
        )}
        <div class="url">
          {way.value !== "file" && <input class="field mono" readOnly aria-label={w.link_} value={ready} onFocus={(e) => e.currentTarget.select()} />}
          {way.value === "file"
            ? <button type="button" class="btn main" onClick={() => void html(true).then((s) => download(fileName(".html"), "text/html", s))}>{w.save}</button>
            : way.value === "short" && !link.value
              ? <button type="button" class="btn main" disabled={!packed.value || offline.value} onClick={() => void make()}>{w.make}</button>
              : <button type="button" class="btn main" disabled={!ready} onClick={() => void copy(ready, t.value.status.copied, t.value.status.notCopied)}>{w.copy}</button>}
        </div>
      </div>
    </Dialog>
  );
}
