/** The explanation of the chosen token: what it is, why it is so, where its rule stands. */
import { FLAG_SECRET, KINDS, NONE, SIDES, type Fact } from "imapwire";
import { useLayoutEffect, useRef } from "preact/hooks";
import { holdToShow } from "../editor/widgets";
import { number, t } from "../i18n";
import { cut, plain, plainLines } from "../lib/visible";
import { presence } from "../model/literals";
import { loaded, type Loaded } from "../model/store";
import { arrived } from "../model/tokens";
import { explanation, selectMessage, selectNode } from "../model/selection";
import { duration } from "../model/time";
import { full, setFull } from "../model/view";
import { Icon } from "./icon";

export function Explain() {
  const e = explanation.value, l = loaded.value, w = t.value.explain;
  return (
    <section class="pane-explain pane-of" aria-labelledby="h-explain" data-pane="explain">
      <div class="pane-head">
        <h2 id="h-explain">{w.title}</h2>
        <span class="grow" />
        <div class="seg" role="group" aria-label={w.length}>
          <button type="button" aria-pressed={!full.value} onClick={() => setFull(false)}>{w.short}</button>
          <button type="button" aria-pressed={full.value} onClick={() => setFull(true)}>{w.full}</button>
        </div>
      </div>
      {e && l ? <Body key={e.message + "/" + e.path.at(-1)?.node} /> : (
        <div class="explain none"><p class="lead">{w.none}</p><p class="detail">{w.noneText}</p></div>
      )}
    </section>
  );
}

/** Facts of a literal that its own rows, or its block in the transcript, say already. */
const IN_BLOCK = new Set(["announced", "found", "encoded-word"]);

function Body() {
  const e = explanation.value!, l = loaded.value!, w = t.value.explain;
  const last = e.path.at(-1);
  const literal = literalOf(l);
  const path = useRef<HTMLElement>(null);
  // Where there is one row for the path, its end is what is wanted.
  useLayoutEffect(() => { path.current!.scrollLeft = path.current!.scrollWidth; }, [e]);
  return (
    <div class="explain" tabIndex={-1} id="explanation">
      <nav class="path" aria-label={w.path} ref={path}>
        <ol>
          {e.path.map((step, i) => (
            <li key={step.node}>
              {step === last
                ? <b aria-current="true">{plain(step.title)}</b>
                : <button type="button" onClick={() => void selectNode(e.message, step.node)}>{plain(step.title)}</button>}
              {i < e.path.length - 1 && <span aria-hidden="true">›</span>}
            </li>
          ))}
        </ol>
      </nav>
      <h3>
        <span class="name">{plain(e.title)}</span> <Token e={e} />
      </h3>
      <p class="lead">{plain(e.lead)}</p>
      {full.value && (e.facts.length > 0 || literal) && (
        <dl class="facts">
          {literal}
          {e.facts.filter((f) => !(literal && IN_BLOCK.has(f.id))).map((f) => <FactRow key={f.id} fact={f} />)}
        </dl>
      )}
      {full.value && e.notes.map((n) => (
        <p class="note" key={n}><Icon id="wrench" /><span><span class="sr">{w.repaired}: </span>{plain(n)}</span></p>
      ))}
      {full.value && e.long && plainLines(e.long).split(/\n+/).map((p) => <p class="detail" key={p}>{p}</p>)}
      {e.abnf && <pre class="abnf" tabIndex={0} aria-label="ABNF">{plainLines(e.abnf)}</pre>}
      {full.value && e.refs.length > 0 && (
        <div class="refs" role="group" aria-label={w.references}>
          {e.refs.map((r) => <RfcLink key={r.url + r.section} {...r} />)}
        </div>
      )}
      {full.value && <About id={e.message} l={l} />}
    </div>
  );
}

function Token({ e }: { e: NonNullable<typeof explanation.value> }) {
  // What holds a secret is named, not shown.
  if (!e.token || e.flags & FLAG_SECRET) return null;
  // Of a literal the header is enough: its octets stand in the transcript.
  const token = e.class === "literal" || e.class === "literal-head" ? e.token.replace(/(\\r)?(\\n|\n)[^]*$/, "") : e.token;
  return <code>{cut(plain(token), 60)}</code>;
}

/** A clause of a standard. Only addresses of the RFC Editor become links. */
export function RfcLink({ rfc, section, url }: { rfc: string; section: string; url: string }) {
  const words = plain(section ? `${rfc} §${section}` : rfc);
  if (!/^https:\/\/www\.(rfc-editor\.org|iana\.org)\//.test(url)) return <span>{words}</span>;
  return <a href={url} target="_blank" rel="noopener noreferrer">{words}</a>;
}

/** Announced and found of the literal that the chosen token is or heads. */
function literalOf(l: Loaded) {
  const e = explanation.value!, x = l.tables.literals, at = e.path.at(-1);
  if (!at) return null;
  const w = t.value.log.literal;
  for (let i = l.tables.messages.firstLiteral[e.message] ?? x.length; i < x.length && x.message[i] === e.message; i++) {
    const inside = (at.start >= x.headStart[i] && at.end <= x.headEnd[i]) || (at.start >= x.start[i] && at.end <= x.end[i] && x.end[i] > x.start[i]);
    const whole = at.start === x.headStart[i] && at.end <= x.end[i];
    if (!inside && !whole) continue;
    const reason = l.str(x.reason[i]);
    return (
      <>
        <div><dt>{w.announced}</dt><dd>{number(x.announced[i])}</dd></div>
        <div><dt>{w.found}</dt><dd>{number(x.found[i])}</dd></div>
        <div><dt>{w.title}</dt><dd>{w.states[presence(x, i)]}</dd></div>
        {reason && !e.notes.includes(reason) && <div class="wide"><dt>{t.value.explain.repaired}</dt><dd class="words">{plain(reason)}</dd></div>}
      </>
    );
  }
  return null;
}

function FactRow({ fact }: { fact: Fact }) {
  return (
    <div class={fact.value.length > 24 ? "wide" : ""}>
      <dt>{plain(fact.label)}</dt>
      <dd>{fact.secret ? <Hidden text={fact.value} /> : cut(plain(fact.value), 400)}</dd>
    </div>
  );
}

/** A secret value: shown while the button is held. */
function Hidden({ text }: { text: string }) {
  const done = useRef(false);
  return (
    <button
      type="button" class="mask" aria-label={t.value.log.masked}
      ref={(b) => {
        if (!b || done.current) return;
        done.current = true;
        holdToShow(b, b.querySelector("span")!, () => text);
      }}
    >
      <Icon id="eye" /><span>{t.value.explain.hold}</span>
    </button>
  );
}

/** The message around the token: what it answers, who says it and why. */
function About({ id, l }: { id: number; l: Loaded }) {
  void arrived.value;
  const m = l.tables.messages, w = t.value.explain;
  l.tokens.need(id, id + 1);
  const s = l.tokens.summary(id);
  const answers = m.answers[id], by = m.answeredBy[id];
  const name = (k: number): string => plain([l.str(m.tag[k]), l.str(m.name[k])].filter(Boolean).join(" "));
  const side = SIDES[m.side[id]];
  return (
    <div class="about">
      {s?.summary && <p>{plain(s.summary)}</p>}
      {answers !== NONE && m.kind[answers] === KINDS.indexOf("command") && (
        <p><span class="dim">{w.answers}</span> <button type="button" class="link" onClick={() => void selectMessage(answers)}>{name(answers)}, {t.value.status.line(m.line[answers])}</button>
          {!Number.isNaN(m.latency[id]) && <span class="dim"> · {duration(m.latency[id])}</span>}</p>
      )}
      {by !== NONE && (
        <p><span class="dim">{w.answeredBy}</span> <button type="button" class="link" onClick={() => void selectMessage(by)}>{name(by)}, {t.value.status.line(m.line[by])}</button>
          {!Number.isNaN(m.latency[by]) && <span class="dim"> · {duration(m.latency[by])}</span>}</p>
      )}
      {s && s.sideWhy.some((x) => x.text) && side !== "none" && (
        <p class={side}><span class="dim">{w.side}</span> <b class="side-word">{t.value.log.lane[side]}</b> {s.sideWhy.map((x) => plain(x.text)).join(" ")}</p>
      )}
    </div>
  );
}
