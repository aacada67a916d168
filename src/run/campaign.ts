// A campaign: many runs of many plans, judged one by one, until one is wrong, the runs are done or the time is up.
import { recordingOf } from "../../model/cycles/reading.js";
import { judgeAll } from "../../properties/index.js";
import { reachedIn } from "../../properties/reached.js";
import { secondOpinion } from "../../properties/second-opinion.js";
import { viewOf } from "../../properties/view.js";
import type { Strategy } from "../sim/waiting.js";
import type { Clock } from "../store/clock.js";
import { isProgram, type Target } from "../targets/target.js";
import { unlike } from "./confirm.js";
import { execute, type Run } from "./execute.js";
import { plansIn } from "./generate.js";
import type { GenerateOptions } from "./generate-options.js";
import type { Plan } from "./plan.js";
import { BATCH } from "./seeds.js";
import { remember } from "./shrink/edits.js";
import { supportedPlan } from "./supported.js";
import { emptyTally, inDoubt, type Tally } from "./tally.js";
import type { Tier } from "./tier.js";
import { Undriven } from "./undriven.js";

export interface CampaignOptions extends Bounds {
  readonly seed: number;
  readonly target: Target;
  readonly tier: Tier;
  /** A slower tier on which every `every`-th plan runs again: it must come to the same history. */
  readonly twin?: { readonly tier: Tier; readonly every: number };
  readonly generate: GenerateOptions;
}

/** Where a campaign ends, and who hears of it on the way. */
export interface Bounds {
  readonly runs: number;
  /** No run is begun after so many milliseconds. */
  readonly timeLimitMs: number;
  readonly clock: Clock;
  /** Asked between runs; true ends the campaign. */
  readonly interrupted?: () => boolean;
  readonly onProgress?: (tally: Tally) => void;
  /** Hears at once of the first run in which a program can't be driven. */
  readonly onUndriven?: (message: string) => void;
  /** Only the batches of one part: those whose number is `shard` modulo `shards`. All by default. */
  readonly part?: { readonly shard: number; readonly shards: number };
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
  const watch = watchOf(options);
  const tally = emptyTally();
  let violation: Violation | null = null;
  const undriven = new Undriven(tally, options.onUndriven);
  search: for (const batch of batchesOf(options)) {
    for (const [number, drawn] of numbered(options, batch)) {
      if (await watch.over(tally)) break search;
      const plan = isProgram(options.target) ? supportedPlan(drawn, options.target.program) : drawn;
      const examined = await undriven.unless(() => examine(options, plan, number, tally));
      violation = examined?.violation ?? null;
      if (violation !== null || undriven.hopeless) break search;
    }
  }
  return resultOf(watch, tally, violation);
}

/** One batch on its own, to its end or its first violation: a piece of a campaign that can be done anywhere. */
export async function searchBatch(
  options: Omit<CampaignOptions, keyof Bounds> & { readonly runs: number },
  batch: number,
): Promise<{ readonly tally: Tally; readonly violation: Violation | null }> {
  const tally = emptyTally();
  for (const [number, plan] of numbered(options, batch)) {
    const { violation } = await examine(options, plan, number, tally);
    if (violation !== null) return { tally, violation };
  }
  return { tally, violation: null };
}

/** The numbers of a campaign's batches, in order. */
export function* batchesOf({ runs, part }: Bounds): Generator<number> {
  const { shard, shards } = part ?? { shard: 0, shards: 1 };
  for (let batch = shard; batch * BATCH < runs; batch += shards) yield batch;
}

/** Looks at the clock and at signals. */
export interface Watch {
  /** True where time or patience has run out. */
  readonly over: (tally: Tally) => Promise<boolean>;
  readonly elapsedMs: () => number;
  readonly interrupted: () => boolean;
}

export function watchOf({ clock, timeLimitMs, interrupted, onProgress }: Bounds): Watch {
  const startMs = clock.now();
  let breathMs = startMs;
  let stopped = false;
  const over = async (tally: Tally): Promise<boolean> => {
    const nowMs = clock.now();
    if (nowMs - startMs >= timeLimitMs) return true;
    if (nowMs - breathMs < BREATH_MS) return false;
    onProgress?.(tally);
    await clock.sleep(0);
    breathMs = nowMs;
    stopped = interrupted?.() ?? false;
    return stopped;
  };
  return { over, elapsedMs: () => clock.now() - startMs, interrupted: () => stopped };
}

export function resultOf(watch: Watch, tally: Tally, violation: Violation | null): CampaignResult {
  if (violation === null && tally.runs > 0 && (tally.reached["commit"] ?? 0) === 0)
    inDoubt(tally, "no commit was ever answered ok, so nothing was tested");
  const verdict = violation !== null ? "invalid" : tally.unknown > 0 || tally.runs === 0 ? "unknown" : "valid";
  return { verdict, tally, violation, elapsedMs: watch.elapsedMs(), interrupted: watch.interrupted() };
}

/** Runs one plan, `chosen` in the place of its schedule, judges it and adds it to the tally. */
export async function examine(
  { target, tier, twin }: Pick<CampaignOptions, "target" | "tier" | "twin">,
  plan: Plan,
  number: number,
  tally: Tally,
  chosen?: Strategy,
): Promise<{ readonly run: Run; readonly violation: Violation | null }> {
  const run = await execute(plan, target, tier, chosen === undefined ? {} : { chosen });
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
    const found = {
      run: number,
      property: name,
      promise,
      claim,
      message: violation.message,
      plan: recorded,
      evidence: run,
    };
    const difference = isProgram(target) ? await unlike(found, target, tier) : undefined;
    if (difference === undefined) return { run, violation: found };
    tally.unlike += 1;
    inDoubt(tally, `run ${number} broke ${name}, but not again, so it is no finding: ${difference}`);
    return { run, violation: null };
  }
  const because = run.exhausted ? `run ${number} did not end within its steps` : unknown[0]?.message;
  if (because !== undefined) inDoubt(tally, because);
  if (twin !== undefined && number % twin.every === 0) await compareWith(twin.tier, plan, target, run, tally, number);
  return { run, violation: null };
}

// --- internal ---

/** A batch's plans with their runs' numbers in the campaign, up to its last run. */
function* numbered(
  { seed, generate, runs }: Pick<CampaignOptions, "seed" | "generate" | "runs">,
  batch: number,
): Generator<readonly [number, Plan]> {
  const first = batch * BATCH;
  for (const [i, plan] of plansIn(seed, batch, generate).entries()) if (first + i < runs) yield [first + i, plan];
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
