// How many runs each planted bug survives: 25 seeds, default settings. A table; exit 1 if a median is above 150.
// Usage: node dist/test/scripts/medians.js [id...]
import { campaign } from "../../src/run/campaign.js";
import { targetOf, wallClock } from "../../src/run/choices.js";
import { DEFAULTS } from "../../src/run/generate.js";
import { memoryTier } from "../../src/run/tiers.js";
import { planted } from "../../src/targets/index.js";

const SEEDS = 25;
const RUNS_MAX = 20_000;
const MEDIAN_MAX = 150;

async function runsToFind(id: string, seed: number): Promise<{ readonly runs: number; readonly property: string }> {
  const options = {
    seed,
    runs: RUNS_MAX,
    timeLimitMs: Number.POSITIVE_INFINITY,
    target: targetOf(id),
    tier: memoryTier,
    generate: DEFAULTS,
    clock: wallClock,
  };
  const { tally, violation } = await campaign(options);
  return { runs: violation === null ? Number.POSITIVE_INFINITY : tally.runs, property: violation?.property ?? "-" };
}

const wanted = process.argv.slice(2);
let late = 0;
process.stdout.write(`${"bug".padEnd(24)}class  found  median     max  properties\n`);
for (const { id, bug } of planted) {
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  const found = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) found.push(await runsToFind(id, seed));
  const runs = found.map((each) => each.runs).sort((a, b) => a - b);
  const median = runs[Math.floor(SEEDS / 2)] ?? Number.POSITIVE_INFINITY;
  if (median > MEDIAN_MAX) late += 1;
  const count = runs.filter(Number.isFinite).length;
  const properties = [...new Set(found.map((each) => each.property))].sort().join(", ");
  process.stdout.write(
    `${id.padEnd(24)}${String(bug?.class).padStart(5)}${`${count}/${SEEDS}`.padStart(7)}${String(median).padStart(8)}${String(runs.at(-1)).padStart(8)}  ${properties}\n`,
  );
}
process.exitCode = late === 0 ? 0 : 1;
