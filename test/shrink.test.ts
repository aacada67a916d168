// Shrinking, traces and replay, on planted bugs: small, the same property, reproducible byte for byte, whole on disk.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { judgeAll } from "../properties/index.js";
import { campaign } from "../src/run/campaign.js";
import { targetOf, wallClock } from "../src/run/choices.js";
import { execute } from "../src/run/execute.js";
import { DEFAULTS, planArbitrary } from "../src/run/generate.js";
import type { Plan } from "../src/run/plan.js";
import { memoryTier } from "../src/run/tiers.js";
import { planted } from "../src/targets/index.js";
import { type Finding, settleViolation } from "../src/trace/finding.js";
import { readTrace } from "../src/trace/read.js";
import { replayTrace } from "../src/trace/replay.js";

const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function find(id: string, seed: number): Promise<Finding> {
  const { violation } = await campaign({
    seed,
    runs: 5000,
    timeLimitMs: Number.POSITIVE_INFINITY,
    target: targetOf(id),
    tier: memoryTier,
    generate: DEFAULTS,
    clock: wallClock,
  });
  if (violation === null) throw new Error(`${id} was not found with seed ${seed}`);
  const interrupted = (): boolean => false;
  return settleViolation(violation, {
    target: targetOf(id),
    tier: memoryTier,
    folder,
    tool: "test",
    shrinkTimeMs: Number.POSITIVE_INFINITY,
    interrupted,
  });
}

const operations = ({ violation }: Finding): number =>
  violation.evidence.record.history.filter(({ type, client }) => type === "invoke" && client !== "auditor").length;

/** Every third: shrinking takes seconds, and test/traces.test.ts holds the result for each of them. */
const some = planted.map(({ id }) => id).filter((_, i) => i % 3 === 0);

describe.each(some)("%s", (id) => {
  test("shrinks to a few lines, replays byte for byte, and passes on the real manifest", async () => {
    const finding = await find(id, 4);
    expect(finding.complete).toBe(true);
    expect(finding.violation.plan.clients.length).toBeLessThanOrEqual(3);
    expect(operations(finding)).toBeLessThanOrEqual(12);
    const trace = readTrace(finding.path);
    for (let i = 0; i < 3; i += 1) {
      const { reproduced, run, diverged } = await replayTrace(trace);
      expect({ reproduced, diverged }).toEqual({ reproduced: true, diverged: null });
      expect(JSON.stringify(run.record.history)).toBe(JSON.stringify(trace.history));
    }
    expect((await replayTrace(trace, targetOf("manifest"))).verdict).toBe("valid");
  });
});

test("a failure that is known is one file, and said to be known", async () => {
  const first = await find("lost-update", 9);
  const files = readdirSync(folder);
  const second = await find("lost-update", 9);
  expect([first.known, second.known, second.path]).toEqual([false, true, first.path]);
  expect(readdirSync(folder)).toEqual(files);
  expect(files.some((name) => name.endsWith(".new"))).toBe(false);
});

test("fast-check shrinks plans the same way: a failing suite ends with a small plan", async () => {
  const property = fc.asyncProperty(planArbitrary(DEFAULTS), async (plan) => {
    const { record } = await execute(plan, targetOf("lost-update"), memoryTier);
    return judgeAll(record).violation === null;
  });
  const { failed, counterexample, numShrinks } = await fc.check(property, { seed: 1, numRuns: 200 });
  expect(failed).toBe(true);
  expect(numShrinks).toBeGreaterThan(0);
  const [plan] = counterexample as [Plan];
  expect(plan.clients.length).toBe(2);
  expect(plan.faults).toEqual([]);
});

describe("what is no trace", () => {
  const spoil: readonly (readonly [what: string, text: (trace: string) => string, message: string])[] = [
    ["cut off", (text) => text.slice(0, 200), "not JSON, or cut off"],
    ["another program's", () => '{"a": 1}', 'it has no "version"'],
    ["newer", (text) => text.replace('"version": 2', '"version": 3'), "version 3"],
    ["of an unknown target", (text) => text.replace('"id":"lost-update"', '"id":"x"'), "at target.id"],
    [
      "with a command that is none",
      (text) => text.replace('"kind":"transact"', '"kind":"dance"'),
      "plan.clients.0.commands.0",
    ],
    ["with a lane below zero", (text) => text.replace('"lanes":[', '"lanes":[-1,'), "plan.schedule.lanes.0"],
  ];
  test.each(spoil)("%s is told in one line", async (_what, change, message) => {
    const { path } = await find("lost-update", 9);
    const file = join(folder, "spoiled.json");
    writeFileSync(file, change(readFileSync(path, "utf8")));
    expect(() => readTrace(file)).toThrow(message);
    expect(() => readTrace(file)).toThrow(file);
    rmSync(file);
  });
});
