// A campaign on worker threads. Batches are handed out in order and their results taken in order, so what comes out does
// not depend on how many threads there are.
import { Tinypool } from "tinypool";
import {
  type Bounds,
  batchesOf,
  type CampaignResult,
  resultOf,
  searchBatch,
  type Violation,
  watchOf,
} from "./campaign.js";
import { emptyTally, type Tally } from "./tally.js";
import { campaignOf, type Errand, type Returned } from "./worker.js";

export interface PoolOptions extends Bounds {
  readonly errand: Errand;
  /** Threads. */
  readonly workers: number;
}

/**
 * Like `campaign`, on `workers` threads. The first violation in the order of runs is the one, though a later one may be
 * seen earlier; it is run once more in this thread, for what it recorded.
 */
export async function campaignOnWorkers(options: PoolOptions): Promise<CampaignResult> {
  const { errand, workers, runs } = options;
  const pool = new Tinypool({
    filename: new URL("./worker.js", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
  });
  const watch = watchOf(options);
  const tally = emptyTally();
  const batches = batchesOf(options);
  const underWay: { readonly batch: number; readonly result: Promise<Returned> }[] = [];
  const handOut = (): void => {
    const { value: batch, done } = batches.next();
    if (done !== true) underWay.push({ batch, result: pool.run({ errand, batch, runs }) });
  };
  let violation: Violation | null = null;
  try {
    for (let i = 0; i < AHEAD * workers; i += 1) handOut();
    for (let next = underWay.shift(); next !== undefined && violation === null; next = underWay.shift()) {
      if (await watch.over(tally)) break;
      const { batch } = next;
      const again = () => searchBatch({ ...campaignOf(errand), runs }, batch);
      // An error loses its class on the way from a thread; in this one it is thrown anew.
      const returned = await next.result.catch(async () => ({ ...(await again()), violated: true }));
      add(tally, returned.tally);
      if (returned.violated) ({ violation } = await again());
      handOut();
    }
  } finally {
    for (const { result } of underWay) result.catch(() => undefined);
    await pool.destroy();
  }
  return resultOf(watch, tally, violation);
}

// --- internal ---

/** Batches per thread that are handed out before their turn: enough that no thread waits for a slow one. */
const AHEAD = 4;

function add(sum: Tally, more: Tally): void {
  sum.runs += more.runs;
  sum.steps += more.steps;
  sum.twins += more.twins;
  sum.compared += more.compared;
  sum.unknown += more.unknown;
  sum.unlike += more.unlike;
  sum.unknownBecause ??= more.unknownBecause;
  for (const [name, count] of Object.entries(more.reached)) sum.reached[name] = (sum.reached[name] ?? 0) + count;
  for (const [kind, count] of Object.entries(more.struck)) sum.struck[kind] = (sum.struck[kind] ?? 0) + count;
}
