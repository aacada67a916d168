// A campaign is the same on one thread, on several, and in shards.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { campaign } from "../src/run/campaign.js";
import { targetOf, wallClock } from "../src/run/choices.js";
import { DEFAULTS } from "../src/run/generate.js";
import type { Tally } from "../src/run/tally.js";
import { memoryTier } from "../src/run/tiers.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(...args: string[]): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const out = mkdtempSync(join(folder, "out-"));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, "check", "--json", "--out", out, "--shrink-time", "60s", ...args],
    { encoding: "utf8", timeout: 120_000 },
  );
  return { status, stdout: stdout.replace(/"elapsedMs":\d+/g, "").replaceAll(out, "OUT"), stderr };
}

describe("the same bytes whatever the number of workers", () => {
  test.each([
    ["a clean campaign", ["--seed", "3", "--runs", "320"], 0],
    ["a violation", ["--seed", "5", "--target", "false-conflict"], 1],
  ] as const)("%s", (_what, args, status) => {
    const one = check(...args);
    expect(one.status).toBe(status);
    for (const workers of ["2", "3"]) expect(check(...args, "--workers", workers)).toEqual(one);
  });
});

test("shards part the runs: together they are the whole", async () => {
  const tallyOf = async (part?: { readonly shard: number; readonly shards: number }): Promise<Tally> => {
    const result = await campaign({
      seed: 11,
      runs: 230,
      timeLimitMs: Number.POSITIVE_INFINITY,
      target: targetOf("manifest"),
      tier: memoryTier,
      generate: DEFAULTS,
      clock: wallClock,
      ...(part === undefined ? {} : { part }),
    });
    return result.tally;
  };
  const whole = await tallyOf();
  const parts = [
    await tallyOf({ shard: 0, shards: 3 }),
    await tallyOf({ shard: 1, shards: 3 }),
    await tallyOf({ shard: 2, shards: 3 }),
  ];
  expect(parts.map(({ runs }) => runs)).toEqual([100, 80, 50]);
  const sum = (pick: (tally: Tally) => number): number => parts.map(pick).reduce((a, b) => a + b, 0);
  expect(sum(({ steps }) => steps)).toBe(whole.steps);
  for (const [name, count] of Object.entries(whole.reached))
    expect(
      sum(({ reached }) => reached[name] ?? 0),
      name,
    ).toBe(count);
});

test("what can't be is wrong usage", () => {
  for (const args of [
    ["--workers", "0"],
    ["--shard", "3/2"],
    ["--shard", "0/2"],
    ["--shard", "x"],
  ])
    expect(check(...args).status, args.join(" ")).toBe(64);
});
