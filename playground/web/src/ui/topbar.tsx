/** The bar at the top: what is open and how it is read, search, and what can be done with it. */
import { formatName, lang, setLang, t } from "../i18n";
import { cut, plain } from "../lib/visible";
import { loaded, options, phase, reopen, source } from "../model/store";
import { dialog, popover, theme, turnTheme } from "../model/view";
import { openFile } from "./files";
import { Icon } from "./icon";
import { Find, findOpen } from "./find";

export function TopBar() {
  const w = t.value.top, s = source.value, l = loaded.value, reading = phase.value === "read";
  return (
    <header class="top">
      <h1 class="brand"><Icon id="logo" cls="logo" box="0 0 22 22" /><span>{t.value.name}</span></h1>
      {s && <div class="file"><b title={plain(s.name)}>{cut(plain(s.name), 60)}</b><span>{t.value.size(s.octets.length)}</span></div>}
      {l && (reading || phase.value === "busy") && <FormatChip />}
      <span class="grow" />
      {l && reading && <Find />}
      <button type="button" class="btn hide-phone hide-mid" onClick={() => void openFile()}>{w.open}</button>
      <button type="button" class="btn hide-phone hide-mid" aria-haspopup="dialog" data-act="examples" onClick={() => (dialog.value = "examples")}>{w.examples}</button>
      {l && reading && (
        <>
          <button type="button" class="btn hide-phone hide-mid" data-act="compare" onClick={() => (dialog.value = "compare")}>{w.compare}</button>
          <button type="button" class="btn edge hide-phone hide-upright" data-act="redact" onClick={() => (dialog.value = "redact")}><Icon id="redact" />{w.redact}</button>
          <button type="button" class="btn edge hide-phone hide-narrow" data-act="export" onClick={() => (dialog.value = "export")}><Icon id="export" />{w.export}</button>
          <button type="button" class="btn main hide-phone" data-act="share" onClick={() => (dialog.value = "share")}><Icon id="share" />{w.share}</button>
          <button type="button" class="btn icon only-phone" aria-label={w.search} aria-expanded={findOpen.value} onClick={() => (findOpen.value = !findOpen.value)}><Icon id="search" /></button>
        </>
      )}
      <button type="button" class="btn" aria-label={t.value.lang.otherLabel} onClick={() => setLang(lang.value === "zh" ? "en" : "zh")}>
        <span lang={lang.value === "zh" ? "en" : "zh-CN"}>{t.value.lang.other}</span>
      </button>
      <button type="button" class="btn icon" aria-label={w.themes[theme.value]} title={w.themes[theme.value]} onClick={turnTheme}><Icon id="theme" /></button>
      <button
        type="button" class={"btn icon" + (l ? "" : " only-mid")} data-act="more" aria-label={w.more} aria-haspopup="dialog" aria-expanded={popover.value?.kind === "more"}
        onClick={(e) => (popover.value = popover.value?.kind === "more" ? null : { kind: "more", anchor: e.currentTarget })}
      ><Icon id="more" /></button>
      <button type="button" class="btn icon hide-phone hide-upright" aria-label={w.keys} title={w.keys} data-act="keys" onClick={() => (dialog.value = "keys")}><b>?</b></button>
    </header>
  );
}

function FormatChip() {
  const f = loaded.value!.overview.format, w = t.value.format;
  const share = Math.round(f.confidence * 100);
  const guessed = share < 60 && !options.value.format;
  return (
    <div class="format">
      <button
        type="button" aria-haspopup="dialog" aria-expanded={popover.value?.kind === "format"} title={w.chip}
        onClick={(e) => (popover.value = popover.value?.kind === "format" ? null : { kind: "format", anchor: e.currentTarget })}
      >
        <span class="name">{plain(formatName(f.id, f.name))}</span>
        <span class={"meter" + (guessed ? " low" : "")} aria-hidden="true"><i style={{ width: share + "%" }} /></span>
        <span>{guessed ? w.guessed : share + " %"}</span>
        <Icon id="down" />
      </button>
      <button type="button" class="hide-phone" aria-pressed={options.value.swap === true} title={w.swap} aria-label={w.swap} onClick={swap}><Icon id="swap" /></button>
    </div>
  );
}

export function swap(): void {
  void reopen({ ...options.peek(), swap: !options.peek().swap });
}
