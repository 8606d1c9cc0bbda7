/** Hits of the search, lit in the transcript. */
import { RangeSet, StateEffect, StateField, type Range } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { Hit } from "../model/search";

export const setHits = StateEffect.define<{ hits: Hit[]; now: number }>();

const HIT = Decoration.mark({ class: "hit" });
const NOW = Decoration.mark({ class: "hit now" });

export const hits = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update(value, tr) {
    for (const e of tr.effects) {
      if (!e.is(setHits)) continue;
      const out: Range<Decoration>[] = [];
      e.value.hits.forEach((h, i) => {
        if (h.to > h.from && h.to <= tr.state.doc.length) out.push((i === e.value.now ? NOW : HIT).range(h.from, h.to));
      });
      return Decoration.set(out, true);
    }
    return tr.docChanged ? value.map(tr.changes) : value;
  },
  provide: (f) => EditorView.decorations.from(f),
});
