// What each session says it saw, key by key, each key once: its gets, its scans, and what its scans lacked.
import { FATE, NEVER, type Recording, startOf } from "./recording.js";

export interface Claims {
  /** By session: where its claims end in `pairs`. */
  readonly to: Int32Array;
  readonly pairs: readonly number[];
  /** The first session that saw two values of one key, with both pairs. */
  readonly torn: { readonly session: number; readonly before: number; readonly after: number } | null;
  /** True where there were too many to list. */
  readonly spent: boolean;
}

/** A scan claims that every other key is absent: bounded, so that a few scans of many deleted keys don't eat the memory. */
const CLAIMS_MAX = 30_000_000;

export function claimsOf(recording: Recording): Claims {
  const { begin, keyOf, reads, readsTo } = recording;
  const to = new Int32Array(begin.length);
  const pairs: number[] = [];
  const sighting: Sighting = { seen: new Int32Array(recording.keys.length).fill(-1), pairs, start: 0, torn: null };
  const scanned = recording.entriesTo.length > 0 ? scannedOf(recording) : null;
  for (let session = 0; session < begin.length; session += 1) {
    sighting.start = pairs.length;
    for (let at = startOf(readsTo, session); at < (readsTo[session] as number); at += 1) {
      note(sighting, keyOf, reads[at] as number, session);
    }
    if (scanned !== null) scan(recording, scanned, sighting, session);
    for (let at = sighting.start; at < pairs.length; at += 1) sighting.seen[keyOf[pairs[at] as number] as number] = -1;
    to[session] = pairs.length;
    if (pairs.length > CLAIMS_MAX) return { to, pairs, torn: sighting.torn, spent: true };
  }
  return { to, pairs, torn: sighting.torn, spent: false };
}

// --- internal ---

interface Sighting {
  /** By key: the place of the pair that the present session saw, -1 for none. */
  readonly seen: Int32Array;
  readonly pairs: number[];
  start: number;
  torn: Claims["torn"];
}

function note(sighting: Sighting, keyOf: readonly number[], pair: number, session: number): void {
  const key = keyOf[pair] as number;
  const place = sighting.seen[key] as number;
  if (place < 0) {
    sighting.seen[key] = sighting.pairs.length;
    sighting.pairs.push(pair);
  } else if (sighting.pairs[place] !== pair) {
    sighting.torn ??= { session, before: sighting.pairs[place] as number, after: pair };
  }
}

/** Keys that a scan has to be asked about, and the first event at which each may be there or change. */
interface Scanned {
  readonly keys: readonly number[];
  readonly from: Int32Array;
}

function scannedOf({
  keys,
  keyOf,
  initialOf,
  absentOf,
  fate,
  asked,
  writes,
  writesTo,
  staged,
  stagedTo,
}: Recording): Scanned {
  const from = new Int32Array(keys.length).fill(NEVER);
  const touch = (pair: number, at: number): void => {
    const key = keyOf[pair] as number;
    if (at < (from[key] as number)) from[key] = at;
  };
  for (let session = 0; session < fate.length; session += 1) {
    if (fate[session] === FATE.none) continue;
    const at = asked[session] as number;
    for (let place = startOf(writesTo, session); place < (writesTo[session] as number); place += 1)
      touch(writes[place] as number, at);
    for (let place = startOf(stagedTo, session); place < (stagedTo[session] as number); place += 1) {
      const put = staged[place] as number;
      if (put < 0) touch(-1 - put, at);
    }
  }
  for (let key = 0; key < keys.length; key += 1) if (initialOf[key] !== absentOf[key]) from[key] = -1;
  const asking = keys.map((_, key) => key).filter((key) => (from[key] as number) < NEVER);
  asking.sort((one, other) => (from[one] as number) - (from[other] as number));
  return { keys: asking, from };
}

/** A key that nobody asked to write before the session's end is absent without anybody's doing. */
function scan(recording: Recording, { keys, from }: Scanned, sighting: Sighting, session: number): void {
  const { keyOf, absentOf, scansTo, entriesTo, entries, fate, end } = recording;
  const until = fate[session] === FATE.floating ? NEVER : (end[session] as number);
  for (let scanAt = startOf(scansTo, session); scanAt < (scansTo[session] as number); scanAt += 1) {
    const present = new Set<number>();
    for (let at = startOf(entriesTo, scanAt); at < (entriesTo[scanAt] as number); at += 1) {
      const pair = entries[at] as number;
      present.add(keyOf[pair] as number);
      note(sighting, keyOf, pair, session);
    }
    for (const key of keys) {
      if ((from[key] as number) > until) break;
      if (!present.has(key)) note(sighting, keyOf, absentOf[key] as number, session);
    }
  }
}
