// What the search has to put in order: each session once, or a commit that nobody knows about in one of two ways.
import { FATE, NEVER, type Recording, startOf } from "./recording.js";

/**
 * `read`, `write`: a moment has to be found for it. `maybe-read`: it read, and its commit is unknown: true in its span,
 * or `maybe-write` takes effect later. `maybe-write` alone: at any time, or never.
 */
export type Role = "read" | "write" | "maybe-read" | "maybe-write";

export interface Operation {
  readonly session: number;
  readonly role: Role;
  readonly from: number;
  readonly to: number;
  /** What it may write: one of these lists of pairs. More than one where a put is `info`. */
  readonly variants: readonly (readonly number[])[];
  /** The pairs it read by gets, and the entries of each scan: one that stands twice counts once. */
  readonly gets: readonly number[];
  readonly scans: readonly (readonly number[])[];
  /** For a `maybe-read`, its `maybe-write`, and the other way round; -1 for none. */
  readonly twin: number;
}

/** More puts than this of one session that are `info` have too many combinations. */
const DOUBTS_MAX = 6;

/** Null where a session may have written too many things. */
export function operationsOf(recording: Recording): readonly Operation[] | null {
  const { begin, end, asked, fate } = recording;
  const operations: Operation[] = [];
  for (let session = 0; session < begin.length; session += 1) {
    const seen = { gets: getsOf(recording, session), scans: scansOf(recording, session) };
    const reads = seen.gets.length + seen.scans.length > 0;
    const span = { session, from: begin[session] as number, to: end[session] as number };
    const variants = fate[session] === FATE.none ? [[]] : variantsOf(recording, session);
    if (variants === null) return null;
    const writes = variants.length > 1 || (variants[0]?.length ?? 0) > 0;
    const ask = { session, from: asked[session] as number };
    if (!writes) {
      if (reads) operations.push({ ...span, ...seen, role: "read", variants: [], twin: -1 });
    } else if (fate[session] === FATE.committed) {
      operations.push({ ...ask, ...seen, role: "write", to: span.to, variants, twin: -1 });
    } else {
      const twin = reads ? operations.length : -1;
      if (reads) operations.push({ ...span, ...seen, role: "maybe-read", variants: [], twin: twin + 1 });
      operations.push({ ...ask, ...seen, role: "maybe-write", to: NEVER, variants, twin });
    }
  }
  return operations;
}

// --- internal ---

function getsOf({ reads, readsTo }: Recording, session: number): readonly number[] {
  return reads.slice(startOf(readsTo, session), readsTo[session]);
}

function scansOf({ scansTo, entries, entriesTo }: Recording, session: number): readonly (readonly number[])[] {
  const scans: (readonly number[])[] = [];
  for (let scan = startOf(scansTo, session); scan < (scansTo[session] as number); scan += 1) {
    scans.push([...new Set(entries.slice(startOf(entriesTo, scan), entriesTo[scan]))]);
  }
  return scans;
}

/** What is certain, and with each put that is `info` staged or not: of one key only the last can count. */
function variantsOf({ keyOf, writes, writesTo, staged, stagedTo }: Recording, session: number): number[][] | null {
  const certain = writes.slice(startOf(writesTo, session), writesTo[session]);
  const doubtful: number[] = [];
  for (let at = startOf(stagedTo, session); at < (stagedTo[session] as number); at += 1) {
    const put = staged[at] as number;
    if (put < 0) doubtful.push(-1 - put);
  }
  if (doubtful.length > DOUBTS_MAX) return null;
  let variants = [certain];
  for (const pair of doubtful) {
    variants = variants.flatMap((each) => [each, [...each.filter((other) => keyOf[other] !== keyOf[pair]), pair]]);
  }
  return variants;
}
