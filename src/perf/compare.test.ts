import { describe, expect, test } from "vitest";
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

describe("points that were measured for another time", () => {
  const timed = (num_writers: number, duration_s: number, write_tps: number, writes_ok: number) => ({
    ...row(num_writers, write_tps),
    duration_s: String(duration_s),
    warm_up_s: String(duration_s / 10),
    writes_ok: String(writes_ok),
  });

  test("rates are compared, counts are not; the settings that differ are named", () => {
    const { differing, changes, otherTimes } = compareRows(
      [timed(1, 10, 5, 45), timed(2, 10, 9, 81)],
      [timed(1, 20, 5, 90), timed(2, 20, 8, 144)],
    );
    expect(differing.map(({ column, before, after }) => [column, before, after])).toEqual([
      ["duration_s", "10", "20"],
      ["warm_up_s", "1", "2"],
    ]);
    expect(changes.map(({ point, column, changed }) => [point, column, changed])).toEqual([
      ["num_writers 1", "write_tps", false],
      ["num_writers 2", "write_tps", true],
    ]);
    expect(otherTimes.map(({ point }) => point)).toEqual(["num_writers 1", "num_writers 2"]);
  });

  test("also where only one of a file's points was", () => {
    const before = [timed(1, 10, 5, 45), timed(2, 10, 9, 81)];
    const { changes, otherTimes } = compareRows(before, [timed(1, 10, 5, 45), timed(2, 20, 9, 162)]);
    expect(changes.map(({ point, column }) => [point, column])).toEqual([
      ["num_writers 1", "write_tps"],
      ["num_writers 1", "writes_ok"],
      ["num_writers 2", "write_tps"],
    ]);
    expect(otherTimes).toMatchObject([{ point: "num_writers 2", times: [{ before: "10", after: "20" }, {}] }]);
  });

  test("one of two times has its like; the other stays alone", () => {
    const { changes, onlyBefore } = compareRows([timed(1, 10, 5, 45), timed(1, 20, 5, 90)], [timed(1, 20, 5, 90)]);
    expect(changes.map(({ point, column }) => [point, column])).toContainEqual([
      "duration_s 20, warm_up_s 2",
      "writes_ok",
    ]);
    expect(onlyBefore).toEqual(["duration_s 10, warm_up_s 1"]);
  });
});

test("a figure that one side has alone, and a point that was not valid, are told", () => {
  const before = { ...row(1, 10), verdict: "valid", precond_p50_ms: "7" };
  const { oneSided, doubtful, changes } = compareRows([before], [{ ...row(1, 10), verdict: "invalid" }]);
  expect(changes.map(({ column }) => column)).toEqual(["write_tps"]);
  expect(oneSided).toEqual([{ point: "all", column: "precond_p50_ms", file: "first" }]);
  expect(doubtful).toEqual([{ point: "all", file: "second", verdict: "invalid" }]);
});
