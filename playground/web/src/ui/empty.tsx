/** Before there is a transcript: the paste box and the examples. And when what came is no transcript: why, and a way on. */
import { useRef } from "preact/hooks";
import { setEditing } from "../editor/view";
import { t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { kindOfFile } from "../model/magic";
import { loaded, notice, open, ready, reopen, source, text } from "../model/store";
import { popover, say } from "../model/view";
import { keys } from "../lib/names";
import { Examples } from "./examples";
import { openFile, readPaste, readTransfer } from "./files";
import { Icon } from "./icon";

/** Whoever has no keyboard is not told to press keys. */
const TOUCH = matchMedia("(pointer: coarse)").matches;

/** A button can ask for the clipboard, unless the site's own policy says that the page may not. */
const MAY_PASTE =
  typeof navigator.clipboard?.readText === "function" &&
  (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy?.allowsFeature("clipboard-read") !== false;

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
    say(w.pasteDenied(keys("V")));
  };
  return (
    <div class="empty">
      <div class="inner">
        <div class="drop-box">
          <h2 id="h-empty">{w.title}</h2>
          <p>{w.text}</p>
          <textarea
            id="paste" ref={box} aria-labelledby="h-empty" placeholder={TOUCH ? w.hintTouch : w.hint(keys("V"))} spellcheck={false} autocomplete="off" rows={3} autofocus
            onPaste={(e) => { if (readTransfer(e.clipboardData)) { e.preventDefault(); e.stopPropagation(); } }}
            onInput={(e) => arrive(e.currentTarget.value, e as InputEvent)}
          />
          <div class="row">
            {MAY_PASTE && <button type="button" class="btn main" onClick={() => void paste()}>{w.paste} {!TOUCH && <span class="key">{keys("V")}</span>}</button>}
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

/** How long somebody who types must pause before what is typed is read. */
const PAUSE = 600;

let pause: ReturnType<typeof setTimeout> | undefined;

/** Text came into the box: at once, which is read at once; or letter by letter, which is read after a whole line and a pause, and typed on. */
function arrive(s: string, e: InputEvent): void {
  clearTimeout(pause);
  const typed = /^(insertText|insertLineBreak|insertParagraph|insertCompositionText|delete)/.test(e.inputType ?? "") && (e.data?.length ?? 0) <= 2;
  if (s.trim() === "") return;
  if (!typed) void readPaste(s);
  else if (/\S[^\n]*\n/.test(s)) {
    pause = setTimeout(() => void readPaste(s).then(() => setEditing(true, s.length)), PAUSE);
  }
}

export function Failed() {
  const w = t.value.failed, l = loaded.value, problem = l?.overview.problem;
  const detail = plain(problem?.detail ?? "");
  let title = w.none, words = w.noneText;
  if (notice.value === "no-engine") [title, words] = [w.engineLoad, ""];
  else if (notice.value === "engine") [title, words] = [w.engine, ""];
  else if (notice.value === "too-large") [title, words] = [w.tooLarge, w.tooLargeText];
  else if (problem?.id === "other-protocol") [title, words] = [w.other(detail.toUpperCase()), w.otherText];
  else if (problem?.id === "binary") [title, words] = [w.binary, w.binaryText(detail || kindOfFile(source.value?.octets ?? new Uint8Array()))];
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
          {problem && problem.id !== "empty" && problem.id !== "binary" && problem.id !== "too-large" && (
            <>
              <button type="button" class="btn edge" onClick={() => void reopen({ format: "bare" })}>{w.anyway}</button>
              <button type="button" class="btn edge" onClick={(e) => (popover.value = { kind: "format", anchor: e.currentTarget })}>{w.choose}</button>
            </>
          )}
          {notice.value === "no-engine" && <button type="button" class="btn main" onClick={() => location.reload()}>{t.value.status.reload}</button>}
          {notice.value === "engine" && <button type="button" class="btn edge" onClick={() => source.peek() && void open(source.peek()!)}>{w.again}</button>}
          {notice.value !== "no-engine" && <button type="button" class="btn edge" onClick={() => void openFile()}><Icon id="open" />{t.value.empty.open}</button>}
        </div>
        {notice.value !== "no-engine" && <><h3 class="examples-title">{w.example}</h3><Examples /></>}
      </div>
    </div>
  );
}
