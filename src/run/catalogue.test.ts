import { expect, test } from "vitest";
import { type CatalogueOptions, catalogue, IN_PROCESS, plantedBugs } from "./catalogue.js";
import { wallClock } from "./choices.js";

const options: CatalogueOptions = {
  ...IN_PROCESS,
  bugs: plantedBugs.filter(({ id }) => ["lost-update", "ack-before-publish"].includes(id)),
  seeds: 3,
  timeLimitMs: Number.POSITIVE_INFINITY,
  clock: wallClock,
  interrupted: () => false,
  onProgress: () => undefined,
};

test("each bug is found with every seed, the manifest is clean over at least as many runs", async () => {
  const said: string[] = [];
  const { bugs, clean, complete } = await catalogue({ ...options, onProgress: (message) => said.push(message) });
  expect(complete).toBe(true);
  expect(bugs.map(({ id, class: number, seeds, found }) => ({ id, class: number, seeds, found }))).toEqual([
    { id: "lost-update", class: 1, seeds: 3, found: 3 },
    { id: "ack-before-publish", class: 24, seeds: 3, found: 3 },
  ]);
  for (const { medianRuns, maxRuns, shrunk } of bugs) {
    expect(medianRuns).toBeLessThanOrEqual(maxRuns ?? 0);
    expect(shrunk?.clients).toBeLessThanOrEqual(3);
  }
  expect(clean).toEqual({ runs: 1000, violations: 0 });
  expect(said).toHaveLength(3);
});

test("without time nothing is found, and nothing is concluded", async () => {
  const { bugs, clean, complete } = await catalogue({ ...options, timeLimitMs: 0 });
  expect(complete).toBe(false);
  expect(bugs.map(({ found, medianRuns, maxRuns }) => [found, medianRuns, maxRuns])).toEqual([
    [0, null, null],
    [0, null, null],
  ]);
  expect(clean.runs).toBe(0);
});
