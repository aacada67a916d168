// A run's record as the judges see it: what several of them need is computed at most once, and only if asked for.
import { type Bucket, bucketOf } from "../model/bucket.js";
import { sessionsOf } from "../model/sessions.js";
import type { RunRecord } from "../model/story.js";
import type { Transaction } from "../model/transaction.js";
import { checkByVersion, type Serializability, type SweepOptions } from "../model/version-sweep.js";

export interface RunView {
  readonly record: RunRecord;
  /** The history's sessions in the order of their begins. Throws HistoryError where the history is ill-formed. */
  readonly transactions: () => readonly Transaction[];
  /** The bucket as the story tells it. */
  readonly bucket: () => Bucket;
  /** Does one order of the transactions explain every answer? */
  readonly serializability: () => Serializability;
}

export function viewOf(record: RunRecord, options: SweepOptions = {}): RunView {
  let transactions: readonly Transaction[] | undefined;
  let serializability: Serializability | undefined;
  let bucket: Bucket | undefined;
  const view: RunView = {
    record,
    transactions: () => {
      transactions ??= sessionsOf(record.history);
      return transactions;
    },
    bucket: () => {
      bucket ??= bucketOf(record.story);
      return bucket;
    },
    serializability: () => {
      serializability ??= checkByVersion(view.transactions(), options);
      return serializability;
    },
  };
  return view;
}
