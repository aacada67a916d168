// What a reader of `perf compare` is told beside the figures: what was compared with what, and what was not.
import { expect, test } from "vitest";
import { comparePage } from "./perf-compare.js";

const change = { point: "num_writers 1", column: "write_tps", interval: null, changed: true };
const nothing = {
  differing: [],
  changes: [],
  otherTimes: [],
  oneSided: [],
  doubtful: [],
  onlyBefore: [],
  onlyAfter: [],
};
const times = [{ column: "duration_s", before: "10", after: "20" }];

test("settings that differ stand first; counts are left out in so many words", () => {
  const changes = [{ ...change, before: { mean: 10, runs: 1 }, after: { mean: 12.5, runs: 1 } }];
  const page = comparePage({ ...nothing, changes, differing: times, otherTimes: [{ point: "num_writers 1", times }] });
  expect(page.split("\n")).toEqual([
    "duration_s: 10, then 20",
    "1 of 1 figures changed",
    expect.stringMatching(/^ +point +figure +before +after +by/),
    expect.stringMatching(/^ +num_writers 1 +write_tps +10 +12.5 +25.0 % +single runs$/),
    expect.stringContaining("single runs: chance alone moves figures"),
    "counts are left out, since the time measured differs",
    "",
  ]);
});

test("a time that differs at one point alone is told with the point; so is what one file has alone", () => {
  const page = comparePage({
    ...nothing,
    otherTimes: [{ point: "num_writers 2", times }],
    oneSided: ["1", "2"].map((n) => ({ point: `num_writers ${n}`, column: "precond_p50_ms", file: "first" })),
    doubtful: [{ point: "num_writers 2", file: "second", verdict: "invalid" }],
    onlyAfter: ["num_writers 8"],
  });
  expect(page.split("\n")).toEqual([
    "nothing to compare",
    "counts are left out, since the time measured differs: num_writers 2 (duration_s: 10, then 20)",
    "precond_p50_ms, in the first only: num_writers 1; num_writers 2",
    "invalid in the second: num_writers 2",
    "only in the second: num_writers 8",
    "",
  ]);
});
