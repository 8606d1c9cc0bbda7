/** The chosen message written anew by the encoder: normalised, or with one form of its strings; and where a client would wait. */
import { ENCODE_STYLES, SIDES, type Async, type Document, type Encoded, type EncodeOptions } from "imapwire";
import { useSignal, useSignalEffect } from "@preact/signals";
import { lang, t } from "../i18n";
import { plain } from "../lib/visible";
import { loaded, withEngine, type Loaded } from "../model/store";
import { message } from "../model/selection";
import { copy } from "../model/view";
import { Dialog } from "./dialogs";

type Style = NonNullable<EncodeOptions["style"]>;

/** Octets that are put on the page. */
const SHOWN = 16 * 1024;

/** The message holds something that the page covers. */
function secret(l: Loaded, id: number): boolean {
  const m = l.tables.messages;
  return m.firstSecret[id] < m.firstSecret[id + 1];
}

/** Writes a message anew. One with secrets is written from a copy without them: in another form a mask could not find them again. */
async function written(l: Loaded, id: number, options: EncodeOptions): Promise<Encoded> {
  if (!secret(l, id)) return l.doc.encode(id, options);
  const safe = (await l.doc.redact({ people: false, hosts: false, content: false, mailboxes: false })).text;
  return withEngine(async (client) => {
    const doc: Async<Document> = await client.open(safe, { lang: lang.peek(), format: l.overview.format.id });
    try {
      return await doc.encode(id, options);
    } finally {
      await doc.close();
    }
  });
}

export function Encode() {
  const w = t.value.encode, l = loaded.value, id = message.value;
  const style = useSignal<Style>("compact");
  const plus = useSignal(false);
  const result = useSignal<Encoded | null>(null);
  useSignalEffect(() => {
    const l = loaded.value, id = message.value, options: EncodeOptions = { style: style.value, literals: plus.value ? "plus" : "sync" };
    result.value = null;
    if (!l || id >= l.tables.messages.length) return;
    let stale = false;
    written(l, id, options).then(
      (r) => { if (!stale) result.value = r; },
      (e) => { if (!stale) result.value = { octets: new Uint8Array(), waits: [], error: String(e instanceof Error ? e.message : e) }; },
    );
    return () => { stale = true; };
  });
  if (!l || id >= l.tables.messages.length) return null;
  const m = l.tables.messages, r = result.value;
  const client = SIDES[m.side[id]] === "client";
  return (
    <Dialog
      title={w.title} note={t.value.structure.line(m.line[id])} wide
      foot={
        <>
          {r && !r.error && <span class="dim">{w.sizes(r.octets.length, m.octets[id], client ? r.waits.length : -1)}</span>}
          <span class="grow" />
          <button
            type="button" class="btn main" disabled={!r || r.error !== ""}
            onClick={() => void copy(new TextDecoder().decode(r!.octets), t.value.status.copied, t.value.status.notCopied)}
          >{w.copy}</button>
        </>
      }
    >
      <div class="pad">
        <div class="options" role="radiogroup" aria-label={w.title}>
          {ENCODE_STYLES.map((s) => (
            <label key={s} class={"option" + (s === style.value ? " on" : "")}>
              <input type="radio" name="encode" checked={s === style.value} onChange={() => (style.value = s)} />
              <b>{w.styles[s]}</b><small>{w.notes[s]}</small>
            </label>
          ))}
        </div>
        {client && <label class="check"><input type="checkbox" checked={plus.value} onChange={(e) => (plus.value = e.currentTarget.checked)} /> {w.plus}</label>}
        {secret(l, id) && <p class="note"><span>{w.secret}</span></p>}
        {r?.error
          ? <p class="warning verdict"><span>{w.refused} {plain(r.error)}</span></p>
          : <div class="preview mono encoded" tabIndex={0} role="group" aria-label={w.title}>{r ? <Lines r={r} /> : "…"}</div>}
      </div>
    </Dialog>
  );
}

/** The octets, a row per line; where the client waits stands between. */
function Lines({ r }: { r: Encoded }) {
  const w = t.value.encode;
  const rows = [];
  const end = Math.min(r.octets.length, SHOWN);
  const decoder = new TextDecoder();
  for (let at = 0, wait = 0; at < end; ) {
    const lf = r.octets.indexOf(10, at);
    const next = lf < 0 ? r.octets.length : lf + 1;
    const crlf = lf > at && r.octets[lf - 1] === 13;
    rows.push(
      <div key={at} class="line">{plain(decoder.decode(r.octets.subarray(at, Math.min(lf < 0 ? next : crlf ? lf - 1 : lf, end))))}{lf >= 0 && <span class="eol">{crlf ? "CRLF" : "LF"}</span>}</div>,
    );
    if (r.waits[wait] === next) {
      rows.push(<div key={"w" + at} class="wait">{w.wait}</div>);
      wait++;
    }
    at = next;
  }
  if (end < r.octets.length) rows.push(<div key="cut" class="dim">{w.more(r.octets.length - end)}</div>);
  return <>{rows}</>;
}
