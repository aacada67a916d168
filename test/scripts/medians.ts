// How soon each planted bug is found, and how small it gets: 25 seeds, default settings. A table; exit 1 if a median is
// above 150 runs, or a shrunk plan has more than 3 clients or 12 operations.
// Usage: node dist/test/scripts/medians.js [--no-shrink] [id...]
import { campaign, type Violation } from "../../src/run/campaign.js";
import { targetOf, wallClock } from "../../src/run/choices.js";
import { DEFAULTS } from "../../src/run/generate.js";
import { shrink } from "../../src/run/shrink/shrinker.js";
import { memoryTier } from "../../src/run/tiers.js";
import { planted } from "../../src/targets/index.js";
import type { Target } from "../../src/targets/target.js";

const SEEDS = 25;
const RUNS_MAX = 20_000;
const MEDIAN_MAX = 150;
const CLIENTS_MAX = 3;
const OPERATIONS_MAX = 12;
const SHRINK_MS = 10_000;

interface Found {
  readonly runs: number;
  readonly property: string;
  readonly clients: number;
  readonly operations: number;
  readonly faults: readonly string[];
  readonly tried: number;
  readonly ms: number;
  readonly complete: boolean;
}

const NEVER = Number.POSITIVE_INFINITY;

async function find(target: Target, seed: number, small: boolean): Promise<Found | null> {
  const { tally, violation } = await campaign({
    seed,
    runs: RUNS_MAX,
    timeLimitMs: NEVER,
    target,
    tier: memoryTier,
    generate: DEFAULTS,
    clock: wallClock,
  });
  return violation === null
    ? null
    : { runs: tally.runs, property: violation.property, ...(await sizeOf(target, violation, small)) };
}

async function sizeOf(target: Target, violation: Violation, small: boolean) {
  const startMs = wallClock.now();
  const { smallest, tried, complete } = await shrink(violation, {
    target,
    tier: memoryTier,
    clock: wallClock,
    timeLimitMs: small ? SHRINK_MS : 0,
    interrupted: () => false,
    onSmaller: () => undefined,
  });
  const { plan, evidence } = smallest;
  const operations = evidence.record.history.filter(({ type, client }) => type === "invoke" && client !== "auditor");
  return {
    clients: plan.clients.length,
    operations: operations.length,
    faults: plan.faults.map(({ kind }) => kind),
    tried,
    complete,
    ms: wallClock.now() - startMs,
  };
}

const middle = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(SEEDS / 2)] ?? NEVER;
const count = (names: readonly string[]): string =>
  [...new Set(names)].map((name) => `${name} ${names.filter((each) => each === name).length}`).join(", ");

const small = !process.argv.includes("--no-shrink");
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
let late = 0;
const row = (...cells: readonly (string | number)[]): void => {
  const widths = [-28, 5, 7, 8, 6, 9, 5, 8, 8];
  const padded = cells.map((cell, i) => {
    const width = widths[i] ?? 0;
    return width < 0 ? String(cell).padEnd(-width) : String(cell).padStart(width);
  });
  process.stdout.write(`${padded.join(" ")}\n`);
};
row("bug", "class", "found", "median", "max", "clients<=", "ops~", "ops<=", "ms<=", " properties; faults left");
for (const { id, bug } of planted) {
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  const found: Found[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const each = await find(targetOf(id), seed, small);
    if (each !== null) found.push(each);
  }
  const most = (pick: (each: Found) => number): number => Math.max(...found.map(pick));
  const runs = found.map((each) => each.runs);
  const [clients, operations] = [most((each) => each.clients), most((each) => each.operations)];
  const early = found.filter(({ complete }) => !complete).length;
  if (middle(runs) > MEDIAN_MAX || (small && (clients > CLIENTS_MAX || operations > OPERATIONS_MAX || early > 0)))
    late += 1;
  row(
    id,
    bug?.class ?? "-",
    `${found.length}/${SEEDS}`,
    middle(runs),
    Math.max(...runs),
    clients,
    middle(found.map((each) => each.operations)),
    operations,
    most((each) => each.ms),
    ` ${count(found.map(({ property }) => property))}; ${count(found.map(({ faults }) => faults.toSorted().join("+") || "none"))}${early > 0 ? `; ${early} not complete` : ""}`,
  );
}
process.exitCode = late === 0 ? 0 : 1;
