/** The edges between panes: dragged, or moved with the arrow keys. The sizes outlive the visit. */
import { useEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import { t } from "../i18n";
import { read, write } from "../model/stored";

type Edge = "side" | "dock";

/** Least and most pixels of a pane. */
const LIMITS: Record<Edge, [number, number]> = { side: [300, 900], dock: [90, 600] };

const sizes = { side: signal(stored("side")), dock: signal(stored("dock")) };

function stored(edge: Edge): number {
  const n = Number(read(edge));
  return n >= LIMITS[edge][0] && n <= LIMITS[edge][1] ? n : 0;
}

function set(edge: Edge, n: number): void {
  const [least, most] = LIMITS[edge];
  const limit = edge === "side" ? innerWidth - 420 : innerHeight - 320;
  const size = n === 0 ? 0 : Math.round(Math.min(Math.max(n, least), most, Math.max(least, limit)));
  sizes[edge].value = size;
  if (size) document.documentElement.style.setProperty("--" + edge, size + "px");
  else document.documentElement.style.removeProperty("--" + edge);
}

export function Splitter({ edge }: { edge: Edge }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (sizes[edge].peek()) set(edge, sizes[edge].peek());
  }, []);
  const now = () => {
    const pane = document.querySelector<HTMLElement>(edge === "side" ? ".side" : ".problems");
    return (edge === "side" ? pane?.offsetWidth : pane?.offsetHeight) ?? LIMITS[edge][0];
  };
  const down = (e: PointerEvent) => {
    if (e.button !== 0) return;
    e.preventDefault();
    box.current!.setPointerCapture(e.pointerId);
    const from = edge === "side" ? e.clientX : e.clientY, size = now();
    const move = (ev: PointerEvent) => set(edge, size + from - (edge === "side" ? ev.clientX : ev.clientY));
    const up = () => {
      box.current?.removeEventListener("pointermove", move);
      write(edge, String(sizes[edge].peek()));
    };
    box.current!.addEventListener("pointermove", move);
    box.current!.addEventListener("lostpointercapture", up, { once: true }); // let go, or taken away
  };
  const key = (e: KeyboardEvent) => {
    const by = { ArrowLeft: 16, ArrowUp: 16, ArrowRight: -16, ArrowDown: -16 }[e.key];
    if (by === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    set(edge, now() + by);
    write(edge, String(sizes[edge].peek()));
  };
  const words = edge === "side" ? t.value.explain.title : t.value.problems.title;
  return (
    <div
      ref={box} class={"splitter split-" + edge} role="separator" tabIndex={0} aria-orientation={edge === "side" ? "vertical" : "horizontal"} aria-label={words}
      aria-valuenow={sizes[edge].value || now()} aria-valuemin={LIMITS[edge][0]} aria-valuemax={LIMITS[edge][1]}
      onPointerDown={down} onKeyDown={key} onDblClick={() => { set(edge, 0); write(edge, ""); }}
    />
  );
}
