// P2. A value that only failed commits wrote is in no read, before or after, and in no segment that HEAD published.
import type { Transaction } from "../model/transaction.js";
import { describe } from "../model/transaction.js";
import { pairOf } from "./pairs.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const failureIsFailure: Property = {
  name: "failure-is-failure",
  promise: "P2",
  claim: "What was answered fail is never seen by anyone, ever.",
  judge: (view) => {
    const failed = failedPairs(view.transactions());
    if (failed.size === 0) return null;
    // An order that explains every read has no place for what failed.
    const inReads = view.serializability().verdict === "valid" ? null : seen(view, failed);
    return inReads ?? published(view, failed);
  },
};

// --- internal ---

type Failed = ReadonlyMap<string, Transaction>;

/** Pairs that a failed commit wrote and that nobody wrote whose commit may have taken effect. */
function failedPairs(transactions: readonly Transaction[]): Failed {
  const failed = new Map<string, Transaction>();
  for (const transaction of transactions) {
    if (transaction.outcome !== "failed") continue;
    for (const [key, value] of transaction.writes) if (value !== null) failed.set(pairOf(key, value), transaction);
  }
  if (failed.size === 0) return failed;
  for (const { outcome, writes } of transactions) {
    if (outcome !== "committed" && outcome !== "unknown") continue;
    for (const [key, value] of writes) if (value !== null) failed.delete(pairOf(key, value));
  }
  return failed;
}

function seen({ transactions, initial }: RunView, failed: Failed): Finding {
  for (const reader of transactions()) {
    const found = [
      ...reader.reads.map(({ key, value }) => [key, value] as const),
      ...reader.scans.flatMap(({ entries }) => entries),
    ];
    for (const [key, value] of found) {
      if (value === null || initial.get(key) === value) continue;
      const writer = failed.get(pairOf(key, value));
      if (writer !== undefined)
        return violation(`${describe(reader)} read ${key}=${value}, but ${describe(writer)}, which wrote it, failed.`);
    }
  }
  return null;
}

function published({ bucket }: RunView, failed: Failed): Finding {
  for (const { seq, publisher, changes } of bucket().published) {
    for (const [key, value] of changes() ?? []) {
      const writer = value === null ? undefined : failed.get(pairOf(key, value));
      if (writer !== undefined)
        return violation(
          `${publisher}'s HEAD published segment ${seq} with ${key}=${value}, but ${describe(writer)}, which wrote it, failed.`,
        );
    }
  }
  return null;
}
