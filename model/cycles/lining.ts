// From sessions as they were read to columns.
import { FATE, type Recording } from "./recording.js";

/** A session as reading.ts leaves it. */
export interface Visit {
  readonly client: string;
  readonly begin: number;
  end: number;
  asked: number;
  fate: number;
  id: number;
  reads: number[];
  /** Of each scan: the number of its entries, then their pairs. */
  scans: number[];
  /** Pairs in the order of the puts; `-1 - pair` of one that is `info`. */
  puts: number[];
}

/** Keys and pairs as the recording has them. */
export type Names = Pick<Recording, "keys" | "keyOf" | "valueAt" | "absentOf" | "initialOf">;

export function lineUp(
  { keys, keyOf, valueAt, absentOf, initialOf }: Names,
  visits: readonly Visit[],
  refused: readonly { readonly visit: Visit; readonly pair: number }[],
): Recording {
  const reads: number[] = [];
  const entries: number[] = [];
  const entriesTo: number[] = [];
  const writes: number[] = [];
  const staged: number[] = [];
  const [readsTo, scansTo, writesTo, stagedTo]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const { fate, reads: gets, scans, puts } of visits) {
    for (const pair of gets) reads.push(pair);
    for (let at = 0; at < scans.length; ) {
      const last = at + (scans[at] as number);
      for (at += 1; at <= last; at += 1) entries.push(scans[at] as number);
      entriesTo.push(entries.length);
    }
    if (fate === FATE.none) for (const put of puts) staged.push(put < 0 ? -1 - put : put);
    else sortOut(keyOf, puts, writes, staged);
    readsTo.push(reads.length);
    scansTo.push(entriesTo.length);
    writesTo.push(writes.length);
    stagedTo.push(staged.length);
  }
  const lists = { readsTo, scansTo, writesTo, stagedTo, reads, entriesTo, entries, writes, staged };
  return {
    ...{ keys, keyOf, valueAt, absentOf, initialOf },
    client: visits.map(({ client }) => client),
    begin: visits.map(({ begin }) => begin),
    end: visits.map(({ end }) => end),
    asked: visits.map(({ asked }) => asked),
    fate: visits.map(({ fate }) => fate),
    id: visits.map(({ id }) => id),
    ...lists,
    refused: refused.map(({ visit, pair }) => ({ session: visits.indexOf(visit), pair })),
  };
}

// --- internal ---

/** Of each key the last certain put is a write; an `info` after it may be one; the rest is overwritten. */
function sortOut(keyOf: readonly number[], puts: readonly number[], writes: number[], staged: number[]): void {
  const settled = new Set<number>();
  for (let at = puts.length - 1; at >= 0; at -= 1) {
    const put = puts[at] as number;
    const pair = put < 0 ? -1 - put : put;
    const key = keyOf[pair] as number;
    if (settled.has(key)) staged.push(pair);
    else if (put < 0) staged.push(put);
    else writes.push(put);
    if (put >= 0) settled.add(key);
  }
}
