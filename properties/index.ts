// The registry of promises: one line each. The first that is broken, in this order, is the one that is reported.
import type { RunRecord } from "../model/story.js";
import type { SweepOptions } from "../model/version-sweep.js";
import { agreesWithReference } from "./agrees-with-reference.js";
import { atMostOnce } from "./at-most-once.js";
import { durable } from "./durable.js";
import { failureIsFailure } from "./failure-is-failure.js";
import { honestFailures } from "./honest-failures.js";
import { immutable } from "./immutable.js";
import { monotone } from "./monotone.js";
import { noDanglingReference } from "./no-dangling-reference.js";
import { noDuplicateKeys } from "./no-duplicate-keys.js";
import { progress } from "./progress.js";
import type { Property } from "./property.js";
import { strictlySerializable } from "./strictly-serializable.js";
import { viewOf } from "./view.js";

/**
 * The promises about one run.
 * @internal
 */
export const properties: readonly Property[] = [
  failureIsFailure,
  atMostOnce,
  durable,
  strictlySerializable,
  monotone,
  noDuplicateKeys,
  agreesWithReference,
  noDanglingReference,
  immutable,
  progress,
  honestFailures,
];

/** One property's complaint about one run. */
export interface Complaint {
  readonly property: Property;
  readonly message: string;
}

export interface Judgement {
  /** The property that was asked for, where it is violated; else the first violated one in the registry's order. */
  readonly violation: Complaint | null;
  /** The properties before it (all, where there is no violation) that could not be judged. */
  readonly unknown: readonly Complaint[];
}

export interface JudgeOptions extends SweepOptions {
  /** The name of the property to be judged first. */
  readonly wanted?: string;
}

/**
 * Judges one run by every property that is not waived, up to the first violation. With `wanted` that
 * one comes first: whoever repeats a violation asks for the same promise, though others may be broken too.
 * Throws HistoryError where the history is ill-formed.
 */
export function judgeAll(record: RunRecord, options: JudgeOptions = {}): Judgement {
  const view = viewOf(record, options);
  const unknown: Complaint[] = [];
  for (const property of inOrder(options.wanted)) {
    if (record.waived.includes(property.promise)) continue;
    const finding = property.judge(view);
    if (finding === null) continue;
    const complaint = { property, message: finding.message };
    if (finding.verdict === "invalid") return { violation: complaint, unknown };
    unknown.push(complaint);
  }
  return { violation: null, unknown };
}

// --- internal ---

function inOrder(wanted: string | undefined): readonly Property[] {
  const first = properties.find(({ name }) => name === wanted);
  return first === undefined ? properties : [first, ...properties.filter((property) => property !== first)];
}
