/** How much of a literal is there. */
import { LITERAL_STATES, type LiteralState, type Tables } from "imapwire";

/** What is known of a literal's octets; "cut": the text ends before they do. */
export type Presence = LiteralState | "cut";

export function presence(x: Tables["literals"], i: number): Presence {
  const state = LITERAL_STATES[x.state[i]];
  return state === "present" && x.found[i] < x.announced[i] ? "cut" : state;
}
