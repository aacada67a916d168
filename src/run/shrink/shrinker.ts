// Shrinking: from a plan that breaks a property to one that breaks the same property and can't be made simpler by one edit.
import { judgeAll } from "../../../properties/index.js";
import type { Clock } from "../../store/clock.js";
import { ProgramError } from "../../targets/program/protocol.js";
import type { Target } from "../../targets/target.js";
import { execute, type Run } from "../execute.js";
import { smallerPlans } from "../generate.js";
import type { Plan } from "../plan.js";
import type { Tier } from "../tier.js";
import { remember } from "./edits.js";

export interface ShrinkOptions {
  readonly target: Target;
  readonly tier: Tier;
  readonly clock: Clock;
  /** No candidate is tried after so many milliseconds. */
  readonly timeLimitMs: number;
  readonly interrupted: () => boolean;
  /** Hears of each smaller plan as soon as it is known. */
  readonly onSmaller: (smaller: Broken) => void;
}

/** A plan and its run, which breaks `property`. */
export interface Broken {
  readonly plan: Plan;
  readonly evidence: Run;
  readonly property: string;
  readonly message: string;
}

export interface Shrunk {
  readonly smallest: Broken;
  /** How many candidates were run. */
  readonly tried: number;
  /** False where time or patience ran out before every candidate had been tried. */
  readonly complete: boolean;
}

/** Between two looks at the clock and at signals, milliseconds. */
const BREATH_MS = 50;

/** Greedy: the first candidate that still breaks the property is taken, and the search begins anew with its candidates. */
export async function shrink(start: Broken, options: ShrinkOptions): Promise<Shrunk> {
  const { clock, timeLimitMs } = options;
  const deadlineMs = clock.now() + timeLimitMs;
  let breathMs = clock.now();
  let smallest = start;
  let tried = 0;
  const offered = new Set<string>();
  for (;;) {
    let smaller: Broken | undefined;
    for (const candidate of smallerPlans(smallest.plan, offered)) {
      const nowMs = clock.now();
      if (nowMs - breathMs >= BREATH_MS) {
        breathMs = nowMs;
        await clock.sleep(0);
      }
      if (nowMs >= deadlineMs || options.interrupted()) return { smallest, tried, complete: false };
      tried += 1;
      smaller = await stillBroken(candidate, start.property, options);
      if (smaller !== undefined) break;
    }
    if (smaller === undefined) return { smallest, tried, complete: true };
    smallest = smaller;
    options.onSmaller(smallest);
  }
}

// --- internal ---

/** Runs the candidate. Its schedule is written out as it was in fact, so that what follows edits the truth. */
async function stillBroken(
  candidate: Plan,
  property: string,
  { target, tier }: ShrinkOptions,
): Promise<Broken | undefined> {
  const evidence = await execute(candidate, target, tier).catch(undriven);
  if (evidence === undefined || evidence.exhausted) return undefined;
  const { violation } = judgeAll(evidence.record, { wanted: property });
  if (violation?.property.name !== property) return undefined;
  const plan: Plan = { ...candidate, schedule: { lanes: evidence.lanes } };
  remember(plan, evidence);
  return { plan, evidence, property, message: violation.message };
}

/** A candidate with which a program can't be driven shows nothing. */
function undriven(error: unknown): undefined {
  if (!(error instanceof ProgramError)) throw error;
}
