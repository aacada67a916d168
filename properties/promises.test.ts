// The property suites: every promise over plans that fast-check draws, against the manifest that ships.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { targetOf } from "../src/run/choices.js";
import { execute } from "../src/run/execute.js";
import { DEFAULTS, planArbitrary } from "../src/run/generate.js";
import { memoryTier } from "../src/run/tiers.js";
import { AGAIN, SEED } from "../test/seed.js";
import { properties } from "./index.js";
import { viewOf } from "./view.js";

const RUNS = 300;

describe(`seed ${SEED}; again: ${AGAIN}`, () => {
  test.each(properties)("$promise $name", async ({ judge }) => {
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(planArbitrary(DEFAULTS), async (plan) => {
        const { record } = await execute(plan, targetOf("manifest"), memoryTier);
        expect(judge(viewOf(record))).toBeNull();
        judged += 1;
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(judged).toBe(RUNS);
  });
});
