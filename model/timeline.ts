// What each key held, and when: per key, the positions of a total order of writers at which its value changed.
import type { Transaction } from "./transaction.js";

/** One key. `values[i]` holds from `positions[i]` to just before `positions[i + 1]`; position 0 is the initial state. */
export interface Timeline {
  readonly positions: number[];
  readonly values: (string | null)[];
  /** Where the last search stood: the sweep's floor only rises, so earlier entries are never needed again. */
  cursor: number;
  /** The last scan that counted this key, to tell a key that stands twice in a scan. */
  counted: number;
}

export interface Timelines {
  readonly byKey: ReadonlyMap<string, Timeline>;
  /** Number of keys present after each position: a scan whose entries all match is complete if its size is this. */
  readonly live: readonly number[];
  /** Scans looked at so far: names the scan in {@link Timeline.counted}. */
  scans: number;
}

/** `order[i]` is the index of the transaction at position `i + 1`. */
export function timelinesOf(
  transactions: readonly Transaction[],
  order: readonly number[],
  initial: ReadonlyMap<string, string>,
): Timelines {
  const byKey = new Map<string, Timeline>();
  for (const [key, value] of initial) byKey.set(key, { positions: [0], values: [value], cursor: 0, counted: 0 });
  let alive = initial.size;
  const live = [alive];
  for (let index = 0; index < order.length; index++) {
    const { writes } = transactions[order[index] as number] as Transaction;
    for (const [key, value] of writes) {
      let timeline = byKey.get(key);
      if (timeline === undefined) {
        timeline = { positions: [0], values: [null], cursor: 0, counted: 0 };
        byKey.set(key, timeline);
      }
      const before = timeline.values[timeline.values.length - 1];
      if ((before === null) !== (value === null)) alive += value === null ? -1 : 1;
      timeline.positions.push(index + 1);
      timeline.values.push(value);
    }
    live.push(alive);
  }
  return { byKey, live, scans: 0 };
}

/** The entry that holds at a position: the last one not after it. O(log n), for explanations. */
export function entryAt(timeline: Timeline, position: number): number {
  let low = 0;
  let high = timeline.positions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((timeline.positions[middle] as number) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A key's value after a position. */
export function valueAt(timelines: Timelines, key: string, position: number): string | null {
  const timeline = timelines.byKey.get(key);
  return timeline === undefined ? null : (timeline.values[entryAt(timeline, position)] ?? null);
}
