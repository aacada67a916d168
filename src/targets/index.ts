// The registry of in-process targets: the real manifest, and the planted bugs, a line each.
import { openManifest } from "../manifest/manifest.js";
import { abortThenAdopted } from "./planted/abort-then-adopted.js";
import { ackBeforePublish } from "./planted/ack-before-publish.js";
import { checkpointGoesBack } from "./planted/checkpoint-goes-back.js";
import { cleanupAfterFalseFailure } from "./planted/cleanup-after-false-failure.js";
import { duplicateApply } from "./planted/duplicate-apply.js";
import { errorAsNotApplied } from "./planted/error-as-not-applied.js";
import { falseConflict } from "./planted/false-conflict.js";
import { firstPageOnly } from "./planted/first-page-only.js";
import { foreignClock } from "./planted/foreign-clock.js";
import { gcDespiteFailedCas } from "./planted/gc-despite-failed-cas.js";
import { gcOfUnpublished } from "./planted/gc-of-unpublished.js";
import { halfABatch } from "./planted/half-a-batch.js";
import { leaseOutlived } from "./planted/lease-outlived.js";
import { listThenGone } from "./planted/list-then-gone.js";
import { lostUpdate } from "./planted/lost-update.js";
import { race409AsExists } from "./planted/race-409-as-exists.js";
import { readSetUnchecked } from "./planted/read-set-unchecked.js";
import { readerBeforeLease } from "./planted/reader-before-lease.js";
import { slotLeftTaken } from "./planted/slot-left-taken.js";
import { snapshotNotPinned } from "./planted/snapshot-not-pinned.js";
import { stolenCommit } from "./planted/stolen-commit.js";
import { tombstoneDropped } from "./planted/tombstone-dropped.js";
import { txnIdReused } from "./planted/txn-id-reused.js";
import { unversionedCache } from "./planted/unversioned-cache.js";
import { watermarkOffByOne } from "./planted/watermark-off-by-one.js";
import type { Target } from "./target.js";

const manifest: Target = {
  id: "manifest",
  says: "The manifest that ships with this tool.",
  open: (env) => openManifest(env),
};

/**
 * The planted bugs, in the order of their classes.
 * @internal
 */
export const planted: readonly Target[] = [
  lostUpdate,
  falseConflict,
  duplicateApply,
  cleanupAfterFalseFailure,
  abortThenAdopted,
  stolenCommit,
  race409AsExists,
  errorAsNotApplied,
  readerBeforeLease,
  watermarkOffByOne,
  leaseOutlived,
  foreignClock,
  checkpointGoesBack,
  gcOfUnpublished,
  gcDespiteFailedCas,
  txnIdReused,
  listThenGone,
  firstPageOnly,
  unversionedCache,
  tombstoneDropped,
  snapshotNotPinned,
  readSetUnchecked,
  slotLeftTaken,
  ackBeforePublish,
  halfABatch,
];

/** Every target by its id. */
export const targets: ReadonlyMap<string, Target> = new Map(
  [manifest, ...planted].map((target) => [target.id, target]),
);
