// What a run costs: our scheduler and fast-check's on the same load in one process, by turns, so that the ratio holds
// on a noisy machine. Then whole runs of the real manifest, judged, in memory and through the SDK.
import { campaign } from "../../src/run/campaign.js";
import { targetOf, wallClock } from "../../src/run/choices.js";
import { DEFAULTS } from "../../src/run/generate.js";
import { memoryTier, sdkTier } from "../../src/run/tiers.js";
import { type Driver, fastChecks, ours } from "./drivers.js";
import { verdictSpeeds } from "./verdicts.js";

const ROUNDS = 5;
const RUNS = 3000;
const SDK_RUNS = 40;

interface Speed {
  readonly runsPerSecond: number;
  readonly requestsPerSecond: number;
  readonly requestsPerRun: number;
}

/** The median round of `driver`, in turn with the others. */
async function measure(drivers: Readonly<Record<string, Driver>>, leases: boolean): Promise<Record<string, Speed>> {
  const rounds: Record<string, Speed[]> = {};
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, driver] of Object.entries(drivers)) {
      const started = performance.now();
      let requests = 0;
      for (let seed = 0; seed < RUNS; seed += 1) requests += await driver(seed, leases);
      const seconds = (performance.now() - started) / 1000;
      const speed = {
        runsPerSecond: RUNS / seconds,
        requestsPerSecond: requests / seconds,
        requestsPerRun: requests / RUNS,
      };
      // The first round warms up.
      if (round > 0) rounds[name] = [...(rounds[name] ?? []), speed];
    }
  }
  return Object.fromEntries(Object.entries(rounds).map(([name, speeds]) => [name, median(speeds)]));
}

function median(speeds: readonly Speed[]): Speed {
  const middle = speeds.toSorted((a, b) => a.runsPerSecond - b.runsPerSecond)[Math.floor(speeds.length / 2)];
  if (middle === undefined) throw new RangeError("nothing was measured");
  return middle;
}

async function manifestRunsPerSecond(runs: number, sdk: boolean): Promise<number> {
  const tier = sdk ? sdkTier : memoryTier;
  const options = {
    seed: 1,
    timeLimitMs: Number.POSITIVE_INFINITY,
    target: targetOf("manifest"),
    tier,
    generate: DEFAULTS,
    clock: wallClock,
  };
  await campaign({ ...options, runs: Math.ceil(runs / 4) });
  const { elapsedMs } = await campaign({ ...options, runs });
  return (1000 * runs) / elapsedMs;
}

const drivers = { ours: ours("uniform"), pos: ours("pos"), sticky: ours("sticky"), fc: fastChecks };
const bare = await measure(drivers, false);
const leased = await measure(drivers, true);
const ratio = (speeds: Record<string, Speed>): number =>
  (speeds["ours"]?.requestsPerSecond ?? 0) / (speeds["fc"]?.requestsPerSecond ?? 1);
const verdicts = verdictSpeeds();
const document = {
  runsPerSecond: bare["ours"]?.runsPerSecond,
  runsPerSecondWithLeases: leased["ours"]?.runsPerSecond,
  requestsPerSecond: bare["ours"]?.requestsPerSecond,
  ratioToFcScheduler: ratio(bare),
  ratioToFcSchedulerWithLeases: ratio(leased),
  manifestRunsPerSecond: await manifestRunsPerSecond(5000, false),
  sdkRunsPerSecond: await manifestRunsPerSecond(SDK_RUNS, true),
  versionSweepOpsPerSecond: verdicts.versionSweep,
  cycleSearchOpsPerSecond: verdicts.cycleSearch,
  bare,
  leased,
};
process.stdout.write(`${JSON.stringify(document, null, process.argv.includes("--json") ? 0 : 2)}\n`);
