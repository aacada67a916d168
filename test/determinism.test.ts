// Same plan, same bytes: plan, history and bucket of many seeds, each run twice; and the SDK tier comes to the same.
import fc from "fast-check";
import { expect, test } from "vitest";
import { targetOf } from "../src/run/choices.js";
import { execute } from "../src/run/execute.js";
import { DEFAULTS, planArbitrary } from "../src/run/generate.js";
import type { Plan } from "../src/run/plan.js";
import { memoryTier, sdkTier } from "../src/run/tiers.js";
import { bodyText } from "../src/store/body.js";
import type { StoredObject } from "../src/store/object.js";
import { SEED } from "./seed.js";

const target = targetOf("manifest");
const plans = (count: number) => fc.sample(planArbitrary(DEFAULTS), { seed: SEED, numRuns: count });

async function bytes(plan: Plan, tier = memoryTier): Promise<string> {
  const { record, lanes, struck, content } = await execute(plan, target, tier);
  const objects = (content?.() ?? []).map(([key, object]) => [
    key,
    bodyText((object as StoredObject).body),
    (object as StoredObject).lastModified,
  ]);
  return JSON.stringify({ plan, history: record.history, story: record.story, lanes, struck, objects });
}

test("a run is a pure function of its plan", async () => {
  for (const plan of plans(300)) expect(await bytes(plan)).toBe(await bytes(plan));
});

test("the recorded lanes make the same run as the strategy that drew them", async () => {
  for (const plan of plans(200)) {
    const { lanes, record } = await execute(plan, target, memoryTier);
    const again = await execute({ ...plan, schedule: { lanes } }, target, memoryTier);
    expect(again.departed).toBeUndefined();
    expect(again.record.history).toEqual(record.history);
    expect(again.record.story).toEqual(record.story);
  }
});

test("through the real S3Client: the same history, the same story, the same bucket", async () => {
  for (const plan of plans(25)) expect(await bytes(plan, sdkTier)).toBe(await bytes(plan));
});
