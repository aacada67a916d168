// Strict serializability in linear time: the ids of the commits give the order of the state changes, a sweep by time
// asks whether everybody's reads fit it. Exact: never "valid" unseen, never "invalid" by mistake.
//
// Rules: docs/history.md. Strict serializability as in Papadimitriou, "The serializability of concurrent database
// updates", JACM 26(4), 1979; that known versions make the check linear as in Gibbons and Korach, "Testing shared
// memories", SIAM J. Comput. 26(4), 1997.
import { type Anomaly, anomalyOf } from "./anomaly.js";
import { searchFloating } from "./float-search.js";
import { type Sweep, sweepByTime } from "./time-sweep.js";
import { describe, isFloating, type Transaction } from "./transaction.js";
import { orderByVersion } from "./version-order.js";

export type Serializability =
  | { readonly verdict: "valid"; readonly order: readonly number[] }
  | { readonly verdict: "invalid"; readonly anomaly: Anomaly }
  | { readonly verdict: "unknown"; readonly message: string };

export interface SweepOptions {
  /** The state before the first event; empty if absent. */
  readonly initial?: ReadonlyMap<string, string>;
  /** How many transactions may be swept again in search of places for unknown commits. */
  readonly budget?: number;
  /** Asked now and then during that search; true ends it. */
  readonly spent?: () => boolean;
}

/**
 * Is there one order of the moments that explains every read, agrees with real time and has ascending ids?
 * `transactions` in the order of their begins, as sessionsOf gives them. `order` of a valid answer: the indexes of
 * the transactions that changed the state.
 */
export function checkByVersion(transactions: readonly Transaction[], options: SweepOptions = {}): Serializability {
  const { initial = NOTHING, budget = 200_000 + 50 * transactions.length } = options;
  const { order, without, twice } = orderByVersion(transactions);
  if (without !== undefined) {
    return { verdict: "unknown", message: `${describe(without)} committed without an id` };
  }
  if (twice !== undefined) return { verdict: "invalid", anomaly: idTwice(transactions, twice) };
  let sweep: Sweep = sweepByTime(transactions, order, initial);
  if (sweep.failure === null) return { verdict: "valid", order };
  const searched = searchFloating(sweep, initial, budget, options.spent);
  sweep = searched.sweep;
  if (sweep.failure === null) return { verdict: "valid", order: sweep.order };
  if (searched.spent) return { verdict: "unknown", message: "too many commits that nobody knows about: budget spent" };
  const doubtful = transactions.find((transaction) => isFloating(transaction) && transaction.doubtful);
  if (doubtful !== undefined) {
    return { verdict: "unknown", message: `${describe(doubtful)} may have lost a write before its unknown commit` };
  }
  return { verdict: "invalid", anomaly: anomalyOf(sweep, sweep.failure) };
}

// --- internal ---

const NOTHING: ReadonlyMap<string, string> = new Map();

function idTwice(transactions: readonly Transaction[], twice: readonly [number, number]): Anomaly {
  const [first, second] = twice.map((index) => transactions[index] as Transaction) as [Transaction, Transaction];
  return {
    kind: "id used twice",
    transactions: twice,
    message: `${describe(first)} and ${describe(second)} were both answered with txn ${first.txn}.`,
  };
}
