// P6, and a second look at P4: the order that the sweep found is played to the sequential reference manifest, which has
// to give the same answers. An order is a certificate; this checks it by other means than those that found it.
import { EMPTY, type Reference, step } from "../model/reference.js";
import type { Transaction } from "../model/transaction.js";
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
    let reference: Reference = EMPTY;
    // Where the last client may stand: after all that was acknowledged, before or after what nobody knows of.
    let ends: Reference[] = [EMPTY];
    for (const index of order.order) {
      const transaction = transactions[index];
      if (transaction === undefined) continue;
      const [next, finding] = play(reference, transaction, transaction.outcome === "committed");
      if (finding !== null) return finding;
      reference = next;
      if (transaction.outcome === "committed") ends = [];
      ends.push(reference);
    }
    const last = transactions.at(-1);
    if (last === undefined || last.scans.length === 0) return null;
    const findings = ends.map((end) => play(end, last, true)[1]);
    return findings.includes(null) ? null : (findings[0] ?? null);
  },
};

// --- internal ---

/** One session from begin to commit. The reads of one whose commit nobody knows of are not the reference's business. */
function play(start: Reference, transaction: Transaction, compare: boolean): readonly [Reference, Finding] {
  let [reference] = step(start, { op: "begin", mode: "write" });
  if (compare) {
    for (const { key, value } of transaction.reads) {
      const [, answer] = step(reference, { op: "get", key });
      const wanted = answer.type === "ok" ? answer.value : undefined;
      if (wanted !== value) return [reference, differs(transaction, `${key} = ${value}`, `${wanted}`)];
    }
    for (const { entries } of transaction.scans) {
      const [, answer] = step(reference, { op: "scan" });
      const wanted = sorted(answer.type === "ok" ? (answer.entries ?? []) : []);
      if (wanted !== sorted(entries)) return [reference, differs(transaction, sorted(entries), wanted)];
    }
  }
  for (const [key, value] of transaction.writes) {
    [reference] = step(reference, value === null ? { op: "delete", key } : { op: "put", key, value });
  }
  [reference] = step(reference, { op: "commit" });
  return [reference, null];
}

const differs = ({ client }: Transaction, read: string, wanted: string): Finding =>
  violation(`${client} read ${read}, where the reference manifest says ${wanted}.`);

const sorted = (entries: readonly (readonly [string, string])[]): string =>
  JSON.stringify([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
