// Judges a history that was recorded elsewhere: the promises about answers alone, for nobody saw the bucket.

import { type Explanation, explain } from "../model/cycles/explain.js";
import type { Recording } from "../model/cycles/recording.js";
import { type SecondVerdict, secondVerdict } from "../model/cycles/second-verdict.js";
import type { Transaction } from "../model/transaction.js";
import type { Serializability } from "../model/version-sweep.js";
import { atMostOnce } from "./at-most-once.js";
import { durable } from "./durable.js";
import { failureIsFailure } from "./failure-is-failure.js";
import { monotone } from "./monotone.js";
import { noDuplicateKeys } from "./no-duplicate-keys.js";
import type { Property } from "./property.js";
import { strictlySerializable } from "./strictly-serializable.js";
import { recordedView } from "./view.js";

export interface RecordedJudgement {
  readonly verdict: "valid" | "invalid" | "unknown";
  readonly property: Property | null;
  /** Why it is invalid, or unknown. */
  readonly message: string | null;
  readonly explanation: Explanation | null;
}

export interface RecordedHistory {
  readonly initial: ReadonlyMap<string, string>;
  /** As the first reading has it, for the version sweep and the properties. */
  readonly transactions: readonly Transaction[];
  /** As the second reading has it, for the second checker. */
  readonly recording: Recording;
}

/**
 * Judges by the version sweep, and by the second checker wherever that has no answer or finds fault. `spent` ends a
 * search. Throws Error where the two disagree.
 */
export function judgeRecorded(
  { initial, transactions, recording }: RecordedHistory,
  spent: () => boolean = () => false,
): RecordedJudgement {
  const view = recordedView(transactions, { initial, spent });
  const repeated = noDuplicateKeys.judge(view);
  if (repeated !== null) return { ...invalid(noDuplicateKeys, repeated.message), explanation: null };
  const sweep = view.serializability();
  if (sweep.verdict === "valid") return VALID;
  const second = secondVerdict(recording, { ids: true, budget: Number.POSITIVE_INFINITY, spent });
  if (second.verdict === "valid" && sweep.verdict === "unknown") return VALID;
  if (second.verdict === "valid") throw new Error(`the checkers disagree: ${messageOf(sweep)}`);
  if (second.verdict === "unknown" && sweep.verdict === "unknown") {
    return {
      verdict: "unknown",
      property: null,
      message: `${sweep.message}, and ${second.message}`,
      explanation: null,
    };
  }
  const ignoring = secondVerdict(recording, { ids: false, budget: BUDGET_IGNORING_IDS, spent });
  const explanation = explain(recording, ignoring) ?? explain(recording, second) ?? bySweep(sweep);
  if (ignoring.verdict === "valid") {
    const finding = monotone.judge(view);
    return {
      ...invalid(monotone, finding?.message ?? headline(sweep, explanation) ?? sayStuck(recording, second)),
      explanation,
    };
  }
  for (const property of [failureIsFailure, atMostOnce, durable]) {
    const finding = property.judge(view);
    if (finding?.verdict === "invalid") return { ...invalid(property, finding.message), explanation };
  }
  const message = headline(sweep, explanation) ?? sayStuck(recording, second);
  return { ...invalid(strictlySerializable, message), explanation };
}

// --- internal ---

const VALID: RecordedJudgement = { verdict: "valid", property: null, message: null, explanation: null };

/** To tell which promise it is a shorter search will do. */
const BUDGET_IGNORING_IDS = 1_000_000;

const invalid = (property: Property, message: string) => ({ verdict: "invalid" as const, property, message });

function messageOf(sweep: Serializability): string | null {
  return sweep.verdict === "invalid" ? `${sweep.anomaly.kind}: ${sweep.anomaly.message}` : null;
}

/** In the sweep's words, where it found what the cycle shows: it knows the order by ids, but no dependencies. */
function headline(sweep: Serializability, explanation: Explanation | null): string | null {
  if (explanation === null || (sweep.verdict === "invalid" && sweep.anomaly.kind === explanation.anomaly))
    return messageOf(sweep);
  return `${explanation.anomaly}: ${explanation.sentence}`;
}

/** Where only a search shows it there is no cycle to tell; the sweep has a name for it, and which level breaks is certain. */
function bySweep(sweep: Serializability): Explanation | null {
  if (sweep.verdict !== "invalid") return null;
  const { kind, message } = sweep.anomaly;
  return { anomaly: kind, adya: null, rulesOut: ["strict serializability"], cycle: [], sentence: message };
}

function sayStuck({ client, begin }: Recording, second: SecondVerdict): string {
  if (second.verdict !== "invalid" || second.proof !== null)
    return "no order of the transactions explains every answer";
  const who = `${client[second.stuck] ?? "?"}'s session (from event ${begin[second.stuck]})`;
  return `no order of the transactions explains every answer; in the best attempt ${who} fits nowhere`;
}
