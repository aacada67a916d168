// P2. A value that only failed commits, or failed puts, wrote is in no read, before or after, and in no segment that HEAD published.
import { claimsOf } from "../model/claims.js";
import { describe, isFloating, type Transaction } from "../model/transaction.js";
import { pairOf, say } from "./pairs.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const failureIsFailure: Property = {
  name: "failure-is-failure",
  promise: "P2",
  claim: "What was answered fail is never seen by anyone, ever.",
  judge: (view) => {
    const failed = failedPairs(view);
    if (failed.size === 0) return null;
    // An order that explains every read has no place for what failed.
    const inReads = view.serializability().verdict === "valid" ? null : seen(view, failed);
    return inReads ?? published(view, failed);
  },
};

// --- internal ---

/** Who wrote a pair, and what was answered fail. */
interface Attempt {
  readonly by: Transaction;
  readonly what: "commit" | "put" | "delete";
}

type Failed = ReadonlyMap<string, Attempt>;

/** Pairs that a failed commit or put wrote and that nobody wrote whose commit may have taken effect. */
function failedPairs({ transactions: all, initial }: RunView): Failed {
  const transactions = all();
  const failed = new Map<string, Attempt>();
  noteAsides(failed, transactions, initial);
  for (const transaction of transactions) {
    if (transaction.outcome !== "failed") continue;
    for (const [key, value] of transaction.writes)
      if (value !== null) failed.set(pairOf(key, value), { by: transaction, what: "commit" });
  }
  if (failed.size === 0) return failed;
  for (const { outcome, writes, asides } of transactions) {
    if (outcome !== "committed" && outcome !== "unknown") continue;
    for (const [key, value] of writes) failed.delete(pairOf(key, value));
    // That a value is seen which was overwritten before the commit is another promise's business.
    for (const { key, value, why } of asides) if (why === "overwritten") failed.delete(pairOf(key, value));
  }
  return failed;
}

/** What was answered fail before the commit. A put that is `info` may have written the same, so then nothing is certain. */
function noteAsides(
  failed: Map<string, Attempt>,
  transactions: readonly Transaction[],
  initial: RunView["initial"],
): void {
  if (transactions.some((each) => each.doubtful && isFloating(each))) return;
  for (const transaction of transactions) {
    for (const { key, value, why } of transaction.asides) {
      if (why !== "failed") continue;
      // A key that was not there before may be seen as absent by who is late, too: that is another promise's business.
      if (value === null && !initial.has(key)) continue;
      failed.set(pairOf(key, value), { by: transaction, what: value === null ? "delete" : "put" });
    }
  }
}

function seen({ transactions, initial }: RunView, failed: Failed): Finding {
  for (const reader of transactions()) {
    for (const { key, value } of claimsOf(reader, initial.keys())) {
      if (value !== null && initial.get(key) === value) continue;
      const attempt = failed.get(pairOf(key, value));
      if (attempt !== undefined)
        return violation(`${describe(reader)} read ${say(key, value)}, but ${sayFailed(attempt)}.`);
    }
  }
  return null;
}

function published({ bucket }: RunView, failed: Failed): Finding {
  for (const { seq, publisher, changes } of bucket().published) {
    for (const [key, value] of changes() ?? []) {
      const attempt = failed.get(pairOf(key, value));
      if (attempt !== undefined)
        return violation(
          `${publisher}'s HEAD published segment ${seq} with ${say(key, value)}, but ${sayFailed(attempt)}.`,
        );
    }
  }
  return null;
}

const sayFailed = ({ by, what }: Attempt): string =>
  what === "commit" ? `${describe(by)}, which wrote it, failed` : `${describe(by)}'s ${what} of it was answered fail`;
