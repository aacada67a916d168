// Judges a history that was recorded elsewhere: the promises about answers alone, for nobody saw the bucket.
import type { Transaction } from "../model/transaction.js";
import type { SweepOptions } from "../model/version-sweep.js";
import { atMostOnce } from "./at-most-once.js";
import { durable } from "./durable.js";
import { failureIsFailure } from "./failure-is-failure.js";
import type { Judgement } from "./index.js";
import { monotone } from "./monotone.js";
import { noDuplicateKeys } from "./no-duplicate-keys.js";
import type { Property } from "./property.js";
import { strictlySerializable } from "./strictly-serializable.js";
import { recordedView } from "./view.js";

/** In the order of reporting. A key that stands twice comes first: a scan that is no map is in no state. */
const properties: readonly Property[] = [
  noDuplicateKeys,
  failureIsFailure,
  atMostOnce,
  durable,
  strictlySerializable,
  monotone,
];

/** Judges transactions as sessionsOf gives them, up to the first violation. */
export function judgeRecorded(transactions: readonly Transaction[], options: SweepOptions = {}): Judgement {
  const view = recordedView(transactions, options);
  const unknown: { readonly property: Property; readonly message: string }[] = [];
  for (const property of properties) {
    const finding = property.judge(view);
    if (finding === null) continue;
    const complaint = { property, message: finding.message };
    if (finding.verdict === "invalid") return { violation: complaint, unknown };
    unknown.push(complaint);
  }
  return { violation: null, unknown };
}
