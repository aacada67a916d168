// The measure of a checker: how many runs it takes to find each planted bug, and that it finds nothing in the real manifest.
import type { Clock } from "../store/clock.js";
import { planted } from "../targets/index.js";
import { isProgram, type Target } from "../targets/target.js";
import { campaign, type Violation } from "./campaign.js";
import { targetOf } from "./choices.js";
import { DEFAULTS } from "./generate.js";
import { shrink } from "./shrink/shrinker.js";
import { memoryTier } from "./tiers.js";

/** A bug to be found, and how to come by a target that has it. */
export interface Bug {
  readonly id: string;
  /** Its number in the list of classes; null where it has none. */
  readonly class: number | null;
  readonly open: () => Promise<Target>;
}

export interface CatalogueOptions {
  readonly bugs: readonly Bug[];
  /** The same target without a bug. */
  readonly control: () => Promise<Target>;
  /** The control is run at least so many times. */
  readonly controlRuns: number;
  /** A hunt that has found nothing after so many runs is over. */
  readonly runs: number;
  /** How long the first violation of each bug may be made smaller, milliseconds. */
  readonly shrinkTimeMs: number;
  /** Each bug is hunted with the seeds 1 to this one. */
  readonly seeds: number;
  readonly timeLimitMs: number;
  readonly clock: Clock;
  readonly interrupted: () => boolean;
  /** Hears of each step as it ends, in a sentence. */
  readonly onProgress: (message: string) => void;
}

/** How one bug was found. */
export interface BugRow {
  readonly id: string;
  readonly class: number | null;
  /** The property that was violated most often; null where none was. */
  readonly property: string | null;
  readonly seeds: number;
  readonly found: number;
  /** Null where so many seeds have not found it. */
  readonly medianRuns: number | null;
  readonly maxRuns: number | null;
  /** The first seed's violation, made smaller. */
  readonly shrunk: { readonly clients: number; readonly operations: number; readonly faults: number } | null;
}

export interface Catalogue {
  readonly bugs: readonly BugRow[];
  /** The target without a bug, over at least as many runs as all hunts together. */
  readonly clean: { readonly runs: number; readonly violations: number };
  /** False where time or patience ran out before all was done. */
  readonly complete: boolean;
}

/** The bugs that are planted in the manifest that ships, in the order of their classes. */
export const plantedBugs: readonly Bug[] = planted.map((target) => ({
  id: target.id,
  class: target.bug?.class ?? null,
  open: async () => target,
}));

/** What is usual for targets in process: thousands of runs are a matter of seconds. */
export const IN_PROCESS = {
  control: async () => targetOf("manifest"),
  controlRuns: 1000,
  runs: 20_000,
  shrinkTimeMs: 2000,
};

export async function catalogue(options: CatalogueOptions): Promise<Catalogue> {
  const { clock, timeLimitMs, onProgress } = options;
  const deadlineMs = clock.now() + timeLimitMs;
  const bugs: BugRow[] = [];
  let runs = 0;
  let complete = true;
  for (const bug of options.bugs) {
    const hunted = await opened(bug.open, (target) => huntAll(bug, target, options, deadlineMs));
    runs += hunted.runs;
    complete &&= hunted.complete;
    bugs.push(hunted.row);
    onProgress(`${bug.id}: found with ${hunted.row.found} of ${hunted.row.seeds} seeds in ${hunted.runs} runs`);
  }
  const wanted = Math.max(options.controlRuns, runs);
  const clean = await opened(options.control, (target) =>
    hunt(target, { ...options, seed: 1, runs: wanted, deadlineMs }),
  );
  onProgress(`without a bug: ${clean.violation === null ? "no violation" : "a violation"} in ${clean.runs} runs`);
  complete &&= clean.violation !== null || clean.runs >= wanted;
  return { bugs, clean: { runs: clean.runs, violations: clean.violation === null ? 0 : 1 }, complete };
}

// --- internal ---

/** A program's processes end with what they were started for. */
async function opened<T>(open: () => Promise<Target>, use: (target: Target) => Promise<T>): Promise<T> {
  const target = await open();
  try {
    return await use(target);
  } finally {
    if (isProgram(target)) await target.close();
  }
}

interface Hunt extends CatalogueOptions {
  readonly seed: number;
  readonly deadlineMs: number;
}

async function hunt(target: Target, { seed, runs, deadlineMs, clock, interrupted }: Hunt) {
  const timeLimitMs = deadlineMs - clock.now();
  if (timeLimitMs <= 0 || interrupted()) return { runs: 0, violation: null };
  const options = { seed, runs, timeLimitMs, target, tier: memoryTier, generate: DEFAULTS, clock, interrupted };
  const { tally, violation } = await campaign(options);
  return { runs: tally.runs, violation };
}

async function huntAll(bug: Bug, target: Target, options: CatalogueOptions, deadlineMs: number) {
  const { seeds } = options;
  const counts: number[] = [];
  const properties: string[] = [];
  let first: Violation | null = null;
  let runs = 0;
  let complete = true;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const found = await hunt(target, { ...options, seed, deadlineMs });
    runs += found.runs;
    if (found.violation === null) {
      complete &&= found.runs >= options.runs;
      continue;
    }
    first ??= found.violation;
    counts.push(found.runs);
    properties.push(found.violation.property);
  }
  counts.sort((a, b) => a - b);
  const all = counts.length === seeds;
  const row: BugRow = {
    id: bug.id,
    class: bug.class,
    property: mostFrequent(properties),
    seeds,
    found: counts.length,
    medianRuns: counts[Math.floor(seeds / 2)] ?? null,
    maxRuns: all ? (counts.at(-1) ?? null) : null,
    shrunk: first === null ? null : await sizeOf(first, target, options),
  };
  return { row, runs, complete };
}

async function sizeOf(violation: Violation, target: Target, options: CatalogueOptions) {
  const { smallest } = await shrink(violation, {
    target,
    tier: memoryTier,
    clock: options.clock,
    timeLimitMs: options.shrinkTimeMs,
    interrupted: options.interrupted,
    onSmaller: () => undefined,
  });
  const { plan, evidence } = smallest;
  const names = new Set(plan.clients.map(({ name }) => name));
  const asked = evidence.record.history.filter(({ type, client }) => type === "invoke" && names.has(client));
  return { clients: plan.clients.length, operations: asked.length, faults: plan.faults.length };
}

function mostFrequent(names: readonly string[]): string | null {
  const times = (name: string): number => names.filter((each) => each === name).length;
  return [...new Set(names)].sort((a, b) => times(b) - times(a) || (a < b ? -1 : 1))[0] ?? null;
}
