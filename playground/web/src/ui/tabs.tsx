/** One tab per connection, when there are several. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { number, t } from "../i18n";
import { productName } from "../lib/names";
import { cut, plain } from "../lib/visible";
import { connection, loaded } from "../model/store";
import { dialog, editMode } from "../model/view";
import { setEditing } from "../editor/view";
import { Icon } from "./icon";

export function Tabs() {
  const l = loaded.value, w = t.value;
  const list = l?.overview.connections ?? [];
  const gained = useSignal("");
  useSignalEffect(() => {
    const now = loaded.value, c = connection.value < 0 ? 0 : connection.value;
    gained.value = "";
    if (!now || now.overview.connections.length === 0) return;
    void now.doc.history(c).then((h) => {
      const first = h.capabilities.find((x) => !x.enabled), last = h.capabilities.filter((x) => !x.enabled).at(-1);
      if (!first || !last || first === last) return;
      const before = new Set(first.all), n = last.all.filter((x) => !before.has(x)).length;
      if (n > 0) gained.value = "+" + number(n);
    }, () => {});
  });
  const choose = (i: number) => (connection.value = i);
  const key = (e: KeyboardEvent) => {
    const by = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    e.preventDefault();
    e.stopPropagation();
    const n = list.length + 1;
    choose(((connection.value + 1 + by + n) % n) - 1);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.tabs [aria-selected="true"]')?.focus());
  };
  return (
    <nav class="tabs" aria-label={w.connections.label}>
      {list.length > 1 && (
        <div role="tablist" aria-label={w.connections.label} onKeyDown={key}>
          <Tab on={connection.value < 0} choose={() => choose(-1)}>{w.connections.all} <span class="n">{number(l!.overview.totals.messages)}</span></Tab>
          {list.slice(0, 200).map((c, i) => (
            <Tab key={c.id} on={connection.value === i} choose={() => choose(i)}>
              {i + 1} {cut(plain(c.server ? productName(c.server) : c.host || w.connections.unknown), 28)} {c.server && c.host && <span class="n host">{cut(plain(c.host), 40)}</span>}
            </Tab>
          ))}
        </div>
      )}
      {list.length === 1 && <span class="only">{[list[0].server && productName(list[0].server), list[0].host].filter(Boolean).map((s) => cut(plain(s), 60)).join(" · ")}</span>}
      <span class="grow" />
      {l && <button type="button" class="btn small hide-narrow" data-act="session" onClick={() => (dialog.value = "session")}>{gained.value ? w.top.capabilities(gained.value) : w.top.session}</button>}
      {l && (
        <button type="button" class="btn small hide-phone" aria-pressed={editMode.value} onClick={() => setEditing(!editMode.value)}>
          {editMode.value ? w.top.done : w.top.edit} <kbd aria-hidden="true">{editMode.value ? "Esc" : "e"}</kbd>
        </button>
      )}
      <span class="privacy"><Icon id="lock" />{w.status.privacy}</span>
    </nav>
  );
}

function Tab({ on, choose, children }: { on: boolean; choose: () => void; children: preact.ComponentChildren }) {
  return <button type="button" class="tab" role="tab" aria-selected={on} tabIndex={on ? 0 : -1} aria-controls="log" onClick={choose}>{children}</button>;
}
