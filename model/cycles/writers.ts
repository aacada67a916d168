// Who wrote what, as far as values tell it, and who changed the state.
import type { Claims } from "./claims.js";
import { FATE, NEVER, type Recording, startOf } from "./recording.js";

/** Instead of a session that wrote a pair: the initial state, nobody, or more than one may have. */
export const [INITIAL, NOBODY, SEVERAL] = [-1, -2, -3] as const;

export interface Writers {
  /** By pair: the session that wrote it, or one of the above. */
  readonly writerOf: Int32Array;
  /**
   * By session: 1 if it changes the state. A commit that nobody knows about does if something was seen that it alone
   * can have written. If nothing was seen of it, leaving it out changes no answer.
   */
  readonly changes: Uint8Array;
  /** By pair: 1 if somebody saw it. */
  readonly seen: Uint8Array;
  /** Why this may not be all; null where it is. */
  readonly gap: string | null;
}

export function writersOf(recording: Recording, claims: Claims): Writers {
  const { fate, writes, writesTo, staged, stagedTo } = recording;
  const writerOf = sources(recording);
  const seen = new Uint8Array(writerOf.length);
  for (let at = 0; at < claims.pairs.length; at += 1) seen[claims.pairs[at] as number] = 1;
  const changes = new Uint8Array(fate.length);
  let open = false;
  for (let session = 0; session < fate.length; session += 1) {
    if (fate[session] === FATE.none) continue;
    let shared = false;
    for (let at = startOf(writesTo, session); at < (writesTo[session] as number); at += 1) {
      const pair = writes[at] as number;
      if (fate[session] === FATE.committed || (seen[pair] === 1 && writerOf[pair] === session)) changes[session] = 1;
      if (seen[pair] === 1 && writerOf[pair] === SEVERAL) shared = true;
    }
    for (let at = startOf(stagedTo, session); at < (stagedTo[session] as number); at += 1) {
      const put = staged[at] as number;
      if (put < 0 && seen[-1 - put] === 1) shared = true;
    }
    if (shared) open = true;
  }
  return { writerOf, changes, seen, gap: open ? "a value was seen that more than one may have written" : null };
}

/** From when on a session's moment may be: its commit's invoke, or its begin. */
export function fromOf({ asked, begin }: Recording, { changes }: Writers, session: number): number {
  return (changes[session] === 1 ? asked[session] : begin[session]) as number;
}

/** Until when: its end, or the end of time. */
export function toOf({ end, fate }: Recording, { changes }: Writers, session: number): number {
  return changes[session] === 1 && fate[session] === FATE.floating ? NEVER : (end[session] as number);
}

// --- internal ---

function sources({ keyOf, initialOf, fate, writes, writesTo, staged, stagedTo }: Recording): Int32Array {
  const writerOf = new Int32Array(keyOf.length).fill(NOBODY);
  for (let key = 0; key < initialOf.length; key += 1) writerOf[initialOf[key] as number] = INITIAL;
  for (let session = 0; session < fate.length; session += 1) {
    if (fate[session] === FATE.none) continue;
    for (let at = startOf(writesTo, session); at < (writesTo[session] as number); at += 1) {
      const pair = writes[at] as number;
      writerOf[pair] = writerOf[pair] === NOBODY ? session : SEVERAL;
    }
    for (let at = startOf(stagedTo, session); at < (stagedTo[session] as number); at += 1) {
      const put = staged[at] as number;
      if (put < 0) writerOf[-1 - put] = SEVERAL;
    }
  }
  return writerOf;
}
