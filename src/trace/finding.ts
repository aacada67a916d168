// What becomes of a violation: saved at once, made smaller, saved again. And those that are known already.
import { properties } from "../../properties/index.js";
import type { Violation } from "../run/campaign.js";
import { isProgram, type Target, wallClock } from "../run/choices.js";
import { unlike } from "../run/confirm.js";
import { programOptionsOf } from "../run/program-options.js";
import { type Broken, shrink } from "../run/shrink/shrinker.js";
import type { Tier } from "../run/tier.js";
import { openTrace, tracesIn, writeLogs } from "./files.js";
import { readTrace, TraceError } from "./read.js";
import { replayTrace } from "./replay.js";
import { type Trace, traceOf } from "./trace.js";

export interface FindingOptions {
  readonly target: Target;
  readonly tier: Tier;
  readonly folder: string;
  readonly tool: string;
  readonly shrinkTimeMs: number;
  readonly interrupted: () => boolean;
}

export interface Finding {
  /** The violation, as small as it was made. */
  readonly violation: Violation;
  readonly path: string;
  /** The very same failure was on disk already. */
  readonly known: boolean;
  /** Candidates that were run to make it smaller. */
  readonly tried: number;
  /** False where shrinking ended early. */
  readonly complete: boolean;
}

/** Saves the violation, then shrinks it; whatever stops that, the last smaller one is on disk, whole. */
export async function settleViolation(violation: Violation, options: FindingOptions): Promise<Finding> {
  const { target, tier, folder, tool, shrinkTimeMs, interrupted } = options;
  const file = openTrace(folder, traceOf(violation, target, tool));
  const steps: Broken[] = [violation];
  const { tried, complete } = await shrink(violation, {
    target,
    tier,
    clock: wallClock,
    timeLimitMs: shrinkTimeMs,
    interrupted,
    onSmaller: (smaller) => {
      steps.push(smaller);
      file.replace(traceOf({ ...violation, ...smaller }, target, tool));
    },
  });
  const smallest = await lastConfirmed(steps, options);
  file.replace(traceOf({ ...violation, ...smallest }, target, tool));
  const fresh = file.settle();
  writeLogs(file.path(), smallest.evidence.logs);
  return { violation: { ...violation, ...smallest }, path: file.path(), known: !fresh, tried, complete };
}

/** Saves a run as it is and returns the path. */
export function saveTrace(
  violation: Violation,
  { target, folder, tool }: Pick<FindingOptions, "target" | "folder" | "tool">,
): string {
  const file = openTrace(folder, traceOf(violation, target, tool));
  file.settle();
  return file.path();
}

/**
 * The first failure of a target that is on disk and still there. Files that are no traces are left alone. `stop` is
 * asked before each; true ends the search.
 */
export async function knownFailure(folder: string, target: Target, stop: () => boolean): Promise<Finding | null> {
  for (const path of tracesIn(folder)) {
    // A breath: signals are heard only between tasks.
    await wallClock.sleep(0);
    if (stop()) return null;
    const trace = readOrPass(path);
    if (trace === null || !isOf(trace, target)) continue;
    const { run, reproduced, message } = await replayTrace(trace, target);
    if (!reproduced) continue;
    const { property, promise } = trace.verdict;
    const violation: Violation = {
      run: 0,
      property,
      promise,
      claim: properties.find(({ name }) => name === property)?.claim ?? "",
      message: message ?? "",
      plan: trace.plan,
      evidence: run,
    };
    return { violation, path, known: true, tried: 0, complete: true };
  }
  return null;
}

// --- internal ---

/** Of a program: by the same command line, and its clocks set or not set, as now. */
function isOf({ target: { id, options } }: Trace, target: Target): boolean {
  if (id !== target.id || !isProgram(target)) return id === target.id;
  const { command, clocks } = target.program;
  const recorded = programOptionsOf(options);
  return recorded?.command === command && recorded.setClocks === clocks.set;
}

/**
 * One that fresh processes of a program break too, as small as is found by going back 1, 2, 4, ... steps: starting
 * processes takes seconds. The first one has been confirmed already.
 */
async function lastConfirmed(
  steps: readonly Broken[],
  { target, tier, interrupted }: Pick<FindingOptions, "target" | "tier" | "interrupted">,
): Promise<Broken> {
  for (let i = steps.length - 1, back = 1; i > 0 && !interrupted(); i -= back, back *= 2) {
    const step = steps[i] as Broken;
    if (!isProgram(target) || (await unlike(step, target, tier)) === undefined) return step;
  }
  return steps[0] as Broken;
}

function readOrPass(path: string): Trace | null {
  try {
    return readTrace(path);
  } catch (error) {
    if (error instanceof TraceError) return null;
    throw error;
  }
}
