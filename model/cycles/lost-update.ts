// A lost update that a cycle with real time hides: somebody read a value and wrote over it, though another one, that had
// not been read, had been written in between. P4 of Berenson et al., "A critique of ANSI SQL isolation levels", SIGMOD 1995.
import { claimsOf } from "./claims.js";
import { FATE, type Recording, startOf } from "./recording.js";
import { INITIAL, writersOf } from "./writers.js";

export interface LostUpdate {
  /** Who read `pair` and wrote over it. */
  readonly by: number;
  readonly pair: number;
  /** Whose write was lost. */
  readonly loser: number;
  /** True: ids tell the order of the two writes. False: real time does. */
  readonly byId: boolean;
}

/** How many pairs of writers may be looked at: explaining must not take longer than judging. */
const LOOKS_MAX = 5_000_000;

export function lostUpdateOf(recording: Recording): LostUpdate | null {
  const { keyOf, fate, writes, writesTo } = recording;
  const claims = claimsOf(recording);
  const writers = writersOf(recording, claims);
  const byKey = committedByKey(recording);
  let looks = LOOKS_MAX;
  for (let by = 0; by < fate.length; by += 1) {
    if (writers.changes[by] === 0) continue;
    const own = new Set(writes.slice(startOf(writesTo, by), writesTo[by]).map((pair) => keyOf[pair]));
    const last = claims.to[by] as number;
    for (let at = by === 0 ? 0 : (claims.to[by - 1] as number); at < last; at += 1) {
      const pair = claims.pairs[at] as number;
      const writer = writers.writerOf[pair] as number;
      if (!own.has(keyOf[pair] as number) || writer < INITIAL) continue;
      for (const loser of byKey.get(keyOf[pair] as number) ?? []) {
        looks -= 1;
        if (looks < 0) return null;
        if (loser === by || loser === writer) continue;
        const how = betweenOf(recording, writer, loser, by);
        if (how !== null) return { by, pair, loser, byId: how === "id" };
      }
    }
  }
  return null;
}

// --- internal ---

function committedByKey({ keyOf, fate, writes, writesTo }: Recording): ReadonlyMap<number, readonly number[]> {
  const byKey = new Map<number, number[]>();
  for (let session = 0; session < fate.length; session += 1) {
    if (fate[session] !== FATE.committed) continue;
    for (let at = startOf(writesTo, session); at < (writesTo[session] as number); at += 1) {
      const key = keyOf[writes[at] as number] as number;
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [session]);
      else list.push(session);
    }
  }
  return byKey;
}

/** How it is known that one wrote after the writer of what was read, and before who wrote over it; null where it isn't. */
function betweenOf(recording: Recording, writer: number, loser: number, by: number): "id" | "time" | null {
  const { id, asked, end, fate } = recording;
  const over = (one: number, other: number): boolean =>
    fate[one] === FATE.committed && (end[one] as number) < (asked[other] as number);
  // NaN is less than nothing.
  const lower = (one: number, other: number): boolean => (id[one] as number) < (id[other] as number);
  const first = writer === INITIAL;
  if ((first || lower(writer, loser)) && lower(loser, by) && !over(by, loser)) return "id";
  return (first || over(writer, loser)) && over(loser, by) ? "time" : null;
}
