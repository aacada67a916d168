// Aimed faults: all places and moments are there, the moments left out are told apart by nobody, and bugs are found.
import { describe, expect, test } from "vitest";
import { type AimedOptions, aimed } from "../src/run/aimed/aimed.js";
import { targetOf, wallClock } from "../src/run/choices.js";
import { execute, type Run } from "../src/run/execute.js";
import { smallPlan } from "../src/run/explore/small-plan.js";
import { DEFAULTS } from "../src/run/generate.js";
import { smallPlans } from "../src/run/generate-small.js";
import type { Plan } from "../src/run/plan.js";
import { memoryTier } from "../src/run/tiers.js";
import { outcomeOf } from "./outcome.js";

const NEVER = Number.POSITIVE_INFINITY;
const aim = (id: string, options: Pick<AimedOptions, "plans" | "kinds"> & Partial<AimedOptions>) =>
  aimed({ target: targetOf(id), tier: memoryTier, runs: NEVER, timeLimitMs: NEVER, clock: wallClock, ...options });

const [alone, crowd] = [1, 2].map((writers) => smallPlan({ writers, transactions: 1, readers: 0, reads: false })) as [
  Plan,
  Plan,
];

const shared = smallPlan({ writers: 1, transactions: 1, readers: 1, reads: false });

/** A run with the faults that struck it, and with all that had been noted when a zombie came; without the moments. */
function pictured(run: Run): string {
  const { story, history } = run.record;
  const haunted = story.filter(({ fault }) => fault === "zombie");
  const heard = haunted.map(({ key, step }) => [key, history.filter((event) => event.step <= step).length]);
  return JSON.stringify([run.strikes.map(({ step: _step, ...strike }) => strike), heard.sort(), outcomeOf(run)]);
}

describe("the places", () => {
  test("one fault: each request that it fits, once", async () => {
    const { record } = await execute(alone, targetOf("manifest"), memoryTier);
    const own = record.story.filter(({ client }) => client === "w0");
    const writes = own.filter(({ method }) => method === "PUT");
    const struck: string[] = [];
    const { aimed: count, tally } = await aim("manifest", {
      plans: [alone],
      kinds: ["hang", "crash-after", "hang-zombie"],
      onRun: ({ strikes }) => {
        if (strikes.length === 1)
          struck.push(strikes.map(({ fault, method, key }) => `${fault} ${method} ${key}`).join());
      },
    });
    expect(count.one).toEqual({ places: 2 * own.length + writes.length, tried: 2 * own.length + writes.length });
    for (const kind of ["hang", "crash-after"])
      expect(struck.filter((text) => text.startsWith(`${kind} `))).toEqual(
        own.map(({ method, key }) => `${kind} ${method} ${key}`),
      );
    expect(count).toMatchObject({ plans: 1, counted: true, complete: true });
    expect(count.places).toBe(count.one.places + count.two.places);
    expect(count.tried).toBe(count.places);
    expect(tally.runs).toBeGreaterThan(count.places);
  });

  test("two faults: the second at any request of the run that has the first, its retries too", async () => {
    const pairs = new Set<string>();
    await aim("manifest", {
      plans: [alone],
      kinds: ["refused-503"],
      onRun: ({ strikes }) => {
        if (strikes.length === 2)
          pairs.add(strikes.map(({ method, key }) => `${method} ${key.slice(0, 4)}`).join(", "));
      },
    });
    expect([...pairs]).toEqual([
      "GET HEAD, GET HEAD",
      "GET HEAD, PUT segm",
      "GET HEAD, PUT HEAD",
      "PUT segm, PUT segm",
      "PUT segm, PUT HEAD",
      "PUT HEAD, GET HEAD",
      "PUT HEAD, PUT HEAD",
    ]);
  });
});

describe("the moments that are left out make no difference", () => {
  test.each([
    ["two zombies", crowd, ["zombie"]],
    ["a zombie and a crash", shared, ["crash-zombie"]],
    ["a zombie of the dead, and time passes", crowd, ["crash-zombie", "pause"]],
    ["a zombie, and somebody stands still", shared, ["pause", "zombie"]],
  ])("%s", async (_name, plan, kinds) => {
    const outcomes = async (reduced: boolean) => {
      const found = new Set<string>();
      const { tally, aimed: count } = await aim("manifest", {
        plans: [plan],
        kinds,
        reduced,
        onRun: (run) => found.add(pictured(run)),
      });
      expect(count.complete).toBe(true);
      return { found, runs: tally.runs };
    };
    const [all, some] = [await outcomes(false), await outcomes(true)];
    expect([...all.found].filter((outcome) => !some.found.has(outcome)).length).toBe(0);
    expect(some.found.size).toBe(all.found.size);
    expect(some.runs).toBeLessThan(all.runs);
  });
});

test("the end by runs: how many of how many, and that this is not all", async () => {
  const early = await aim("manifest", { plans: [alone], kinds: ["zombie", "hang"], runs: 3 });
  expect(early.tally.runs).toBe(3);
  expect(early.aimed).toMatchObject({ counted: false, complete: false });
  const later = await aim("manifest", { plans: [alone], kinds: ["zombie", "hang"], runs: 20 });
  expect(later.aimed).toMatchObject({ counted: true, complete: false });
  expect(later.aimed.tried).toBeLessThan(later.aimed.places);
});

test("small plans are drawn by the seed, and have no faults", () => {
  expect(smallPlans(3, DEFAULTS)).toEqual(smallPlans(3, DEFAULTS));
  expect(smallPlans(3, DEFAULTS)).not.toEqual(smallPlans(4, DEFAULTS));
  for (const { faults, stepMs } of smallPlans(3, DEFAULTS)) expect([faults, stepMs]).toEqual([[], 0]);
});

test("the manifest that ships: every fault at every request of a small plan is survived", async () => {
  const { verdict, aimed: count, tally } = await aim("manifest", { plans: [alone], kinds: DEFAULTS.faults });
  expect(verdict).toBe("valid");
  expect(count.complete).toBe(true);
  expect(Object.keys(tally.struck).length).toBe(DEFAULTS.faults.length);
});

test.each(["error-as-not-applied", "false-conflict", "duplicate-apply", "cleanup-after-false-failure"])(
  "%s is found with one fault",
  async (id) => {
    const { verdict, violation } = await aim(id, { plans: smallPlans(1, DEFAULTS), kinds: DEFAULTS.faults });
    expect(verdict).toBe("invalid");
    expect(violation?.plan.faults).toHaveLength(1);
  },
);
