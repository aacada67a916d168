// Strict serializability by trying everything: every set of unknown commits, every order. For tiny histories only.
// Shares nothing with the checkers but the type of a transaction.
import type { Transaction } from "../model/transaction.js";

/** The definition, read out loud: is there an order of moments that explains every read and agrees with real time? */
export function isSerializable(transactions: readonly Transaction[]): boolean {
  const unknown = transactions.filter((each) => each.outcome === "unknown" && each.writes.size > 0);
  for (let chosen = 0; chosen < 2 ** unknown.length; chosen += 1) {
    const applied = new Set(unknown.filter((_, bit) => (chosen >> bit) % 2 === 1));
    const moments = transactions.map((each) => momentOf(each, applied.has(each)));
    if (extend(moments, new Map(), Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)) return true;
  }
  return false;
}

// --- internal ---

/** A transaction with the open interval in which its moment lies, and what it changes then. */
interface Moment {
  readonly of: Transaction;
  readonly from: number;
  readonly to: number;
  readonly changes: boolean;
}

function momentOf(of: Transaction, applied: boolean): Moment {
  const changes = of.writes.size > 0 && (of.outcome === "committed" || applied);
  if (!changes) return { of, from: of.begin, to: of.end, changes };
  return { of, from: of.commit, to: of.outcome === "committed" ? of.end : Number.POSITIVE_INFINITY, changes };
}

/** Can what is left follow, after a prefix that ended in `state` not before `now` and with the id `txn`? */
function extend(left: readonly Moment[], state: ReadonlyMap<string, string>, now: number, txn: number): boolean {
  if (left.length === 0) return true;
  return left.some((next) => {
    const moment = Math.max(now, next.from);
    const reads = next.of.reads.length + next.of.scans.length > 0;
    if ((next.changes || reads) && moment >= next.to) return false;
    if (reads && !agrees(next.of, state)) return false;
    const id = next.changes && next.of.txn !== null ? next.of.txn : null;
    if (id !== null && id <= txn) return false;
    const rest = left.filter((each) => each !== next);
    // Whoever neither reads nor changes anything has no moment that could matter.
    const then = next.changes || reads ? moment : now;
    return extend(rest, next.changes ? after(next.of, state) : state, then, id ?? txn);
  });
}

function agrees({ reads, scans }: Transaction, state: ReadonlyMap<string, string>): boolean {
  const sawAll = (entries: ReadonlyMap<string, string>): boolean =>
    entries.size === state.size && [...entries].every(([key, value]) => state.get(key) === value);
  return (
    reads.every(({ key, value }) => (state.get(key) ?? null) === value) &&
    scans.every(({ entries }) => sawAll(new Map(entries)))
  );
}

function after({ writes }: Transaction, state: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const next = new Map(state);
  for (const [key, value] of writes) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next;
}
