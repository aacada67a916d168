// P3. What one transaction wrote is published once; and what was overwritten doesn't come back to later readers.
import { claimsOf } from "../model/claims.js";
import { describe, isFloating, type Transaction } from "../model/transaction.js";
import { pairOf } from "./pairs.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const atMostOnce: Property = {
  name: "at-most-once",
  promise: "P3",
  claim: "A commit takes effect once or not at all, whatever its client was told.",
  judge: (view) => publishedTwice(view) ?? (view.serializability().verdict === "valid" ? null : cameBack(view)),
};

// --- internal ---

/** Who wrote a value, whatever became of it. */
const writersOf = (transactions: readonly Transaction[], key: string, value: string): readonly Transaction[] =>
  transactions.filter(({ writes }) => writes.get(key) === value);

function publishedTwice({ bucket, transactions }: RunView): Finding {
  const first = new Map<string, number>();
  for (const { seq, changes } of bucket().published) {
    for (const [key, value] of changes() ?? []) {
      if (value === null) continue;
      const before = first.get(pairOf(key, value));
      first.set(pairOf(key, value), seq);
      if (before === undefined || before === seq) continue;
      const [writer, another] = writersOf(transactions(), key, value);
      // Values may repeat: two transactions that wrote the same are published in two segments.
      if (writer === undefined || another !== undefined) continue;
      return violation(
        `${describe(writer)} wrote ${key}=${value} once; segments ${before} and ${seq} publish it twice.`,
      );
    }
  }
  return null;
}

/** A value of an unknown commit that one reader saw, a later one no more, and a still later one again. */
function cameBack({ transactions, initial }: RunView): Finding {
  const all = transactions();
  for (const writer of all.filter(isFloating)) {
    for (const [key, value] of writer.writes) {
      if (value === null || initial.get(key) === value || writersOf(all, key, value).length > 1) continue;
      let seenUntil = Number.POSITIVE_INFINITY;
      let goneUntil = Number.POSITIVE_INFINITY;
      for (const reader of all) {
        const claim = [...claimsOf(reader, [key])].find((read) => read.key === key);
        if (claim === undefined) continue;
        if (claim.value !== value) {
          if (reader.begin > seenUntil) goneUntil = Math.min(goneUntil, reader.end);
        } else if (reader.begin > goneUntil) {
          return violation(
            `${describe(reader)} read ${key}=${value} again after it was gone: ${describe(writer)}, whose commit nobody knows about, took effect twice.`,
          );
        } else seenUntil = Math.min(seenUntil, reader.end);
      }
    }
  }
  return null;
}
