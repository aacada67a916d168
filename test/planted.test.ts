// Test the tester: every planted bug is found, by the property that its class breaks, and the real manifest never.
import { describe, expect, test } from "vitest";
import { campaign } from "../src/run/campaign.js";
import { targetOf, wallClock } from "../src/run/choices.js";
import { DEFAULTS } from "../src/run/generate.js";
import { memoryTier } from "../src/run/tiers.js";
import { planted } from "../src/targets/index.js";

const RUNS_MAX = 3000;

const hunt = (id: string, seed: number, runs: number) =>
  campaign({
    seed,
    runs,
    timeLimitMs: Number.POSITIVE_INFINITY,
    target: targetOf(id),
    tier: memoryTier,
    generate: DEFAULTS,
    clock: wallClock,
  });

const breaks: Readonly<Record<string, readonly string[]>> = {
  "lost-update": [
    "durable",
    "strictly-serializable",
    "at-most-once",
    "monotone",
    "no-dangling-reference",
    "failure-is-failure",
    "immutable",
  ],
  "false-conflict": ["failure-is-failure", "at-most-once"],
  "duplicate-apply": ["failure-is-failure", "at-most-once", "strictly-serializable", "durable"],
  "abort-then-adopted": ["failure-is-failure", "at-most-once"],
  "stolen-commit": ["failure-is-failure", "at-most-once", "strictly-serializable", "honest-failures"],
  "error-as-not-applied": ["failure-is-failure", "durable", "strictly-serializable", "at-most-once"],
  "reader-before-lease": ["no-dangling-reference", "honest-failures"],
  "watermark-off-by-one": ["no-dangling-reference", "honest-failures"],
  "checkpoint-goes-back": ["monotone", "no-dangling-reference"],
  "first-page-only": ["durable", "strictly-serializable"],
  "snapshot-not-pinned": ["strictly-serializable"],
  "cleanup-after-false-failure": ["failure-is-failure", "no-dangling-reference", "durable"],
  "race-409-as-exists": ["no-dangling-reference", "strictly-serializable", "monotone"],
  "lease-outlived": ["durable", "strictly-serializable", "honest-failures"],
  "foreign-clock": ["no-dangling-reference", "strictly-serializable"],
  "gc-of-unpublished": ["no-dangling-reference", "strictly-serializable", "durable"],
  "gc-despite-failed-cas": ["no-dangling-reference"],
  "txn-id-reused": ["monotone", "durable", "strictly-serializable"],
  "list-then-gone": ["honest-failures", "no-dangling-reference"],
  "unversioned-cache": ["durable", "at-most-once"],
  "tombstone-dropped": ["durable", "strictly-serializable"],
  "read-set-unchecked": ["strictly-serializable"],
  "slot-left-taken": ["progress"],
  "half-a-batch": ["strictly-serializable", "failure-is-failure", "at-most-once"],
  "ack-before-publish": ["durable", "strictly-serializable"],
};

describe.each(planted.map(({ id }) => id))("%s", (id) => {
  test.each([1, 2, 3])("is found with seed %i", async (seed) => {
    const { verdict, violation } = await hunt(id, seed, RUNS_MAX);
    expect(verdict).toBe("invalid");
    expect(breaks[id]).toContain(violation?.property);
  });
});

test("the manifest that ships is clean over as many runs, and a campaign repeats itself", async () => {
  const first = await hunt("manifest", 5, RUNS_MAX);
  expect(first.verdict).toBe("valid");
  expect(first.tally.runs).toBe(RUNS_MAX);
  const second = await hunt("manifest", 5, RUNS_MAX);
  expect(second.tally).toEqual(first.tally);
  for (const name of [
    "conflict",
    "adoption",
    "ambiguous-answer",
    "crash-between-two-requests",
    "lease-expired",
    "gc-deleted",
    "zombie-applied",
    "compaction-during-read",
  ]) {
    expect(first.tally.reached[name], name).toBeGreaterThan(0);
  }
});
