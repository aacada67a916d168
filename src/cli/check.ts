// `check`: runs the properties against a target.
import { type Command, Option } from "commander";
import { checkDocument, checkPage } from "../report/check.js";
import {
  type Bounds,
  type CampaignOptions,
  type CampaignResult,
  campaign,
  DisagreementError,
} from "../run/campaign.js";
import {
  faultKinds,
  isProgram,
  newSeed,
  personalityNames,
  strategyNames,
  type Target,
  targetIds,
  targetOf,
  wallClock,
} from "../run/choices.js";
import { DEFAULTS } from "../run/generate.js";
import type { GenerateOptions } from "../run/generate-options.js";
import type { Plan } from "../run/plan.js";
import { campaignOnWorkers } from "../run/pool.js";
import { isOfClocks } from "../run/supported.js";
import { emptyTally } from "../run/tally.js";
import { memoryTier, sdkTier } from "../run/tiers.js";
import { ensureFolder } from "../trace/files.js";
import { type Finding, knownFailure, saveTrace, settleViolation } from "../trace/finding.js";
import { AIMED, type AimedFlags, aimedPlans, aimedSearch } from "./check-aimed.js";
import { endpointFlags, endpointOf, isReal } from "./endpoint.js";
import { CliError, EXIT, usageError } from "./exit.js";
import { interruption } from "./interruption.js";
import { programOf, SETTLE, SETTLE_MS } from "./program.js";
import { progressLine } from "./progress.js";
import { commandLine, duration, oneOf, seedNumber, shardOf, wholeNumber } from "./values.js";
import { TOOL } from "./version.js";

interface CheckFlags extends AimedFlags {
  readonly seed?: number;
  readonly timeLimit: number;
  readonly faults: string;
  readonly target: string;
  readonly settle: number;
  readonly out: string;
  readonly shrinkTime: number;
  readonly shard?: { readonly shard: number; readonly shards: number };
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  manifest-chaos check                              5,000 runs of the manifest that ships
  manifest-chaos check --seed 7 --runs 5000 --json  the same runs every time
  manifest-chaos check --time-limit 8h              all night
  manifest-chaos check --target lost-update         see what a broken promise looks like
  manifest-chaos check --faults none                schedules alone
  manifest-chaos check --strategy aimed             every fault at every request of small plans
  manifest-chaos check --endpoint http://127.0.0.1:7070/bucket
`;

export function checkCommand(program: Command): void {
  endpointFlags(program.command("check"))
    .summary("run the properties: thousands of interleavings, each one judged")
    .description("Runs thousands of interleavings of clients, crashes and faults against a manifest, and judges each.")
    .option("--seed <n>", "draws the same plans again (default: a new one, printed)", seedNumber)
    .option(
      "--runs <n>",
      `how many runs (default: ${RUNS}, on an endpoint ${RUNS_ON_ENDPOINT})`,
      wholeNumber("--runs", 1, 1_000_000_000),
    )
    .addOption(
      new Option("--time-limit <time>", "begin no run after this long, such as 30s, 10m, 8h")
        .argParser(duration("--time-limit"))
        .default(Number.POSITIVE_INFINITY, "no limit"),
    )
    .option(
      "--strategy <name>",
      `who goes next: mix, ${strategyNames.join(", ")}; or aimed: every fault, one by one`,
      "mix",
    )
    .option("--plan <trace>", "aimed: at the plan of this trace, its own faults left out")
    .option("--faults <kinds>", `all, none, or some of: ${faultKinds.join(",")}`, "all")
    .option(
      "--personality <names>",
      `how the simulated store breaks S3's contract: none, or some of: ${personalityNames.join(",")}`,
      "none",
    )
    .option("--target <id>", "what is checked: manifest, or a planted bug", "manifest")
    .addOption(
      new Option("--target-cmd <command>", "what is checked: a program that speaks the protocol of targets")
        .argParser(commandLine)
        .conflicts("target"),
    )
    .option("--settle <ms>", "how long to wait for a program's client that does nothing", SETTLE, SETTLE_MS)
    .option("--out <dir>", "where traces of violations go", "traces")
    .addOption(
      new Option("--shrink-time <time>", "how long a failing run may be made smaller, time limit or not")
        .argParser(duration("--shrink-time"))
        .default(10_000, "10s"),
    )
    .addOption(
      new Option("--workers <n>", "threads to spread the runs over; the result is the same")
        .argParser(wholeNumber("--workers", 1, 64))
        .default(1),
    )
    .option("--shard <k/n>", "only the k-th of n disjoint parts of the runs", shardOf)
    .option("--keep", "leave the run's objects on the server")
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(check);
}

// --- internal ---

async function check(flags: CheckFlags): Promise<void> {
  const seed = flags.seed ?? newSeed();
  const drawn = generateOptions(flags);
  const plans = aimedPlans(flags, seed, drawn);
  // Last of all that may be wrong: from here on a process runs.
  if (flags.workers > 1 && (isReal(flags) || flags.targetCmd !== undefined))
    throw usageError("--workers is for targets in process on the simulated store");
  const target = await targetFor(flags, drawn);
  const generate = plans === null ? drawn : { ...drawn, personalities: plans[0]?.personalities ?? [] };
  writableFolder(flags.out);
  const stop = interruption();
  const endpoint = await endpointOf(flags);
  const tier = endpoint?.tier ?? memoryTier;
  const progress = progressLine(flags.json === true);
  const deadlineMs = wallClock.now() + flags.timeLimit;
  const late = (): boolean => stop.asked() || wallClock.now() >= deadlineMs;
  const known = endpoint === undefined ? await knownFailure(flags.out, target, late) : null;
  const searched =
    known !== null
      ? stillThere(known)
      : await keepingDisagreements(target, flags.out, () =>
          search(flags, { seed, generate, tier, target }, plans, {
            timeLimitMs: deadlineMs - wallClock.now(),
            clock: wallClock,
            interrupted: stop.asked,
            onProgress: progress.show,
            onUndriven: progress.note("a run could not be driven; going on"),
          }),
        );
  progress.clear();
  const options = {
    target,
    tier,
    folder: flags.out,
    tool: TOOL,
    shrinkTimeMs: flags.shrinkTime,
    interrupted: stop.asked,
  };
  const finding = searched.violation === null ? null : (known ?? (await settleViolation(searched.violation, options)));
  const result = { ...searched, interrupted: stop.asked() };
  if (isProgram(target)) await target.close();
  const left = await endpoint?.close();
  if (left !== undefined) process.stderr.write(`${left}\n`);
  const context = {
    seed,
    target: target.id,
    tier: tier.name,
    ...(isProgram(target) ? { clocks: target.program.clocks.says } : {}),
    finding,
    personalities: generate.personalities,
    width: process.stdout.columns ?? 80,
  };
  process.stdout.write(
    flags.json === true ? `${JSON.stringify(checkDocument(result, context))}\n` : checkPage(result, context),
  );
  stop.dispose();
  process.exitCode = exitCode(result);
}

/** Two checkers that disagree are a bug of ours (exit 70); the run that shows it is saved first. */
async function keepingDisagreements(
  target: Target,
  folder: string,
  run: () => Promise<CampaignResult>,
): Promise<CampaignResult> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DisagreementError)) throw error;
    const path = saveTrace(error.violation, { target, folder, tool: TOOL });
    throw new CliError(EXIT.bug, `a bug in this program, please report it with ${path}: ${error.message}`);
  }
}

/** In this thread, or on several: the result is the same. Aimed where there are plans to aim at. */
function search(
  flags: CheckFlags,
  what: Pick<CampaignOptions, "seed" | "generate" | "tier" | "target">,
  plans: readonly Plan[] | null,
  how: Omit<Bounds, "runs" | "part">,
): Promise<CampaignResult> {
  if (plans !== null) return aimedSearch(plans, flags, what, how);
  const { workers, shard } = flags;
  const { seed, generate, target } = what;
  const real = isReal(flags);
  const runs = flags.runs ?? (isProgram(target) ? RUNS_OF_PROGRAM : real ? RUNS_ON_ENDPOINT : RUNS);
  const bounds = { ...how, runs, ...(shard === undefined ? {} : { part: shard }) };
  if (workers > 1) {
    const errand = { seed, targetId: target.id, generate, twinEvery: TWIN_EVERY };
    return campaignOnWorkers({ ...bounds, errand, workers });
  }
  const twin = real || isProgram(target) ? {} : { twin: { tier: sdkTier, every: TWIN_EVERY } };
  return campaign({ ...bounds, ...what, ...twin });
}

/** A failure that is on disk and still there ends a check before it begins. */
const stillThere = (known: Finding): CampaignResult => ({
  verdict: "invalid",
  tally: { ...emptyTally(), runs: 1, steps: known.violation.evidence.lanes.length },
  violation: known.violation,
  elapsedMs: 0,
  interrupted: false,
});

const RUNS = 5_000;
/** A program takes some hundred times longer. */
const RUNS_OF_PROGRAM = 500;
/** A real server takes some thousand times longer. */
const RUNS_ON_ENDPOINT = 50;
/** One run in so many is done again through the SDK, which is some fifty times slower. */
const TWIN_EVERY = 250;

/** Throws a usage error for a fault of clocks that was asked for, where the program's can't be set. */
async function targetFor(flags: CheckFlags, { faults }: GenerateOptions): Promise<Target> {
  if (flags.targetCmd === undefined) return targetOf(oneOf("--target", targetIds, flags.target));
  const target = await programOf(flags.targetCmd, flags.settle);
  const clock = flags.faults === "all" ? undefined : faults.find(isOfClocks);
  if (target.program.clocks.set || clock === undefined) return target;
  await target.close();
  throw usageError(`--faults ${clock}: the program's own clocks are ${target.program.clocks.says}`);
}

function generateOptions(flags: CheckFlags): GenerateOptions {
  const known = faultKinds;
  const kinds =
    flags.faults === "all"
      ? known
      : flags.faults === "none"
        ? []
        : flags.faults.split(",").map((kind) => oneOf("fault", known, kind.trim()));
  const chosen = ["mix", AIMED].includes(flags.strategy)
    ? DEFAULTS.strategies
    : [oneOf("--strategy", ["mix", ...strategyNames, AIMED], flags.strategy)];
  return { faults: kinds, strategies: chosen, personalities: personalitiesOf(flags) };
}

function personalitiesOf(flags: CheckFlags): readonly string[] {
  const { personality } = flags;
  if (personality === "none") return [];
  if (isReal(flags)) throw usageError("--personality is for the simulated store; a server has its own");
  return [...new Set(personality.split(",").map((name) => oneOf("--personality", personalityNames, name.trim())))];
}

function writableFolder(folder: string): void {
  try {
    ensureFolder(folder);
  } catch (error) {
    throw new CliError(
      EXIT.data,
      `--out ${folder}: traces can't be written there (${error instanceof Error ? error.message : error})`,
    );
  }
}

function exitCode({ interrupted, verdict }: CampaignResult): number {
  if (interrupted) return EXIT.interrupted;
  return verdict === "valid" ? EXIT.good : verdict === "invalid" ? EXIT.violated : EXIT.unknown;
}
