// The sweep by time: given one total order of the writers, is there a moment for everybody? Exact, in linear time.
//
// Position p is the state after the p-th writer; 0 is the initial state. `floor` is the highest position that a
// finished transaction has forced. A reader takes the lowest position from the floor at its begin on that explains
// all that it read: taking a higher one can only hurt those that come later, so the greedy choice loses nothing.
// A chain of intervals has ascending moments exactly if no interval ends before an earlier link's begins; for the
// writers up to a reader's position that is `reach`, for everything else it is the floor.
import type { Entries } from "./history.js";
import { type Timeline, type Timelines, timelinesOf } from "./timeline.js";
import type { Transaction } from "./transaction.js";

/** Where the sweep stopped. */
export interface Failure {
  /** The transaction that fits nowhere. */
  readonly culprit: number;
  /**
   * `reads`: no position explains a reader. `base`: a writer did not read the state before its own writes.
   * `order`: something that ended before a writer's commit was asked for already stands at or after its position.
   */
  readonly kind: "reads" | "base" | "order";
}

/** One sweep: its order, what it found, and why each transaction could go no lower. Arrays are by transaction. */
export interface Sweep {
  readonly transactions: readonly Transaction[];
  /** `order[i]` is the transaction at position `i + 1`. */
  readonly order: readonly number[];
  readonly timelines: Timelines;
  /** By position: the latest event at which a writer up to it asked for its commit. */
  readonly reach: readonly number[];
  /** A writer's position, 0 for everybody else. */
  readonly position: Int32Array;
  /** The floor a transaction met when it began to matter, and who had raised it (-1: nobody). */
  readonly floorAt: Int32Array;
  readonly floorBy: Int32Array;
  readonly failure: Failure | null;
}

/** Sweeps once over the history's events. Transactions that are not in `order` are judged as readers. */
export function sweepByTime(
  transactions: readonly Transaction[],
  order: readonly number[],
  initial: ReadonlyMap<string, string>,
): Sweep {
  const count = transactions.length;
  const position = new Int32Array(count);
  const reach = [-1];
  for (let index = 0; index < order.length; index++) {
    const writer = order[index] as number;
    position[writer] = index + 1;
    const { commit } = transactions[writer] as Transaction;
    const before = reach[index] as number;
    reach.push(Math.max(commit, before));
  }
  const timelines = timelinesOf(transactions, order, initial);
  const floorAt = new Int32Array(count);
  const floorBy = new Int32Array(count);
  const sweep = { transactions, order, timelines, reach, position, floorAt, floorBy };
  const failure = firstFailure(sweep);
  return { transactions, order, timelines, reach, position, floorAt, floorBy, failure };
}

// --- internal ---

type Given = Omit<Sweep, "failure">;

function firstFailure(sweep: Given): Failure | null {
  const { transactions, timelines, reach, position, floorAt, floorBy } = sweep;
  const chosen = new Int32Array(transactions.length);
  const marks = marksOf(transactions, position);
  let floor = 0;
  let raisedBy = -1;
  for (let event = 0; event < marks.length; event++) {
    const mark = marks[event] as number;
    if (mark === 0) continue;
    const index = (mark - 1) >> 1;
    if ((mark & 1) === 0) {
      const reached = chosen[index] as number;
      if (reached > floor) {
        floor = reached;
        raisedBy = index;
      }
      continue;
    }
    const transaction = transactions[index] as Transaction;
    const own = position[index] as number;
    floorAt[index] = floor;
    floorBy[index] = raisedBy;
    if (own > 0) {
      if (floor >= own) return { culprit: index, kind: "order" };
      if (explained(timelines, transaction, own - 1, floor) !== own - 1) return { culprit: index, kind: "base" };
      chosen[index] = own;
    } else {
      const lowest = explained(timelines, transaction, floor, floor);
      if (lowest < 0 || (reach[lowest] as number) >= transaction.end) return { culprit: index, kind: "reads" };
      chosen[index] = lowest;
    }
  }
  return null;
}

/**
 * By event: 2 * index + 1 where a transaction starts to matter (a reader's begin, a writer's commit's invoke),
 * 2 * index + 2 where it is over (a reader's span, a commit's ok), 0 elsewhere.
 */
function marksOf(transactions: readonly Transaction[], position: Int32Array): Int32Array {
  let last = 0;
  for (const { end, commit } of transactions) last = Math.max(last, end, commit);
  const marks = new Int32Array(last + 1);
  for (let index = 0; index < transactions.length; index++) {
    const { reads, scans, begin, commit, end, outcome } = transactions[index] as Transaction;
    if ((position[index] as number) > 0) {
      marks[commit] = 2 * index + 1;
      // A floating writer is never over: its moment may come after everything.
      if (outcome === "committed") marks[end] = 2 * index + 2;
    } else if (reads.length + scans.length > 0) {
      marks[begin] = 2 * index + 1;
      marks[end] = 2 * index + 2;
    }
  }
  return marks;
}

/** The lowest position from `from` on whose state explains every read, -1 where there is none. */
function explained(timelines: Timelines, transaction: Transaction, from: number, floor: number): number {
  const { reads, scans } = transaction;
  for (let position = from; ; ) {
    let next = position;
    for (const { key, value } of reads) {
      next = nextMatch(timelines.byKey.get(key), value, next, floor);
      if (next < 0) return -1;
    }
    for (const { entries } of scans) {
      next = nextComplete(timelines, entries, next, floor);
      if (next < 0) return -1;
    }
    if (next === position) return position;
    position = next;
  }
}

/** The first position from `from` on at which the key holds the value, -1 where there is none. */
function nextMatch(timeline: Timeline | undefined, value: string | null, from: number, floor: number): number {
  if (timeline === undefined) return value === null ? from : -1;
  const { positions, values } = timeline;
  const length = positions.length;
  let entry = timeline.cursor;
  while (entry + 1 < length && (positions[entry + 1] as number) <= floor) entry++;
  timeline.cursor = entry;
  while (entry + 1 < length && (positions[entry + 1] as number) <= from) entry++;
  if (values[entry] === value) return from;
  for (entry++; entry < length; entry++) if (values[entry] === value) return positions[entry] as number;
  return -1;
}

/** The same for a scan: every entry holds, and no other key is present. */
function nextComplete(timelines: Timelines, entries: Entries, from: number, floor: number): number {
  const { byKey, live } = timelines;
  const scan = ++timelines.scans;
  let distinct = 0;
  let next = from;
  for (const [key, value] of entries) {
    const timeline = byKey.get(key);
    next = nextMatch(timeline, value, next, floor);
    if (next < 0 || timeline === undefined) return -1;
    if (timeline.counted !== scan) distinct++;
    timeline.counted = scan;
  }
  if (next > from || live[next] === distinct) return next;
  return next + 1 < live.length ? next + 1 : -1;
}
