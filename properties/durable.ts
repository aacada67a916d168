// P1. The run ends with a client that scans after everything: what was acknowledged last must be there.
import { isCommittedWriter, isFloating, type Transaction } from "../model/transaction.js";
import { type Property, violation } from "./property.js";

export const durable: Property = {
  name: "durable",
  promise: "P1",
  claim: "What was answered ok is in every read that starts later.",
  judge: (view) => {
    const transactions = view.transactions();
    const last = transactions.at(-1);
    const scan = last?.scans.at(-1);
    if (last === undefined || scan === undefined) return null;
    const seen = new Map(scan.entries);
    const newest = new Map<string, Transaction>();
    for (const transaction of transactions) {
      if (!isCommittedWriter(transaction) || transaction.txn === null || transaction.end > last.begin) continue;
      for (const key of transaction.writes.keys()) {
        if ((newest.get(key)?.txn ?? -1) < transaction.txn) newest.set(key, transaction);
      }
    }
    const doubted = new Set(transactions.filter(isFloating).flatMap(({ writes }) => [...writes.keys()]));
    for (const [key, { client, txn, writes }] of newest) {
      const value = writes.get(key) ?? null;
      const found = seen.get(key) ?? null;
      if (found !== value && !doubted.has(key)) {
        return violation(
          `${client}'s transaction ${txn} was answered ok and left ${key} = ${value}, but a scan that began later found ${found}.`,
        );
      }
    }
    return null;
  },
};
