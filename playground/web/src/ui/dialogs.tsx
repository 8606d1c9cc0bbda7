/** Dialogs: they keep the focus, Escape closes them, and the focus goes back to where it was. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { dialog, setSingleKeys, singleKeys } from "../model/view";
import { Compare } from "./compare";
import { Encode } from "./encode";
import { Examples } from "./examples";
import { Export } from "./export";
import { Icon } from "./icon";
import { Redact } from "./redact";
import { Session } from "./session";
import { Share } from "./share";

export function Dialogs() {
  switch (dialog.value) {
    case "keys": return <Keys />;
    case "examples": return <Dialog title={t.value.examples.title}><div class="pad"><Examples /></div></Dialog>;
    case "redact": return <Redact />;
    case "export": return <Export />;
    case "share": return <Share />;
    case "session": return <Session />;
    case "compare": return <Compare />;
    case "encode": return <Encode />;
    default: return null;
  }
}

export function Dialog({ title, note, wide, children, foot }: { title: string; note?: ComponentChildren; wide?: boolean; children: ComponentChildren; foot?: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const e = box.current!;
    const before = document.activeElement;
    e.showModal();
    return () => {
      e.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box} class={"dialog" + (wide ? " wide" : "")} aria-labelledby="h-dialog"
      onCancel={(e) => { e.preventDefault(); dialog.value = ""; }}
      onClick={(e) => { if (e.target === e.currentTarget) dialog.value = ""; }}
    >
      <div class="dialog-in">
        <header class="dialog-head">
          <h2 id="h-dialog" tabIndex={-1} autofocus>{title}</h2>{note && <span class="dim">{note}</span>}
          <span class="grow" />
          <button type="button" class="btn icon" aria-label={t.value.close} onClick={() => (dialog.value = "")}><Icon id="cross" /></button>
        </header>
        <div class="dialog-body">{children}</div>
        {foot && <footer class="dialog-foot">{foot}</footer>}
      </div>
    </dialog>
  );
}

function Keys() {
  const w = t.value.keys;
  const groups: [string, [string, string[]][]][] = [
    [w.move, [[w.line, ["j", "k"]], [w.token, ["←", "→"]], [w.outer, ["↑", "↓"]], [w.command, ["[", "]"]], [w.problem, ["n", "p"]], [w.history, ["Alt ←", "Alt →"]], [w.goto, ["g"]], [w.connection, ["1", "…", "9"]], [w.pane, ["F6"]]]],
    [w.look, [[w.fold, ["Space"]], [w.foldAll, ["Shift Space"]], [w.structure, ["t"]], [w.bytes, ["b"]], [w.length, ["x"]], [w.search, ["/"]], [w.prefix, ["l"]], [w.inlays, ["i"]]]],
    [w.do, [[w.edit, ["e"]], [w.back, ["Esc"]], [w.redact, ["r"]], [w.copy, ["c"]], [w.encode, ["w"]], [w.swap, ["s"]], [w.theme, ["d"]], [w.sheet, ["?"]]]],
  ];
  return (
    <Dialog title={w.title} wide>
      <div class="pad keys-sheet">
        {groups.map(([name, list]) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>{list.map(([what, keys]) => <div key={what}><dt>{what}</dt><dd>{keys.map((k) => (k === "…" ? "…" : <kbd key={k}>{k}</kbd>))}</dd></div>)}</dl>
          </section>
        ))}
        <label class="check"><input type="checkbox" checked={singleKeys.value} onChange={(e) => setSingleKeys(e.currentTarget.checked)} /> {w.single}</label>
      </div>
    </Dialog>
  );
}
