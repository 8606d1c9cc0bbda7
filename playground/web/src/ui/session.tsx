/** What a connection's server could do before and after login, and what became known of its mailboxes. */
import type { History, MailboxEvent } from "imapwire";
import { useSignal, useSignalEffect } from "@preact/signals";
import { number, t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { connection, loaded, type Loaded } from "../model/store";
import { selectMessage } from "../model/selection";
import { dialog } from "../model/view";
import { Dialog } from "./dialogs";

const COLUMNS = ["exists", "recent", "uidnext", "uidvalidity", "highestmodseq"] as const;

interface Row { message: number; values: Record<string, string>; changed: Set<string> }

/** One row per message that told something new of a mailbox. */
function rows(events: MailboxEvent[]): Map<string, Row[]> {
  const out = new Map<string, Row[]>();
  const shown: readonly string[] = COLUMNS;
  for (const e of events) {
    if (!shown.includes(e.what)) continue;
    const list = out.get(e.mailbox) ?? [];
    out.set(e.mailbox, list);
    let last = list.at(-1);
    if (last?.values[e.what] === e.value) continue;
    if (!last || last.message !== e.message) list.push((last = { message: e.message, values: { ...last?.values }, changed: new Set() }));
    last.changed.add(e.what);
    last.values[e.what] = e.value;
  }
  return out;
}

export function Session() {
  const w = t.value.session, l = loaded.value;
  const which = Math.max(0, connection.value);
  const history = useSignal<History | null>(null);
  const all = useSignal(false);
  useSignalEffect(() => {
    const now = loaded.value;
    history.value = null;
    if (now && now.overview.connections.length > 0) void now.doc.history(Math.max(0, connection.value)).then((h) => (history.value = h), (e) => { if (loaded.peek() === now) console.error(e); });
  });
  if (!l) return null;
  const h = history.value;
  const lists = h?.capabilities.filter((c) => !c.enabled) ?? [];
  const first = lists[0], last = lists.at(-1);
  const before = new Set(first?.all ?? []), after = new Set(last?.all ?? []);
  const kept = [...before].filter((c) => after.has(c)), gone = [...before].filter((c) => !after.has(c)), gained = [...after].filter((c) => !before.has(c));
  const enabled = h?.capabilities.filter((c) => c.enabled).flatMap((c) => c.all) ?? [];
  const chips = [...kept.map((c) => [c, ""]), ...gone.map((c) => [c, "gone"]), ...gained.map((c) => ["+ " + c, "gained"])];
  return (
    <Dialog title={w.title} note={l.overview.connections.length > 1 ? t.value.connections.one(which + 1) : undefined} wide>
      <div class="pad">
        <h3 class="part-title">{w.capabilities}</h3>
        {h && chips.length === 0 && <p class="dim">{w.noCapabilities}</p>}
        <ul class="chips mono">
          {chips.slice(0, all.value ? undefined : 48).map(([c, cls]) => <li key={c} class={cls}>{cut(plain(c), 60)}</li>)}
          {!all.value && chips.length > 48 && <li><button type="button" class="more" onClick={() => (all.value = true)}>{w.more(chips.length - 48)}</button></li>}
        </ul>
        {enabled.length > 0 && <><h3 class="part-title">{w.enabled}</h3><ul class="chips mono">{enabled.map((c) => <li key={c} class="gained">{cut(plain(c), 60)}</li>)}</ul></>}
        {h && [...rows(h.mailboxes)].slice(0, 40).map(([name, list]) => <Mailbox key={name} name={name} list={list} l={l} />)}
        {h && h.mailboxes.length === 0 && <p class="dim">{w.noMailbox}</p>}
      </div>
    </Dialog>
  );
}

function Mailbox({ name, list, l }: { name: string; list: Row[]; l: Loaded }) {
  const w = t.value.session;
  const columns = COLUMNS.filter((c) => list.some((r) => r.values[c] !== undefined));
  return (
    <>
      <h3 class="part-title">{w.mailbox(cut(plain(name), 80))}</h3>
      <div class="scroll-x" tabIndex={0} role="group" aria-label={w.mailbox(plain(name))}>
        <table class="table">
          <thead><tr><th scope="col">{w.line}</th>{columns.map((c) => <th key={c} scope="col" class="num">{c.toUpperCase()}</th>)}<th scope="col" class="hide-phone">{w.toldBy}</th></tr></thead>
          <tbody>
            {list.slice(0, 200).map((r) => (
              <tr key={r.message}>
                <td><button type="button" class="link" onClick={() => { dialog.value = ""; void selectMessage(r.message); }}>{number(l.tables.messages.line[r.message] ?? 0)}</button></td>
                {columns.map((c) => <td key={c} class="num">{r.changed.has(c) ? <b>{plain(r.values[c])}</b> : plain(r.values[c] ?? "")}</td>)}
                <td class="hide-phone">{plain(l.str(l.tables.messages.name[r.message] ?? 0))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
