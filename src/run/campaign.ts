// A campaign: many runs of many plans, judged one by one, until one is wrong, the runs are done or the time is up.
import { recordingOf } from "../../model/cycles/reading.js";
import { judgeAll } from "../../properties/index.js";
import { reachedIn } from "../../properties/reached.js";
import { secondOpinion } from "../../properties/second-opinion.js";
import { viewOf } from "../../properties/view.js";
import type { Clock } from "../store/clock.js";
import type { Target } from "../targets/target.js";
import { execute, type Run } from "./execute.js";
import { type GenerateOptions, plansOf } from "./generate.js";
import type { Plan } from "./plan.js";
import { remember } from "./shrink/edits.js";
import type { Tier } from "./tier.js";

export interface CampaignOptions {
  readonly seed: number;
  readonly runs: number;
  /** No run is begun after so many milliseconds. */
  readonly timeLimitMs: number;
  readonly target: Target;
  readonly tier: Tier;
  /** A slower tier on which every `every`-th plan runs again: it must come to the same history. */
  readonly twin?: { readonly tier: Tier; readonly every: number };
  readonly generate: GenerateOptions;
  readonly clock: Clock;
  /** Asked between runs; true ends the campaign. */
  readonly interrupted?: () => boolean;
  readonly onProgress?: (tally: Tally) => void;
}

/** What a campaign has done so far. */
export interface Tally {
  runs: number;
  steps: number;
  /** Runs repeated on the twin tier. */
  twins: number;
  /** Runs that the second checker judged too, of which it and the version sweep both came to a verdict. */
  compared: number;
  /** Runs on which some property could not be judged, and the first reason. */
  unknown: number;
  unknownBecause: string | undefined;
  /** How often each *sometimes* was reached, all runs together. */
  readonly reached: Record<string, number>;
  readonly struck: Record<string, number>;
}

/** A broken promise: the plan with its schedule written out, and the run that shows it. */
export interface Violation {
  readonly run: number;
  readonly property: string;
  readonly promise: string;
  readonly claim: string;
  readonly message: string;
  readonly plan: Plan;
  readonly evidence: Run;
}

export interface CampaignResult {
  readonly verdict: "valid" | "invalid" | "unknown";
  readonly tally: Tally;
  readonly violation: Violation | null;
  readonly elapsedMs: number;
  readonly interrupted: boolean;
}

/** Two checkers came to opposite verdicts on one run: a mistake of this program. The run is in `violation`. */
export class DisagreementError extends Error {
  override readonly name = "DisagreementError";
  constructor(readonly violation: Violation) {
    super(violation.message);
  }
}

/** Every so many runs, and whenever something is violated, the second checker is asked. */
const SECOND_OPINION_EVERY = 10;

/** Between two looks at the real world (Ctrl-C, progress), milliseconds. */
const BREATH_MS = 50;

export async function campaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, runs, timeLimitMs, clock, generate } = options;
  const startMs = clock.now();
  const tally: Tally = {
    runs: 0,
    steps: 0,
    twins: 0,
    compared: 0,
    unknown: 0,
    unknownBecause: undefined,
    reached: {},
    struck: {},
  };
  let breathMs = startMs;
  let violation: Violation | null = null;
  let interrupted = false;
  for (const plan of plansOf(seed, generate)) {
    if (tally.runs >= runs) break;
    const nowMs = clock.now();
    if (nowMs - startMs >= timeLimitMs) break;
    if (nowMs - breathMs >= BREATH_MS) {
      options.onProgress?.(tally);
      await clock.sleep(0);
      breathMs = nowMs;
      interrupted = options.interrupted?.() ?? false;
      if (interrupted) break;
    }
    violation = await examine(options, plan, tally);
    if (violation !== null) break;
  }
  const verdict = violation !== null ? "invalid" : tally.unknown > 0 || tally.runs === 0 ? "unknown" : "valid";
  return { verdict, tally, violation, elapsedMs: clock.now() - startMs, interrupted };
}

// --- internal ---

/** Runs one plan and judges it. */
async function examine(options: CampaignOptions, plan: Plan, tally: Tally): Promise<Violation | null> {
  const { target, tier, twin } = options;
  const run = await execute(plan, target, tier);
  const number = tally.runs;
  tally.runs += 1;
  tally.steps += run.lanes.length;
  for (const kind of run.struck) tally.struck[kind] = (tally.struck[kind] ?? 0) + 1;
  for (const [name, count] of Object.entries(reachedIn(run.record)))
    tally.reached[name] = (tally.reached[name] ?? 0) + count;
  const { violation, unknown } = judgeAll(run.record);
  const recorded: Plan = { ...plan, schedule: { lanes: run.lanes } };
  if (violation !== null || number % SECOND_OPINION_EVERY === 0) compareCheckers(run, recorded, number, tally);
  if (violation !== null) {
    const { name, promise, claim } = violation.property;
    remember(recorded, run);
    return { run: number, property: name, promise, claim, message: violation.message, plan: recorded, evidence: run };
  }
  const because = run.exhausted ? `run ${number} did not end within its steps` : unknown[0]?.message;
  if (because !== undefined) {
    tally.unknown += 1;
    tally.unknownBecause ??= because;
  }
  if (twin !== undefined && number % twin.every === 0) await compareWith(twin.tier, plan, target, run, tally, number);
  return null;
}

/** How long the search for an order may take on one run: it decides almost always within a hundred moments. */
const SECOND_BUDGET = 20_000;

function compareCheckers(run: Run, plan: Plan, number: number, tally: Tally): void {
  const sweep = viewOf(run.record).serializability();
  const { compared, disagreement } = secondOpinion(sweep, recordingOf(run.record.history), SECOND_BUDGET);
  if (compared) tally.compared += 1;
  if (disagreement === null) return;
  const named = { property: "second-verdict", promise: "-", claim: "Two independent checkers agree." };
  throw new DisagreementError({ run: number, ...named, message: disagreement, plan, evidence: run });
}

/** The same plan on another tier comes to the same history, or this program is wrong somewhere. */
async function compareWith(
  tier: Tier,
  plan: Plan,
  target: Target,
  run: Run,
  tally: Tally,
  number: number,
): Promise<void> {
  const again = await execute(plan, target, tier);
  tally.twins += 1;
  const same = JSON.stringify(again.record.history) === JSON.stringify(run.record.history);
  if (!same) throw new Error(`run ${number} went differently on the ${tier.name} tier: the tiers do not agree`);
}
