/** Before there is a transcript: the paste box and the examples. And when what came is no transcript: why, and a way on. */
import { useRef } from "preact/hooks";
import { t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { loaded, notice, open, ready, reopen, source, text } from "../model/store";
import { popover, say } from "../model/view";
import { Examples } from "./examples";
import { openFile, readPaste, readTransfer } from "./files";
import { Icon } from "./icon";

export function Empty() {
  const w = t.value.empty;
  const box = useRef<HTMLTextAreaElement>(null);
  const paste = async () => {
    try {
      const s = await navigator.clipboard.readText();
      if (s) return void (await readPaste(s));
    } catch {
      // Not allowed: the user presses the keys.
    }
    box.current?.focus();
    say(w.pasteDenied);
  };
  return (
    <div class="empty">
      <div class="inner">
        <div class="drop-box">
          <h2 id="h-empty">{w.title}</h2>
          <p>{w.text}</p>
          <textarea
            id="paste" ref={box} aria-labelledby="h-empty" placeholder={w.hint} spellcheck={false} autocomplete="off" rows={3} autofocus
            onPaste={(e) => { if (readTransfer(e.clipboardData)) { e.preventDefault(); e.stopPropagation(); } }}
            onInput={(e) => { const s = e.currentTarget.value; if (s.trim() !== "") void readPaste(s); }}
          />
          <div class="row">
            <button type="button" class="btn main" onClick={() => void paste()}>{w.paste} <span class="key">Ctrl V</span></button>
            <button type="button" class="btn edge" onClick={() => void openFile()}><Icon id="open" />{w.open}</button>
          </div>
          {!ready.value && <p class="dim" role="status">{w.engine}</p>}
        </div>
        <h3 class="examples-title">{w.examples}</h3>
        <Examples />
        <p class="private"><Icon id="lock" />{w.privacy}</p>
      </div>
    </div>
  );
}

export function Failed() {
  const w = t.value.failed, l = loaded.value, problem = l?.overview.problem;
  const detail = plain(problem?.detail ?? "");
  let title = w.none, words = w.noneText;
  if (notice.value === "no-engine") [title, words] = [w.engineLoad, ""];
  else if (notice.value === "engine") [title, words] = [w.engine, ""];
  else if (source.value && source.value.octets.length > 256 << 20) [title, words] = [w.tooLarge, w.tooLargeText];
  else if (problem?.id === "other-protocol") [title, words] = [w.other(detail.toUpperCase()), w.otherText];
  else if (problem?.id === "binary") [title, words] = [w.binary, w.binaryText(detail)];
  else if (problem?.id === "empty") [title, words] = [w.empty, w.emptyText];
  else if (problem?.id === "too-large") [title, words] = [w.tooLarge, w.tooLargeText];
  const doc = problem?.id === "binary" ? null : text.value;
  const lines = [];
  for (let n = 1; doc && n <= Math.min(5, doc.lines) && (n < doc.lines || doc.line(n).length > 0); n++) lines.push(<div key={n}><span class="dim">{n}</span> {cut(plain(doc.line(n).text), 160)}</div>);
  return (
    <div class="failed">
      <div class="inner" role="alert">
        <h2>{title}</h2>
        <p>{words}</p>
        {lines.length > 0 && <div class="first-lines mono" aria-label={w.firstLines}>{lines}</div>}
        <div class="row">
          {problem && problem.id !== "empty" && problem.id !== "binary" && (
            <>
              <button type="button" class="btn edge" onClick={() => void reopen({ format: "cs" })}>{w.anyway}</button>
              <button type="button" class="btn edge" onClick={(e) => (popover.value = { kind: "format", anchor: e.currentTarget })}>{w.choose}</button>
            </>
          )}
          {notice.value === "engine" && <button type="button" class="btn edge" onClick={() => source.peek() && void open(source.peek()!)}>{w.again}</button>}
          <button type="button" class="btn edge" onClick={() => void openFile()}><Icon id="open" />{t.value.empty.open}</button>
        </div>
        <h3 class="examples-title">{w.example}</h3>
        <Examples />
      </div>
    </div>
  );
}
