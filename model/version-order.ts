// The committed writers in the order of their ids: the order of state changes, as far as commits tell it.
import { isCommittedWriter, type Transaction } from "./transaction.js";

export interface VersionOrder {
  /** Indexes of the committed writers by ascending id. */
  readonly order: readonly number[];
  /** One that carries no id: the order is open. */
  readonly without?: Transaction;
  /** Two with the same id: no order is right. */
  readonly twice?: readonly [number, number];
}

export function orderByVersion(transactions: readonly Transaction[]): VersionOrder {
  const order: number[] = [];
  const ids: number[] = [];
  let ascending = true;
  for (let index = 0; index < transactions.length; index++) {
    const transaction = transactions[index] as Transaction;
    if (!isCommittedWriter(transaction)) continue;
    const { txn } = transaction;
    if (txn === null) return { order, without: transaction };
    if (ids.length > 0 && txn <= (ids[ids.length - 1] as number)) ascending = false;
    order.push(index);
    ids.push(txn);
  }
  return ascending ? { order } : sorted(order, ids);
}

// --- internal ---

/** Ids mostly leave few gaps: then each has a slot of its own, and sorting takes linear time. */
function sorted(order: readonly number[], ids: readonly number[]): VersionOrder {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const id of ids) {
    least = Math.min(least, id);
    most = Math.max(most, id);
  }
  const dense = most - least < 4 * ids.length && ids.every(Number.isSafeInteger);
  return dense ? bySlot(order, ids, least, most) : byComparing(order, ids);
}

function bySlot(order: readonly number[], ids: readonly number[], least: number, most: number): VersionOrder {
  const slots = new Int32Array(most - least + 1).fill(-1);
  for (let place = 0; place < ids.length; place++) {
    const slot = (ids[place] as number) - least;
    const [other, index] = [slots[slot] as number, order[place] as number];
    if (other >= 0) return { order, twice: [other, index] };
    slots[slot] = index;
  }
  return { order: Array.from(slots.filter((index) => index >= 0)) };
}

function byComparing(order: readonly number[], ids: readonly number[]): VersionOrder {
  const places = ids.map((_, place) => place).sort((one, other) => (ids[one] as number) - (ids[other] as number));
  const result = places.map((place) => order[place] as number);
  const repeated = places.findIndex((place, rank) => rank > 0 && ids[places[rank - 1] as number] === ids[place]);
  if (repeated < 0) return { order: result };
  return { order, twice: [result[repeated - 1] as number, result[repeated] as number] };
}
