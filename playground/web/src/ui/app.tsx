/** The page: bars above and below, the transcript, the inspector, the problems; three layouts by width. */
import { computed, effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { editor, mount, undoable, undoEdit } from "../editor/view";
import { t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { connection, drawn, loaded, notice, offline, open, phase, previous, problemCount, progress, source, stop, text } from "../model/store";
import { explanation, pane, selected, sheet } from "../model/selection";
import { announcement, editMode, toast } from "../model/view";
import { STATES } from "imapwire";
import { Bytes } from "./bytes";
import { Dialogs } from "./dialogs";
import { Empty, Failed } from "./empty";
import { Explain } from "./explain";
import { fileInput, readFile, readTransfer } from "./files";
import { Popovers } from "./popovers";
import { Problems } from "./problems";
import { Splitter } from "./splitters";
import { Status } from "./status";
import { Structure } from "./structure";
import { Tabs } from "./tabs";
import { Timeline } from "./timeline";
import { TopBar } from "./topbar";
import { Icon } from "./icon";
import { updateReady } from "./offline";

type Layout = "wide" | "medium" | "phone";
const phone = matchMedia("(max-width: 719px)"), medium = matchMedia("(max-width: 1199px)");
const measure = (): Layout => (phone.matches ? "phone" : medium.matches ? "medium" : "wide");
export const layout = signal<Layout>(measure());
for (const q of [phone, medium]) q.addEventListener("change", () => (layout.value = measure()));

/** The log tells times. */
const timed = computed(() => loaded.value?.tables.messages.time.some((x) => !Number.isNaN(x)) ?? false);

export function App() {
  const reading = phase.value === "read" || (phase.value === "busy" && text.value !== null);
  return (
    <>
      <a class="skip" href="#log" onClick={(e) => { e.preventDefault(); (editor.peek()?.contentDOM ?? document.querySelector<HTMLElement>("#paste"))?.focus(); }}>{t.value.skip}</a>
      <div class={"app " + (reading ? "reading" : "start") + (sheet.value === "high" ? " sheet-high" : sheet.value === "half" ? " sheet-half" : "")}>
        <TopBar />
        {reading && <Tabs />}
        {reading && layout.value === "wide" && <Timeline />}
        <main class={"log" + (timed.value ? "" : " untimed")} id="log">
          <FileInput />
          {reading && <Head />}
          <Banners />
          {phase.value === "empty" && <Empty />}
          {phase.value === "busy" && text.value === null && <Loading />}
          {phase.value === "failed" && <Failed />}
          <Pane hidden={!reading} />
          {reading && layout.value !== "phone" && <Splitter edge="side" />}
          {reading && layout.value !== "phone" && <Splitter edge="dock" />}
        </main>
        {reading && <Side />}
        {reading && layout.value !== "phone" && <Problems />}
        {layout.value !== "phone" && <Status />}
      </div>
      <Popovers />
      <Dialogs />
      <div class="toast" role="status" aria-live="polite" data-on={toast.value !== ""}>{toast.value}</div>
      <div class="sr" aria-live="polite">{announcement.value}</div>
      <DropHint />
    </>
  );
}

/** The first file input of the page: what it is given is opened. */
function FileInput() {
  return (
    <input
      class="sr" type="file" tabIndex={-1} aria-label={t.value.empty.open} ref={fileInput}
      onChange={(e) => {
        const file = e.currentTarget.files?.[0];
        e.currentTarget.value = "";
        if (file) void readFile(file);
      }}
    />
  );
}

/** The place of CodeMirror, which lives as long as the page. */
function Pane({ hidden }: { hidden: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => mount(box.current!), []);
  return (
    <div class="pane" hidden={hidden}>
      <div class="pane-in" ref={box} />
      <Overview />
    </div>
  );
}

/** Marks for the problems along the whole text. */
function Overview() {
  const l = loaded.value;
  if (!l || drawn.value < 0 || l.tables.messages.length < 60) return null;
  const d = l.tables.diagnostics, length = Math.max(1, l.overview.source.length), seen = new Set<number>();
  const ticks = [];
  for (let i = 0; i < d.length && ticks.length < 300; i++) {
    if (d.severity[i] < 2) continue;
    const at = Math.round((d.start[i] / length) * 400);
    if (seen.has(at)) continue;
    seen.add(at);
    ticks.push(<i key={at} class={["", "hint", "warning", "quirk", "error"][d.severity[i]]} style={{ top: at / 4 + "%" }} />);
  }
  return <div class="overview" aria-hidden="true">{ticks}</div>;
}

/** Over the transcript: who speaks with whom, and the state where the selection is. */
function Head() {
  const l = loaded.value, w = t.value.log;
  const c = l?.overview.connections[Math.max(0, connection.value)];
  const id = explanation.value?.message;
  const state = l && id !== undefined && id < l.tables.messages.length ? STATES[l.tables.messages.state[id]] : "";
  return (
    <div class="log-head">
      <span class="when">{timed.value ? w.time : ""}</span>
      <span class="lanes" aria-hidden="true"><span class="cl">C</span><span class="sv">S</span></span>
      <span class="who">
        <span class="cl">{cut(plain(c?.client || w.lane.client), 40)}</span> <span aria-hidden="true">→</span> <span class="sv">{cut(plain(c?.server || w.lane.server), 40)}</span>
      </span>
      <span class="now">{state ? <span class="badge"><Icon id={state === "authenticated" ? "disc-1" : state === "selected" ? "disc-2" : state === "logout" ? "disc-x" : "disc-0"} cls="disc" box="0 0 10 10" />{t.value.states[state]}</span> : w.header}</span>
    </div>
  );
}

function Side() {
  const w = t.value, at = layout.value;
  if (at === "wide") return <aside class="side" aria-label={w.explain.title}><Explain /><Structure /><Bytes /></aside>;
  const names = at === "phone" ? (["explain", "tree", "bytes", "problems"] as const) : (["tree", "bytes"] as const);
  const now = at === "phone" ? pane.value : pane.value === "bytes" ? "bytes" : "tree";
  const labels = { explain: w.explain.tab, tree: w.structure.title, bytes: w.bytes.title, problems: w.problems.title };
  const key = (e: KeyboardEvent) => {
    const by = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    e.preventDefault();
    e.stopPropagation();
    const list: readonly string[] = names;
    pane.value = names[(list.indexOf(now) + by + names.length) % names.length];
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.side-tabs [aria-selected="true"]')?.focus());
  };
  const tabs = (
    <div class="side-tabs" role="tablist" aria-label={w.explain.title} onKeyDown={key} ref={at === "phone" ? swipe : undefined}>
      {names.map((n) => (
        <button
          key={n} type="button" role="tab" id={"tab-" + n} aria-selected={n === now} aria-controls="side-pane" tabIndex={n === now ? 0 : -1}
          onClick={() => { pane.value = n; if (sheet.value === "low") sheet.value = "half"; }}
        >
          {labels[n]}{n === "problems" && problemCount.value > 0 && <span class="pill tint error">{problemCount.value}</span>}
        </button>
      ))}
    </div>
  );
  const body = (
    <div class="side-pane" role="tabpanel" id="side-pane" aria-labelledby={"tab-" + now}>
      {now === "explain" ? <Explain /> : now === "tree" ? <Structure /> : now === "bytes" ? <Bytes /> : <Problems />}
    </div>
  );
  return at === "phone"
    ? <aside class="side sheet" aria-label={w.explain.title}>{tabs}{body}</aside>
    : <aside class="side" aria-label={w.explain.title}><Explain />{tabs}{body}</aside>;
}

/** The sheet follows the finger and snaps to one of its three heights. */
function swipe(e: HTMLElement | null): void {
  if (!e || e.dataset.swipe) return;
  e.dataset.swipe = "on";
  let from = 0, height = 0, at = 0, moved = false;
  const side = () => e.closest<HTMLElement>(".sheet")!;
  e.addEventListener("pointerdown", (ev) => {
    from = ev.clientY;
    height = side().offsetHeight;
    moved = false;
    at = height;
  });
  e.addEventListener("pointermove", (ev) => {
    if (!from || (!moved && Math.abs(ev.clientY - from) < 8)) return;
    if (!moved) e.setPointerCapture(ev.pointerId);
    moved = true;
    at = Math.min(Math.max(56, height + from - ev.clientY), innerHeight * 0.92);
    side().style.height = `${at}px`;
    side().style.transition = "none";
  });
  const end = (ev: Event) => {
    if (moved) {
      ev.preventDefault();
      const part = at / innerHeight;
      sheet.value = part < 0.25 ? "low" : part < 0.68 ? "half" : "high";
      side().style.height = "";
      side().style.transition = "";
    }
    from = 0;
  };
  e.addEventListener("pointerup", end);
  e.addEventListener("pointercancel", end);
  e.addEventListener("click", (ev) => { if (moved) ev.stopPropagation(); }, true);
}

function Loading() {
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
      <progress max={1} value={part} aria-label={w.annotating(plain(source.value?.name ?? ""), "", "")} />
    </div>
  );
}

let problemsBefore = -1;
effect(() => {
  const on = editMode.value;
  if (on && problemsBefore < 0) problemsBefore = problemCount.peek();
  if (!on && undoable.peek() === 0) problemsBefore = -1;
});

/** Lines over the transcript that say what is special about it. */
function Banners() {
  const w = t.value, l = loaded.value;
  const lines = [];
  const dismiss = () => (notice.value = "");
  if (phase.value === "busy" && text.value !== null && progress.value && performance.now() - progress.value.since > 300) lines.push(<div class="banner plain" key="p"><Bar /></div>);
  if (notice.value === "from-link") lines.push(<Banner key="l" icon="share" words={w.status.fromLink} close={dismiss} />);
  if (notice.value === "bad-link") lines.push(<Banner key="b" icon="warning" words={w.status.badLink} close={dismiss} />);
  if (notice.value === "stopped" && l) lines.push(<Banner key="s" icon="hint" words={w.loading.stopped(l.overview.totals.messages)} close={dismiss} />);
  if (notice.value === "huge") lines.push(<Banner key="h" icon="hint" words={w.loading.huge} close={dismiss} />);
  if (notice.value === "engine" && text.value) lines.push(<Banner key="e" icon="error" words={w.failed.engine} close={dismiss} />);
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
        {undoable.value > 0 && <button type="button" class="btn edge small" onClick={undoEdit}>{w.log.undo} <kbd>Ctrl Z</kbd></button>}
        {undoable.value > 0 && <button type="button" class="btn small" onClick={() => source.peek() && void open({ ...source.peek()!, origin: "edit" })}>{w.log.back}</button>}
        {editMode.value && <button type="button" class="btn small" onClick={() => (editMode.value = false)}>{w.log.readMode} <kbd>Esc</kbd></button>}
      </div>,
    );
  }
  if (l && source.value?.origin === "paste" && hasPassword()) lines.push(<Banner key="secret" icon="lock" words={w.status.secret} />);
  if (previous.value && phase.value !== "empty" && source.value?.origin === "paste") {
    lines.push(<div class="banner" key="prev"><span class="grow" /><button type="button" class="btn small" onClick={() => { const p = previous.peek(); previous.value = null; if (p) void open(p); }}>{w.log.previousPaste}</button></div>);
  }
  return <div class="banners">{lines}</div>;
}

function hasPassword(): boolean {
  const l = loaded.value;
  if (!l) return false;
  for (let i = 0; i < Math.min(l.tables.secrets.length, 5000); i++) if (/pass|token|sasl|bearer/.test(l.str(l.tables.secrets.kind[i]))) return true;
  return false;
}

function Banner({ icon, words, close }: { icon: string; words: string; close?: () => void }) {
  return (
    <div class={"banner" + (icon === "error" || icon === "warning" ? " " + icon : "")} role="status">
      <Icon id={icon} /><span>{words}</span><span class="grow" />
      {close && <button type="button" class="btn icon small" aria-label={t.value.status.dismiss} onClick={close}><Icon id="cross" /></button>}
    </div>
  );
}

const dropping = signal(false);

/** Files and text may be dropped anywhere. */
function DropHint() {
  useEffect(() => {
    let depth = 0;
    const carries = (e: DragEvent) => e.dataTransfer && [...e.dataTransfer.types].some((x) => x === "Files" || x === "text/plain");
    const enter = (e: DragEvent) => {
      if (!carries(e)) return;
      depth++;
      dropping.value = true;
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) dropping.value = false;
    };
    const over = (e: DragEvent) => { if (carries(e)) e.preventDefault(); };
    const drop = (e: DragEvent) => {
      depth = 0;
      dropping.value = false;
      if (!carries(e)) return;
      e.preventDefault();
      e.stopPropagation();
      readTransfer(e.dataTransfer);
    };
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", over);
    addEventListener("drop", drop, true);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", over);
      removeEventListener("drop", drop, true);
    };
  }, []);
  return dropping.value ? <div class="dropping" aria-hidden="true"><b>{t.value.empty.drop}</b></div> : null;
}

// What a screen reader hears when the selection moves: what it is, then where.
effect(() => {
  const e = explanation.value, at = selected.value, view = editor.peek();
  if (!e || !at || !view || at.from > view.state.doc.length) return;
  announcement.value = `${plain(e.title)}. ${plain(e.lead)} ${t.peek().status.line(view.state.doc.lineAt(at.from).number)}`;
});
// Progress in steps of a quarter.
let said = 0;
effect(() => {
  const p = progress.value;
  if (!p) {
    said = 0;
    return;
  }
  const quarter = Math.floor((p.done / Math.max(1, p.total)) * 4);
  if (quarter > said && performance.now() - p.since > 500) announcement.value = t.peek().status.progress((said = quarter) * 25);
});
// New problems after an edit, as a count.
effect(() => {
  const n = problemCount.value;
  if (editMode.peek() && drawn.peek() >= 0) announcement.value = t.peek().status.newProblems(n);
});
