/** Where the bars of the timeline stand. Lengths of idle time are cut, so that work can be seen. */
import { KINDS, NONE, STATES, STATUSES } from "imapwire";
import type { Loaded } from "./store";

const COMMAND = KINDS.indexOf("command");

/** Milliseconds without a message after which the time line is cut. */
const IDLE = 2000;
/** What a cut is drawn as, in parts of all time that is not cut. */
const CUT = 0.05;
/** Bars that have room beside each other: of more commands in one place the line shows the first, or one that was refused. */
const PLACES = 150;
/** Cuts that are drawn: the longest. */
const MOST_CUTS = 40;
/** Stretches of one state that are drawn. */
const MOST_STATES = 200;

export interface Bar {
  message: number;
  from: number; // 0 to 1
  to: number;
  name: string;
  status: string;
  latency: number;
  idle: boolean;
}

export interface Timeline {
  /** False: there are no times, the bars stand by their order. */
  timed: boolean;
  bars: Bar[];
  ticks: { at: number; time: number }[];
  cuts: { at: number; to: number; seconds: number }[];
  states: { from: number; to: number; state: string; mailbox: string }[];
  /** The place of a message, 0 to 1. */
  at(message: number): number;
  /** The bar of a command, also of one that had no room; null if the message is no command of this line. */
  bar(message: number): Bar | null;
}

/** Lays the messages of a connection (-1: all) between two messages out on a line of length 1. */
export function layOut(l: Loaded, connection: number, from: number, to: number): Timeline {
  const m = l.tables.messages;
  const ids: number[] = [];
  for (let i = from; i < to; i++) {
    if (m.kind[i] !== 0 && (connection < 0 || m.connection[i] === connection)) ids.push(i);
  }
  const timed = ids.filter((i) => !Number.isNaN(m.time[i])).length * 2 > ids.length && new Set(ids.slice(0, 2000).map((i) => m.time[i])).size > 2;
  // x grows with the messages: real time with the idle stretches cut, or simply by one.
  const x = new Float64Array(ids.length);
  const cuts: { at: number; to: number; seconds: number }[] = [];
  let now = 0, last = NaN, busy = 0, at = NaN;
  for (const id of ids) {
    const time = m.time[id];
    if (Number.isNaN(time)) continue;
    const gap = time - at;
    if (gap > 0 && gap <= IDLE) busy += gap;
    at = time;
  }
  const width = Math.max(1, busy * CUT);
  ids.forEach((id, k) => {
    if (!timed) now = k;
    else if (!Number.isNaN(m.time[id])) {
      const gap = Number.isNaN(last) ? 0 : Math.max(0, m.time[id] - last);
      if (gap > IDLE) {
        cuts.push({ at: now, to: now + width, seconds: gap / 1000 });
        now += width;
      } else now += gap;
      last = m.time[id];
    }
    x[k] = now;
  });
  const span = Math.max(now, 1) * 1.02;
  const place = new Map<number, number>();
  ids.forEach((id, k) => place.set(id, x[k] / span));
  const bar = (id: number): Bar | null => {
    const a = place.get(id);
    if (a === undefined || m.kind[id] !== COMMAND) return null;
    const answer = m.answeredBy[id], name = l.str(m.name[id]);
    const b = answer !== NONE ? (place.get(answer) ?? 1) : a;
    return {
      message: id, from: a, to: Math.max(b, a), name, status: answer !== NONE ? STATUSES[m.status[answer]] : "",
      latency: answer !== NONE ? m.latency[answer] : NaN, idle: name === "IDLE",
    };
  };
  const refused = (id: number) => m.answeredBy[id] !== NONE && /^(NO|BAD)$/.test(STATUSES[m.status[m.answeredBy[id]]]);
  const shown = new Map<number, number>();
  ids.forEach((id, k) => {
    if (m.kind[id] !== COMMAND) return;
    const room = Math.floor((x[k] / span) * PLACES), there = shown.get(room);
    if (there === undefined || (refused(id) && !refused(there))) shown.set(room, id);
  });
  const bars = [...shown.values()].map((id) => bar(id)!);
  const states: Timeline["states"] = [];
  ids.forEach((id, k) => {
    const state = STATES[m.state[id]], mailbox = state === "selected" ? l.str(m.mailbox[id]) : "";
    const before = states.at(-1);
    if (before && before.state === state && before.mailbox === mailbox) before.to = x[k] / span;
    else {
      if (before) before.to = x[k] / span;
      if (states.length < MOST_STATES) states.push({ from: x[k] / span, to: 1, state, mailbox });
    }
  });
  if (states.length > 0) states[states.length - 1].to = 1;
  const ticks: Timeline["ticks"] = [];
  if (timed) {
    for (let k = 0; k < ids.length; k++) {
      const at = x[k] / span;
      if (!Number.isNaN(m.time[ids[k]]) && (ticks.length === 0 || at - ticks[ticks.length - 1].at > 0.09) && at < 0.96) ticks.push({ at, time: m.time[ids[k]] });
    }
  }
  return {
    timed, bars, ticks, states,
    cuts: cuts.sort((a, b) => b.seconds - a.seconds).slice(0, MOST_CUTS).map((c) => ({ at: c.at / span, to: c.to / span, seconds: c.seconds })),
    at: (id) => place.get(id) ?? 0,
    bar,
  };
}
