// `check --strategy aimed`: every fault at every request of small plans, in the place of runs that are drawn.
import { type AimedOptions, type AimedResult, aimed } from "../run/aimed/aimed.js";
import { isProgram, type Target } from "../run/choices.js";
import type { GenerateOptions } from "../run/generate-options.js";
import { smallPlans } from "../run/generate-small.js";
import type { Plan } from "../run/plan.js";
import { strikes, supportedPlan } from "../run/supported.js";
import { memoryTier } from "../run/tiers.js";
import { readTrace, TraceError } from "../trace/read.js";
import { type EndpointFlags, isReal } from "./endpoint.js";
import { CliError, EXIT, usageError } from "./exit.js";

export interface AimedFlags extends EndpointFlags {
  readonly strategy: string;
  readonly plan?: string;
  readonly runs?: number;
  readonly personality: string;
  readonly targetCmd?: string;
  readonly workers: number;
  readonly shard?: object;
}

export const AIMED = "aimed";

/** The plans that faults are aimed at; null where none are aimed. Throws CliError for what does not go together, or for a broken trace. */
export function aimedPlans(flags: AimedFlags, seed: number, generate: GenerateOptions): readonly Plan[] | null {
  if (flags.strategy !== AIMED) {
    if (flags.plan !== undefined) throw usageError("--plan is for --strategy aimed");
    return null;
  }
  if (isReal(flags)) throw usageError("--strategy aimed works on the simulated store");
  if (flags.workers > 1 || flags.shard !== undefined)
    throw usageError("--strategy aimed has one thread and no shards; give each machine a --plan of its own");
  if (flags.plan === undefined) return smallPlans(seed, generate);
  if (flags.personality !== "none")
    throw usageError("--plan has its own personalities, so --personality can't be given");
  return [planIn(flags.plan)];
}

/**
 * All there is to try, unless `--runs` says otherwise. At a program with what it can do, and one fault at a time: pairs,
 * some hundred times as many, only where `--runs` says how far to go.
 */
export const aimedSearch = (
  plans: readonly Plan[],
  { runs }: AimedFlags,
  { target, generate }: { readonly target: Target; readonly generate: GenerateOptions },
  bounds: Omit<AimedOptions, "plans" | "kinds" | "target" | "tier" | "runs">,
): Promise<AimedResult> =>
  aimed({
    ...bounds,
    plans: isProgram(target) ? plans.map((plan) => supportedPlan(plan, target.program)) : plans,
    kinds: isProgram(target) ? generate.faults.filter((kind) => strikes(target.program, kind)) : generate.faults,
    target,
    tier: memoryTier,
    pairs: !isProgram(target) || runs !== undefined,
    runs: runs ?? Number.POSITIVE_INFINITY,
  });

// --- internal ---

function planIn(file: string): Plan {
  try {
    return readTrace(file).plan;
  } catch (error) {
    if (error instanceof TraceError) throw new CliError(EXIT.data, error.message);
    throw error;
  }
}
