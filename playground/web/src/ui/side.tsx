/** The inspector: three panes on wide screens, one and tabs on narrow ones, a sheet on the phone. */
import { t } from "../i18n";
import { problemCount } from "../model/store";
import { pane, sheet } from "../model/selection";
import { Bytes } from "./bytes";
import { Explain } from "./explain";
import { layout } from "./layout";
import { Problems } from "./problems";
import { Structure } from "./structure";

export function Side() {
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
