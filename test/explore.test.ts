// Every schedule: the reduction loses no outcome that plain enumeration has, and bugs that need no fault are found.
import { describe, expect, test } from "vitest";
import { judgeAll } from "../properties/index.js";
import { targetOf, wallClock } from "../src/run/choices.js";
import type { Run } from "../src/run/execute.js";
import { explore } from "../src/run/explore/explore.js";
import { type SmallPlanOptions, smallPlan } from "../src/run/explore/small-plan.js";
import { outcomeOf } from "./outcome.js";

const small = (shape: Partial<SmallPlanOptions>) =>
  smallPlan({ writers: 0, transactions: 1, readers: 0, reads: false, ...shape });

async function outcomes(id: string, shape: Partial<SmallPlanOptions>, reduced: boolean) {
  const found = new Set<string>();
  let runs = 0;
  let violations = 0;
  const onRun = (run: Run): void => {
    runs += 1;
    if (judgeAll(run.record).violation !== null) violations += 1;
    found.add(outcomeOf(run));
  };
  const options = { plan: small(shape), target: targetOf(id), clock: wallClock, reduced, onRun };
  const { complete } = await explore({ ...options, timeLimitMs: 60_000, interrupted: () => false });
  return { found: [...found].sort(), runs, violations, complete };
}

describe.each([
  ["two writers", { writers: 2 }],
  ["a writer and a reader", { writers: 1, readers: 1 }],
] as const)("%s", (_name, shape) => {
  test("the reduced schedules have every outcome that all schedules have, in fewer runs", async () => {
    const [all, reduced] = [await outcomes("manifest", shape, false), await outcomes("manifest", shape, true)];
    expect(all.complete && reduced.complete).toBe(true);
    expect(reduced.found).toEqual(all.found);
    expect(reduced.runs).toBeLessThan(all.runs);
    expect(all.violations).toBe(0);
  });
});

test.each([
  ["lost-update", { writers: 2 }],
  ["snapshot-not-pinned", { writers: 1, readers: 1 }],
] as const)("%s is found without a fault", async (id, shape) => {
  expect((await outcomes(id, shape, true)).violations).toBe(1);
});
