// P6, and a second look at P4: the order that the sweep found is played to the sequential reference manifest, which has
// to give the same answers. An order is a certificate; this checks it by other means than those that found it.
import type { Entries } from "../model/history.js";
import { EMPTY, type Reference, step } from "../model/reference.js";
import { describe, type Transaction } from "../model/transaction.js";
import { type Finding, type Property, violation } from "./property.js";

export const agreesWithReference: Property = {
  name: "agrees-with-reference",
  promise: "P6",
  claim:
    "The reference manifest, given the transactions one by one, gives the same answers and ends in the same state.",
  judge: (view) => {
    const order = view.serializability();
    // P4 has its own property, which says what is wrong or unknown.
    if (order.verdict !== "valid") return null;
    const transactions = view.transactions();
    let reference: Reference = { ...EMPTY, entries: view.initial };
    // Where the last client may stand: after all that was acknowledged, before or after what nobody knows of.
    let ends: Reference[] = [reference];
    for (const index of order.order) {
      const transaction = transactions[index];
      if (transaction === undefined) continue;
      const [next, finding] = play(reference, transaction);
      if (finding !== null) return finding;
      reference = next;
      if (transaction.outcome === "committed") ends = [];
      ends.push(reference);
    }
    const last = transactions.at(-1);
    if (last === undefined || !isAlone(transactions, last)) return null;
    const findings = ends.map((end) => play(end, last)[1]);
    return findings.includes(null) ? null : (findings[0] ?? null);
  },
};

// --- internal ---

/** A session that changed nothing and began when all others were over stands at the end of the order. */
function isAlone(transactions: readonly Transaction[], last: Transaction): boolean {
  if (last.writes.size > 0 || last.reads.length + last.scans.length === 0) return false;
  return transactions.every((other) => other === last || Math.max(other.end, other.commit) < last.begin);
}

/** One session from begin to commit. */
function play(start: Reference, transaction: Transaction): readonly [Reference, Finding] {
  let [reference] = step(start, { op: "begin", mode: "write" });
  for (const { key, value, at } of transaction.reads) {
    const [, answer] = step(reference, { op: "get", key });
    if (answer.type === "fail" || answer.value !== value)
      return [reference, differs(transaction, at, JSON.stringify(answer))];
  }
  for (const { entries, at } of transaction.scans) {
    const [, answer] = step(reference, { op: "scan" });
    const wanted = answer.type === "ok" ? (answer.entries ?? []) : [];
    if (!sameEntries(entries, wanted)) return [reference, differs(transaction, at, JSON.stringify(wanted))];
  }
  for (const [key, value] of transaction.writes) {
    [reference] = step(reference, value === null ? { op: "delete", key } : { op: "put", key, value });
  }
  [reference] = step(reference, { op: "commit" });
  return [reference, null];
}

/** In whatever order. A key that stands twice has its own property. */
function sameEntries(one: Entries, other: Entries): boolean {
  const wanted = new Map(other);
  return new Map(one).size === wanted.size && one.every(([key, value]) => wanted.get(key) === value);
}

const differs = (transaction: Transaction, at: number, wanted: string): Finding =>
  violation(`${describe(transaction)} was answered (event ${at}) what the reference manifest is not: ${wanted}.`);
