// A short campaign on the manifest that ships: what a mutant of it has to get past (docs/mutants.md).
import { expect, test } from "vitest";
import { campaign } from "../src/run/campaign.js";
import { targetOf, wallClock } from "../src/run/choices.js";
import { DEFAULTS } from "../src/run/generate.js";
import { memoryTier } from "../src/run/tiers.js";
import { runs } from "./how-many.js";

test("the manifest that ships keeps its promises", async () => {
  const { verdict, violation, tally } = await campaign({
    seed: 20240101,
    runs: runs(400),
    timeLimitMs: Number.POSITIVE_INFINITY,
    target: targetOf("manifest"),
    tier: memoryTier,
    generate: DEFAULTS,
    clock: wallClock,
  });
  expect(violation?.message ?? null).toBeNull();
  expect({ verdict, runs: tally.runs }).toEqual({ verdict: "valid", runs: runs(400) });
});
