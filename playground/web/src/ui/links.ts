/** What the address says after its #: a place, or a whole transcript. */
import { editor } from "../editor/view";
import { decrypt, fromBase64url, MOST_UNPACKED, readFragment, unpack, type Place, type Shared } from "../model/fragment";
import { formats, linesBefore, loaded, notice, open, phase } from "../model/store";
import { goToPosition, selectProblem } from "../model/selection";

/** Does what the fragment says. Nothing of a damaged link is used. */
export async function followHash(): Promise<void> {
  const link = readFragment(location.hash);
  try {
    if (link.kind === "place") await goTo(link.place);
    else if (link.kind === "text") await openShared(await unpack(fromBase64url(link.data)), link.place);
    else if (link.kind === "short") {
      const r = await fetch(new URL("api/share/" + link.id, document.baseURI), { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error" });
      if (!r.ok || Number(r.headers.get("content-length") ?? 0) > MOST_UNPACKED) throw new Error("gone");
      await openShared(await unpack(await decrypt(new Uint8Array(await r.arrayBuffer()), link.key)), link.place);
    } else if (link.kind === "bad") throw new Error("bad link");
  } catch {
    notice.value = "bad-link";
  }
}

async function openShared(s: Shared, place: Place): Promise<void> {
  const known = s.format !== undefined && formats.peek().some((f) => f.id === s.format);
  await open(
    { name: s.name || "transcript.txt", octets: new TextEncoder().encode(s.text), origin: "link" },
    { ...(known ? { format: s.format } : {}), ...(s.swap ? { swap: true } : {}) },
  );
  await goTo(place);
}

/** Goes to a line or a problem of what is open. */
async function goTo(place: Place): Promise<void> {
  const l = loaded.peek(), view = editor.peek();
  if (!l || !view || phase.peek() !== "read") return;
  if (place.problem !== undefined && place.problem >= 1 && place.problem <= l.tables.diagnostics.length) await selectProblem(place.problem - 1);
  else if (place.line !== undefined) await goToPosition(view.state.doc.line(Math.min(Math.max(1, place.line - linesBefore()), view.state.doc.lines)).from);
}

export function listenToHash(): void {
  addEventListener("hashchange", () => void followHash());
}
