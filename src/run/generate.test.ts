import { describe, expect, it } from "vitest";
import { faults } from "../faults/index.js";
import { DEFAULTS, plansIn } from "./generate.js";
import type { Plan } from "./plan.js";

const plans: readonly Plan[] = Array.from({ length: 20 }, (_, batch) => plansIn(11, batch, DEFAULTS)).flat();

/** In each run a part is left out, or it would hide what the others do (swarm testing). */
const PARTS: Readonly<Record<string, (plan: Plan) => boolean>> = {
  readers: ({ clients }) => clients.some(({ name }) => name.startsWith("r")),
  keepers: ({ clients }) => clients.some(({ name }) => name.startsWith("k")),
  faults: (plan) => plan.faults.length > 0,
  "wrong clocks": ({ clients }) => clients.some(({ skewMs }) => skewMs !== 0),
  deletes: ({ clients }) => JSON.stringify(clients).includes('"delete":true'),
  retries: ({ clients }) => /"retries":[1-9]/.test(JSON.stringify(clients)),
  "keys in common": ({ clients }) => JSON.stringify(clients).includes('"key":"k'),
  "short leases": ({ leaseTtlMs }) => leaseTtlMs === 5_000,
  "going on after the faults": ({ progress }) => progress === true,
};

describe("each run has a part of everything", () => {
  for (const [part, has] of Object.entries(PARTS)) {
    it(`${part}: at times there, at times not`, () => {
      const share = plans.filter(has).length / plans.length;
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.95);
    });
  }

  it("every kind of fault comes, and those of one run are of few kinds", () => {
    const perRun = plans.map((plan) => new Set(plan.faults.map(({ kind }) => kind)));
    expect(new Set(perRun.flatMap((kinds) => [...kinds])).size).toBe(faults.size);
    expect(Math.max(...perRun.map(({ size }) => size))).toBeLessThanOrEqual(5);
  });
});
