// A run's record as the judges see it: what several of them need is computed at most once, and only if asked for.
import { type Bucket, bucketOf } from "../model/bucket.js";
import { sessionsOf } from "../model/sessions.js";
import type { RunRecord } from "../model/story.js";
import type { Transaction } from "../model/transaction.js";
import { checkByVersion, type Serializability, type SweepOptions } from "../model/version-sweep.js";

export interface RunView {
  readonly record: RunRecord;
  /** The state before the first event. */
  readonly initial: ReadonlyMap<string, string>;
  /** The history's sessions in the order of their begins. Throws HistoryError where the history is ill-formed. */
  readonly transactions: () => readonly Transaction[];
  /** The bucket as the story tells it. */
  readonly bucket: () => Bucket;
  /** Does one order of the transactions explain every answer? */
  readonly serializability: () => Serializability;
}

/** The view of a record; without options it is made once a record. A record doesn't change once it is looked at. */
export function viewOf(record: RunRecord, options?: SweepOptions): RunView {
  if (options !== undefined) return makeView(record, options);
  const known = views.get(record);
  if (known !== undefined) return known;
  const view = makeView(record, {});
  views.set(record, view);
  return view;
}

/** The view of transactions that were recorded elsewhere: nobody saw the bucket, nor what disturbed the run. */
export function recordedView(transactions: readonly Transaction[], options: SweepOptions): RunView {
  return makeView(RECORDED_ELSEWHERE, options, transactions);
}

// --- internal ---

const RECORDED_ELSEWHERE: RunRecord = { history: [], story: [], leaseTtlMs: 0, disturbed: true, waived: [] };

const views = new WeakMap<RunRecord, RunView>();

function makeView(record: RunRecord, options: SweepOptions, known?: readonly Transaction[]): RunView {
  let transactions = known;
  let serializability: Serializability | undefined;
  let bucket: Bucket | undefined;
  const view: RunView = {
    record,
    initial: options.initial ?? new Map(),
    transactions: () => {
      transactions ??= sessionsOf(record.history);
      return transactions;
    },
    bucket: () => {
      bucket ??= bucketOf(record.foreign === true ? [] : record.story);
      return bucket;
    },
    serializability: () => {
      serializability ??= checkByVersion(view.transactions(), options);
      return serializability;
    },
  };
  return view;
}
