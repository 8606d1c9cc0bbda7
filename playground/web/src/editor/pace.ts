/** While the thumb of the scroll bar is dragged, screens follow each other too fast to be read: they are drawn coarsely, and finely once it rests. */
import { ViewPlugin, type EditorView, type ViewUpdate } from "@codemirror/view";
import { redraw } from "./state";

/** Milliseconds that a screen stays until it is taken for one that is read. */
const REST = 70;

class Pace {
  /** What is drawn now is soon gone: lines and what covers secrets, no more. */
  coarse = false;
  private from = 0;
  private to = 0;
  /** Runs since the last screen that is far from the one before it; another before it ends is drawn coarsely. */
  private resting: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];

  constructor(private readonly view: EditorView) {}

  update(u: ViewUpdate): void {
    if (!u.viewportChanged && !u.docChanged) return;
    const { from, to } = u.view.viewport, far = to <= this.from || this.to <= from;
    this.from = from;
    this.to = to;
    if (!far || u.transactions.length > 0) return; // somebody went there, or what stands above was folded
    this.coarse = this.resting !== undefined;
    if (!this.coarse) this.waiting.length = 0; // what waited is far away now
    clearTimeout(this.resting);
    const mine = (this.resting = setTimeout(() => {
      // A frame may have taken longer than that: the next one tells whether the thumb still moves.
      requestAnimationFrame(() => setTimeout(() => { if (mine === this.resting) this.rest(); }));
    }, REST));
  }

  private rest(): void {
    this.resting = undefined;
    if (!this.coarse) return;
    this.coarse = false;
    this.view.dispatch({ effects: redraw.of(null) });
    for (const go of this.waiting.splice(0)) go();
  }

  wait(go: () => void): void {
    this.waiting.push(go);
  }

  destroy(): void {
    clearTimeout(this.resting);
    this.resting = undefined;
  }
}

export const pace = ViewPlugin.fromClass(Pace);

/** Asks for what a widget shows once the screen that has it stays, unless the widget is gone by then. */
export function whenAtRest(view: EditorView, e: HTMLElement, go: () => void): void {
  const p = view.plugin(pace);
  if (p?.coarse) p.wait(() => { if (e.isConnected) go(); });
  else go();
}
