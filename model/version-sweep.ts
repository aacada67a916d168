// Strict serializability in linear time: the ids of the commits give the order of the state changes, a sweep by time
// asks whether everybody's reads fit it. Exact: never "valid" unseen, never "invalid" by mistake.
//
// Rules: docs/history.md. Strict serializability as in Papadimitriou, "The serializability of concurrent database
// updates", JACM 26(4), 1979; that known versions make the check linear as in Gibbons and Korach, "Testing shared
// memories", SIAM J. Comput. 26(4), 1997.
import { type Anomaly, anomalyOf } from "./anomaly.js";
import { searchFloating } from "./float-search.js";
import { type Sweep, sweepByTime } from "./time-sweep.js";
import { describe, isCommittedWriter, isFloating, type Transaction } from "./transaction.js";

export type Serializability =
  | { readonly verdict: "valid"; readonly order: readonly number[] }
  | { readonly verdict: "invalid"; readonly anomaly: Anomaly }
  | { readonly verdict: "unknown"; readonly message: string };

export interface SweepOptions {
  /** The state before the first event; empty if absent. */
  readonly initial?: ReadonlyMap<string, string>;
  /** How many transactions may be swept again in search of places for unknown commits. */
  readonly budget?: number;
}

/**
 * Is there one order of the moments that explains every read, agrees with real time and has ascending ids?
 * `transactions` in the order of their begins, as sessionsOf gives them. `order` of a valid answer: the indexes of
 * the transactions that changed the state.
 */
export function checkByVersion(transactions: readonly Transaction[], options: SweepOptions = {}): Serializability {
  const { initial = NOTHING, budget = 200_000 + 50 * transactions.length } = options;
  const order = orderByVersion(transactions);
  if (!Array.isArray(order)) return order as Serializability;
  let sweep: Sweep = sweepByTime(transactions, order, initial);
  if (sweep.failure === null) return { verdict: "valid", order };
  const searched = searchFloating(sweep, initial, budget);
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

/** The committed writers by ascending id. Ids that are missing leave the order open, ids used twice contradict it. */
function orderByVersion(transactions: readonly Transaction[]): readonly number[] | Serializability {
  const order: number[] = [];
  let ascending = true;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < transactions.length; index++) {
    const transaction = transactions[index] as Transaction;
    if (!isCommittedWriter(transaction)) continue;
    const { txn } = transaction;
    if (txn === null) return { verdict: "unknown", message: `${describe(transaction)} committed without an id` };
    if (txn <= last) ascending = false;
    last = txn;
    order.push(index);
  }
  if (ascending) return order;
  const idOf = (index: number): number => transactions[index]?.txn ?? 0;
  order.sort((one, other) => idOf(one) - idOf(other));
  for (let place = 1; place < order.length; place++) {
    const [one, other] = [order[place - 1] as number, order[place] as number];
    if (idOf(one) === idOf(other)) return { verdict: "invalid", anomaly: idTwice(transactions, one, other) };
  }
  return order;
}

function idTwice(transactions: readonly Transaction[], one: number, other: number): Anomaly {
  const [first, second] = [transactions[one] as Transaction, transactions[other] as Transaction];
  return {
    kind: "id used twice",
    transactions: [one, other],
    message: `${describe(first)} and ${describe(second)} were both answered with txn ${first.txn}.`,
  };
}
