// A finding about a program is reported only if fresh processes show it again, each time.
import { judgeAll } from "../../properties/index.js";
import { ProgramError } from "../targets/program/protocol.js";
import type { Target } from "../targets/target.js";
import { execute, type Run } from "./execute.js";
import { firstDifference } from "./likeness.js";
import type { Plan } from "./plan.js";
import type { Tier } from "./tier.js";

/** How often a plan has to break its property again. */
const TIMES = 3;

export interface Suspicion {
  /** With the schedule as it was. */
  readonly plan: Plan;
  readonly property: string;
  readonly evidence: Run;
}

/** Runs the plan again in fresh processes. Undefined where it breaks its property each time, else how it differed. */
export async function unlike(
  { plan, property, evidence }: Suspicion,
  target: Target,
  tier: Tier,
): Promise<string | undefined> {
  for (let time = 1; time <= TIMES; time += 1) {
    const again = await runAgain(plan, target, tier);
    if (typeof again === "string") return again;
    if (judgeAll(again.record).violation?.property.name === property) continue;
    const difference = firstDifference(evidence.record.history, again.record.history);
    if (difference === null) return `no client saw a difference, but ${property} was kept in run ${time} of ${TIMES}`;
    const { step, expected, got } = difference;
    return `at step ${step}: first ${expected}, and in run ${time} of ${TIMES} ${got}`;
  }
  return undefined;
}

// --- internal ---

async function runAgain(plan: Plan, target: Target, tier: Tier): Promise<Run | string> {
  try {
    return await execute(plan, target, tier, { fresh: true });
  } catch (error) {
    if (error instanceof ProgramError) return error.message;
    throw error;
  }
}
