import { expect, test } from "vitest";
import { compareRows } from "./compare.js";

const row = (num_writers: number, write_tps: number, seed = 1) => ({
  num_writers: String(num_writers),
  seed: String(seed),
  write_tps: String(write_tps),
  precond_p50_ms: "",
});

test("repeated runs: an interval of the difference, by Welch's t", () => {
  const before = [row(1, 10, 1), row(1, 12, 2), row(1, 14, 3)];
  const after = [row(1, 20, 1), row(1, 22, 2), row(1, 24, 3)];
  const { changes } = compareRows(before, after);
  expect(changes).toHaveLength(1);
  // Equal variances 4, so 4 degrees of freedom: 10 -+ 2.776 * sqrt(8 / 3).
  expect(changes[0]).toMatchObject({ column: "write_tps", changed: true, before: { mean: 12, runs: 3 } });
  expect(changes[0]?.interval?.[0]).toBeCloseTo(10 - 2.776 * Math.sqrt(8 / 3));
  expect(compareRows(before, [row(1, 11, 1), row(1, 13, 2), row(1, 15, 3)]).changes[0]?.changed).toBe(false);
});

test("single runs have no interval; points of one file alone are named", () => {
  const { changes, onlyBefore, onlyAfter } = compareRows([row(1, 10), row(2, 20)], [row(2, 20), row(4, 30)]);
  expect(changes).toMatchObject([{ point: "num_writers 2", interval: null, changed: false }]);
  expect([onlyBefore, onlyAfter]).toEqual([["num_writers 1"], ["num_writers 4"]]);
});
