// The registry of in-process targets: the real manifest, and the planted bugs, a line each.
import { openManifest } from "../manifest/manifest.js";
import { abortThenAdopted } from "./planted/abort-then-adopted.js";
import { ackBeforePublish } from "./planted/ack-before-publish.js";
import { checkpointGoesBack } from "./planted/checkpoint-goes-back.js";
import { duplicateApply } from "./planted/duplicate-apply.js";
import { errorAsNotApplied } from "./planted/error-as-not-applied.js";
import { falseConflict } from "./planted/false-conflict.js";
import { firstPageOnly } from "./planted/first-page-only.js";
import { lostUpdate } from "./planted/lost-update.js";
import { readerBeforeLease } from "./planted/reader-before-lease.js";
import { snapshotNotPinned } from "./planted/snapshot-not-pinned.js";
import { stolenCommit } from "./planted/stolen-commit.js";
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
  abortThenAdopted,
  stolenCommit,
  errorAsNotApplied,
  readerBeforeLease,
  watermarkOffByOne,
  checkpointGoesBack,
  firstPageOnly,
  snapshotNotPinned,
  ackBeforePublish,
];

/** Every target by its id. */
export const targets: ReadonlyMap<string, Target> = new Map(
  [manifest, ...planted].map((target) => [target.id, target]),
);
