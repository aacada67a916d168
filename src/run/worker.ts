// One batch of a campaign, as a worker thread does it. What passes between threads is data: names, not targets.
import { type Bounds, type CampaignOptions, searchBatch } from "./campaign.js";
import { targetOf } from "./choices.js";
import type { GenerateOptions } from "./generate-options.js";
import type { Tally } from "./tally.js";
import { memoryTier, sdkTier } from "./tiers.js";

/** What all batches of a campaign have in common. */
export interface Errand {
  readonly seed: number;
  readonly targetId: string;
  readonly generate: GenerateOptions;
  /** Every so many runs one is repeated through the SDK. */
  readonly twinEvery: number;
}

export interface Returned {
  readonly tally: Tally;
  readonly violated: boolean;
}

export const campaignOf = ({ seed, targetId, generate, twinEvery }: Errand): Omit<CampaignOptions, keyof Bounds> => ({
  seed,
  target: targetOf(targetId),
  tier: memoryTier,
  twin: { tier: sdkTier, every: twinEvery },
  generate,
});

export default async function work(task: {
  readonly errand: Errand;
  readonly batch: number;
  readonly runs: number;
}): Promise<Returned> {
  const { tally, violation } = await searchBatch({ ...campaignOf(task.errand), runs: task.runs }, task.batch);
  return { tally, violated: violation !== null };
}
