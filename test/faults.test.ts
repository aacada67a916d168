// Every kind of fault strikes, alone, and the manifest that ships keeps every promise; through the real S3Client too.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { campaign } from "../src/run/campaign.js";
import { faultKinds, targetOf, wallClock } from "../src/run/choices.js";
import { DEFAULTS } from "../src/run/generate.js";
import { memoryTier, sdkTier } from "../src/run/tiers.js";

const RUNS = 60;

test.each(faultKinds)("%s", async (kind) => {
  const { verdict, tally } = await campaign({
    seed: 3,
    runs: RUNS,
    timeLimitMs: Number.POSITIVE_INFINITY,
    target: targetOf("manifest"),
    tier: memoryTier,
    twin: { tier: sdkTier, every: RUNS / 3 },
    generate: { ...DEFAULTS, faults: [kind] },
    clock: wallClock,
  });
  expect(verdict).toBe("valid");
  expect(tally.struck[kind]).toBeGreaterThan(0);
});

test("README names every kind", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(faultKinds.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
});
