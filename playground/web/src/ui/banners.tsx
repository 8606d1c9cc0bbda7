/** Lines over the transcript that say what is special about it, and the progress of its annotation. */
import { effect } from "@preact/signals";
import { KINDS, NONE, STATUSES } from "imapwire";
import { editor, undoable, undoEdit } from "../editor/view";
import { number, t } from "../i18n";
import { keys } from "../lib/names";
import { cut, plain } from "../lib/visible";
import { lineEnd } from "../model/bytes";
import { messageOn } from "../model/groups";
import { lastEdit, loaded, notice, offline, open, options, phase, previous, problemCount, progress, ready, source, stop, text, type Loaded, type Part } from "../model/store";
import { turnPart } from "../model/parts";
import { editMode } from "../model/view";
import { Icon } from "./icon";
import { updateReady } from "./offline";

export function Loading() {
  return <div class="loading"><Bar /></div>;
}

function Bar() {
  const p = progress.value, w = t.value.loading;
  if (!p) return null;
  const part = p.total > 0 ? p.done / p.total : 0;
  const spent = (performance.now() - p.since) / 1000;
  const left = part > 0.05 && spent > 0.6 ? (spent / part) * (1 - part) : -1;
  return (
    <div class="progress">
      <div class="row">
        <span>{w.annotating(cut(plain(source.value?.name ?? ""), 40), (p.done / 1e6).toFixed(1), (p.total / 1e6).toFixed(1))}</span>
        <span class="grow" />
        {left >= 0 && <span class="dim">{w.left(left.toFixed(1))}</span>}
        <button type="button" class="btn edge small" onClick={stop}>{w.stop}</button>
      </div>
      {text.value !== null && <p class="dim">{w.reading}</p>}
      <progress max={1} value={part} aria-label={w.progress(cut(plain(source.value?.name ?? ""), 40))} />
    </div>
  );
}

let problemsBefore = -1;
effect(() => {
  const on = editMode.value;
  if (on && problemsBefore < 0) problemsBefore = problemCount.peek();
  if (!on && undoable.peek() === 0) problemsBefore = -1;
});

/** The server refused a command as it stood before the last edit, and now it is valid: its answer speaks of another. */
function outgrown(l: Loaded): boolean {
  const m = l.tables.messages, i = lastEdit.value < 0 ? -1 : messageOn(m, lastEdit.value);
  return i >= 0 && KINDS[m.kind[i]] === "command" && m.failed[i] === 0 && m.answeredBy[i] !== NONE && STATUSES[m.status[m.answeredBy[i]]] === "BAD";
}

/** Reads what is on screen anew: what was typed stays. */
function again(): void {
  const s = source.peek(), doc = editor.peek()?.state.doc;
  if (!s) return;
  if (undoable.peek() === 0 || !doc) void open(s, options.peek());
  else void open({ ...s, octets: new TextEncoder().encode(doc.sliceString(0, doc.length, lineEnd(s.octets))), origin: "edit" }, options.peek());
}

export function Banners() {
  const w = t.value, l = loaded.value;
  const lines = [];
  const dismiss = () => (notice.value = "");
  if (phase.value === "busy" && text.value !== null && progress.value && performance.now() - progress.value.since > 300) lines.push(<div class="banner plain" key="p"><Bar /></div>);
  if (phase.value === "busy" && text.value !== null && !ready.value) lines.push(<div class="banner plain dim" key="w" role="status">{w.loading.engine}</div>);
  if (notice.value === "from-link") lines.push(<Banner key="l" icon="share" words={w.status.fromLink} close={dismiss} />);
  if (notice.value === "bad-link") lines.push(<Banner key="b" icon="warning" words={w.status.badLink} close={dismiss} />);
  if (notice.value === "stopped" && l) lines.push(<Banner key="s" icon="hint" words={w.loading.stopped(l.overview.totals.messages)} close={dismiss} />);
  if (source.value?.part) lines.push(<PartBanner key="h" part={source.value.part} />);
  if (notice.value === "engine" && text.value) lines.push(<Banner key="e" icon="error" words={w.failed.engine} close={dismiss} again={again} />);
  if (offline.value) lines.push(<Banner key="o" icon="hint" words={w.status.offline} />);
  if (updateReady.value) {
    lines.push(
      <div class="banner" key="u" role="status"><Icon id="hint" /><span>{w.status.update}</span><span class="grow" /><button type="button" class="btn edge small" onClick={() => location.reload()}>{w.status.reload}</button></div>,
    );
  }
  if (editMode.value || undoable.value > 0) {
    lines.push(
      <div class="banner edit" key="edit" role="status">
        <b>{w.log.edited(undoable.value)}</b> <span>{undoable.value > 0 ? w.log.changed(Math.max(0, problemsBefore), problemCount.value) : w.log.newline}</span>
        <span class="grow" />
        {undoable.value > 0 && <button type="button" class="btn edge small" onClick={undoEdit}>{w.log.undo} <kbd>{keys("Z")}</kbd></button>}
        {undoable.value > 0 && <button type="button" class="btn small" onClick={() => source.peek() && void open({ ...source.peek()!, origin: "edit" })}>{w.log.back}</button>}
        {editMode.value && <button type="button" class="btn small only-phone" onClick={() => (editMode.value = false)}>{w.log.readMode}</button>}
      </div>,
    );
  }
  if (l && undoable.value > 0 && outgrown(l)) lines.push(<Banner key="fit" icon="warning" words={w.log.outgrown} />);
  if (l && source.value?.origin === "paste" && l.tables.secrets.length > 0) lines.push(<Banner key="secret" icon="lock" words={w.status.secret} />);
  if (previous.value && phase.value !== "empty" && source.value?.origin === "paste") {
    lines.push(<div class="banner" key="prev"><span class="grow" /><button type="button" class="btn small" onClick={() => { const p = previous.peek(); previous.value = null; if (p) void open(p); }}>{w.log.previousPaste}</button></div>);
  }
  return <div class="banners">{lines}</div>;
}

/** Which part of a long text is on screen, and the way to the others. */
function PartBanner({ part }: { part: Part }) {
  const w = t.value.loading, mb = (n: number) => number(Math.round(n / 1e5) / 10), reading = phase.value !== "read";
  return (
    <div class="banner" role="status">
      <Icon id="hint" /><span>{w.part(part.before.length + 1, mb(part.from), mb(part.to), mb(part.file.size))}</span><span class="grow" />
      {part.before.length > 0 && <button type="button" class="btn edge small" disabled={reading} onClick={() => void turnPart(-1)}>{w.previousPart}</button>}
      {part.to < part.file.size && <button type="button" class="btn edge small" disabled={reading} onClick={() => void turnPart(1)}>{w.nextPart}</button>}
    </div>
  );
}

function Banner({ icon, words, close, again }: { icon: string; words: string; close?: () => void; again?: () => void }) {
  return (
    <div class={"banner" + (icon === "error" || icon === "warning" ? " " + icon : "")} role="status">
      <Icon id={icon} /><span>{words}</span><span class="grow" />
      {again && <button type="button" class="btn edge small" onClick={again}>{t.value.failed.again}</button>}
      {close && <button type="button" class="btn icon small" aria-label={t.value.status.dismiss} onClick={close}><Icon id="cross" /></button>}
    </div>
  );
}
