/** What the transcript pane knows: the annotation that its marks come from, and how it is shown. */
import { StateEffect, StateField, type ChangeDesc } from "@codemirror/state";
import type { Loaded } from "../model/store";

export const setLoaded = StateEffect.define<Loaded | null>();
/** Tokens came, or the language of the page changed: draw again. */
export const redraw = StateEffect.define<null>();

/** The rest of a long text came: what stands there already is as it was. */
export const grown = StateEffect.define<null>();

export interface Annotation {
  loaded: Loaded | null;
  /** What was typed since the annotation was made; null: nothing. */
  stale: ChangeDesc | null;
}

export const annotation = StateField.define<Annotation>({
  create: () => ({ loaded: null, stale: null }),
  update(value, tr) {
    for (const e of tr.effects) if (e.is(setLoaded)) return { loaded: e.value, stale: null };
    if (!tr.docChanged || tr.effects.some((e) => e.is(grown))) return value;
    return { loaded: value.loaded, stale: value.stale ? value.stale.composeDesc(tr.changes) : tr.changes.desc };
  },
});

/** A position of the text that was annotated, for one of the text on screen. */
export function annotated(a: Annotation, position: number): number {
  return a.stale ? a.stale.invertedDesc.mapPos(position) : position;
}

/** A long list of capabilities is shown whole from now on: the message that has it. */
export const openList = StateEffect.define<number>();

/** Messages whose long lists are shown whole. */
export const lists = StateField.define<ReadonlySet<number>>({
  create: () => new Set(),
  update(value, tr) {
    for (const e of tr.effects) {
      if (e.is(setLoaded) && tr.startState.field(annotation).loaded?.name !== e.value?.name) value = new Set();
      if (e.is(openList)) value = new Set([...value, e.value]);
    }
    return value;
  },
});

export interface Show {
  prefix: boolean;
  inlays: boolean;
  editing: boolean;
  /** Only this connection; -1: all. */
  connection: number;
}

export const setShow = StateEffect.define<Partial<Show>>();

export const show = StateField.define<Show>({
  create: () => ({ prefix: false, inlays: true, editing: false, connection: -1 }),
  update(value, tr) {
    for (const e of tr.effects) if (e.is(setShow)) value = { ...value, ...e.value };
    return value;
  },
});
