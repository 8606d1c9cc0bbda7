/** Files and text may be dropped anywhere on the page. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { readTransfer } from "./files";

const dropping = signal(false);

/** Listens, and says that what is held over the page may be let go. */
export function DropHint() {
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
