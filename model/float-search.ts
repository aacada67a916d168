// Commits that nobody knows about: where could they stand, so that the sweep gets on? Conflict-driven and complete.
//
// The sweep starts with all of them left out. Where it stops, the blame is a chain: the transaction that fits nowhere,
// the reader that had raised its floor, the one that had raised that reader's floor, and so on down to a writer. If
// some order that extends the present one is right, then one of the additional transactions writes exactly what
// a member of the chain read, where that member could see it: one that writes anything else can only take a match
// away (so the chain would fail there as well). Or the member is such a commit itself, and must be put in its place.
// Trying each of those, and nothing else, therefore misses no solution, and unique values leave a choice or two.

import { type Sweep, sweepByTime } from "./time-sweep.js";
import { entryAt } from "./timeline.js";
import { isFloating, type Transaction } from "./transaction.js";

/** The sweep that got furthest; without a failure it proves the history right. `spent`: the budget ran out. */
export interface Searched {
  readonly sweep: Sweep;
  readonly spent: boolean;
}

/**
 * Searches depth first for places of the floating transactions that leave the sweep nothing to complain about.
 * `budget`: how many transactions may be swept again, over all attempts.
 */
export function searchFloating(
  first: Sweep,
  initial: ReadonlyMap<string, string>,
  budget: number,
  spent: () => boolean = () => false,
): Searched {
  let best = first;
  const floating = indexesOf(first.transactions);
  if (first.failure === null || floating.length === 0) return { sweep: first, spent: false };
  const tried = new Set<string>();
  const stack = attemptsAfter(first, floating);
  const anchors = new Set(first.order);
  for (let left = budget; ; left -= first.transactions.length) {
    const attempt = stack.pop();
    if (attempt === undefined) return { sweep: best, spent: false };
    const order = attempt.order.toSpliced(attempt.slot, 0, attempt.index);
    const name = nameOf(order, anchors);
    if (tried.has(name)) continue;
    tried.add(name);
    if (left <= 0 || spent()) return { sweep: best, spent: true };
    const sweep = sweepByTime(first.transactions, order, initial);
    if (sweep.failure === null) return { sweep, spent: false };
    if (progress(sweep) > progress(best)) best = sweep;
    for (const next of attemptsAfter(sweep, floating)) stack.push(next);
  }
}

// --- internal ---

type Order = readonly number[];

/** Put the floating transaction `index` behind the first `slot` transactions of an order. */
interface Attempt {
  readonly order: Order;
  readonly index: number;
  readonly slot: number;
}

function indexesOf(transactions: readonly Transaction[]): readonly number[] {
  const floating: number[] = [];
  transactions.forEach((transaction, index) => {
    if (isFloating(transaction) && transaction.writes.size > 0) floating.push(index);
  });
  return floating;
}

/** Two ways to the same order are one: the places of the floating ones among the others name it. */
function nameOf(order: Order, anchors: ReadonlySet<number>): string {
  let name = "";
  order.forEach((index, place) => {
    if (!anchors.has(index)) name += `${place}:${index} `;
  });
  return name;
}

/** The event at which the sweep stopped: the later, the better the order, and the more telling its failure. */
function progress({ transactions, failure, position }: Sweep): number {
  if (failure === null) return Number.POSITIVE_INFINITY;
  const { begin, commit } = transactions[failure.culprit] as Transaction;
  return (position[failure.culprit] as number) > 0 ? commit : begin;
}

/** The attempts to make next, the likeliest last (the stack's top). */
function attemptsAfter(sweep: Sweep, floating: readonly number[]): Attempt[] {
  const attempts: Attempt[] = [];
  const { order, position, floorAt } = sweep;
  for (const member of blameOf(sweep)) {
    for (const index of floating) {
      if ((position[index] as number) > 0) continue;
      const [helpful, to] = index === member ? [0, order.length] : helpfulSlots(sweep, member, index);
      const from = Math.max(helpful, lowestSlot(sweep, index));
      // First the lowest slot at or above the floor: the reader finds it there, and nobody before it is disturbed.
      const middle = Math.max(from, floorAt[member] as number);
      for (let slot = from; slot < middle && slot <= to; slot++) attempts.push({ order, index, slot });
      for (let slot = to; slot >= middle; slot--) attempts.push({ order, index, slot });
    }
  }
  return attempts;
}

/** Who could be helped by one more transaction, the transaction that fits nowhere last. */
function blameOf({ failure, floorBy, position }: Sweep): readonly number[] {
  if (failure === null) return [];
  // A writer reads the position before its own: no floor has a say in it.
  if (failure.kind === "base") return [failure.culprit];
  // A writer that was overtaken has not been asked what it read: the blame starts with who overtook it.
  const chain: number[] = failure.kind === "reads" ? [failure.culprit] : [];
  let member = floorBy[failure.culprit] as number;
  while (member >= 0 && position[member] === 0) {
    chain.push(member);
    member = floorBy[member] as number;
  }
  return chain.reverse();
}

/** A floating transaction stands after every writer that was answered before its commit was asked for. */
function lowestSlot({ transactions, order }: Sweep, index: number): number {
  const { commit } = transactions[index] as Transaction;
  for (let slot = order.length; slot > 0; slot--) {
    const { outcome, end } = transactions[order[slot - 1] as number] as Transaction;
    if (outcome === "committed" && end < commit) return slot;
  }
  return 0;
}

/** The slots where the member of the chain could see what the floating transaction wrote; empty as [1, 0]. */
function helpfulSlots(sweep: Sweep, member: number, index: number): readonly [from: number, to: number] {
  const reader = sweep.transactions[member] as Transaction;
  const writer = sweep.transactions[index] as Transaction;
  const own = sweep.position[member] as number;
  // A writer's reads are of the position before its own, a reader's of any from its floor to the end of its span.
  const first = own > 0 ? own - 1 : (sweep.floorAt[member] as number);
  let last = first;
  if (own === 0) {
    if (writer.commit >= reader.end) return [1, 0];
    while (last + 1 < sweep.reach.length && (sweep.reach[last + 1] as number) < reader.end) last++;
  }
  let from = Number.POSITIVE_INFINITY;
  for (const [key, value] of writer.writes) {
    if (!wanted(reader, key, value)) continue;
    const timeline = sweep.timelines.byKey.get(key);
    const overwritten = timeline === undefined ? 0 : (timeline.positions[entryAt(timeline, first)] as number);
    from = Math.min(from, overwritten);
  }
  return from > last ? [1, 0] : [from, last];
}

/** Did the reader see this value (null: see that the key is absent)? */
function wanted(reader: Transaction, key: string, value: string | null): boolean {
  if (reader.reads.some((read) => read.key === key && read.value === value)) return true;
  return reader.scans.some(({ entries }) =>
    value === null
      ? entries.every(([present]) => present !== key)
      : entries.some(([present, held]) => present === key && held === value),
  );
}
