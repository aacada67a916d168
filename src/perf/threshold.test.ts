import { expect, test } from "vitest";
import { crossings, parseThreshold } from "./threshold.js";

const rule = (text: string) => {
  const threshold = parseThreshold(text);
  return threshold === undefined ? [] : [threshold];
};

test("a figure that there is none of crosses every threshold", () => {
  for (const cell of [null, ""]) {
    const [line = "", ...rest] = crossings(rule("read_p99_ms<1"), [{ read_p99_ms: cell }], () => "test_baseline");
    expect(rest).toEqual([]);
    expect(line).toContain("test_baseline: read_p99_ms: nothing to measure");
  }
  expect(crossings(rule("read_p99_ms<1"), [{ read_p99_ms: 0.5 }], () => "")).toEqual([]);
  expect(crossings(rule("read_p99_ms<1"), [{ read_p99_ms: "2" }], () => "")).toEqual([": read_p99_ms is 2, not <1"]);
  expect(crossings(rule("conflicts<1"), [{ conflicts: 0 }], () => "")).toEqual([]);
});
