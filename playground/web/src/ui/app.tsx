/** The page: bars above and below, the transcript, the inspector, the problems; three layouts by width. */
import { STATES } from "imapwire";
import { computed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { editor, mount } from "../editor/view";
import { t } from "../i18n";
import { productName } from "../lib/names";
import { cut, plain } from "../lib/visible";
import { connection, drawn, loaded, phase, text } from "../model/store";
import { explanation, sheet } from "../model/selection";
import { announcement, toast } from "../model/view";
import { Banners, Loading } from "./banners";
import { Dialogs } from "./dialogs";
import { DropHint } from "./drop";
import { Empty, Failed } from "./empty";
import { fileInput, readFile } from "./files";
import { Footnotes } from "./footnotes";
import { Icon } from "./icon";
import { layout } from "./layout";
import { Popovers } from "./popovers";
import { Problems } from "./problems";
import { Side } from "./side";
import { Splitter } from "./splitters";
import { Status } from "./status";
import { Tabs } from "./tabs";
import { Timeline } from "./timeline";
import { TopBar } from "./topbar";

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
        {reading && <Footnotes />}
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
        <span class="cl">{cut(plain(c?.client ? productName(c.client) : w.lane.client), 40)}</span> <span aria-hidden="true">→</span> <span class="sv">{cut(plain(c?.server ? productName(c.server) : w.lane.server), 40)}</span>
      </span>
      <span class="now">{state ? <span class="badge"><Icon id={state === "authenticated" ? "disc-1" : state === "selected" ? "disc-2" : state === "logout" ? "disc-x" : "disc-0"} cls="disc" box="0 0 10 10" />{t.value.states[state]}</span> : w.header}</span>
    </div>
  );
}
