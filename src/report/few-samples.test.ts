// A percentile that is only the slowest sample is told, with its point and the number of samples.
import { expect, test } from "vitest";
import { fewSamples } from "./few-samples.js";

const row = (num_writers: number, writes_ok: number, conflicts: number, reads_ok: number) => ({
  num_writers,
  num_readers: 1,
  writes_ok,
  conflicts,
  reads_ok,
});
const told = (...rows: ReturnType<typeof row>[]) =>
  fewSamples(rows, (each) => `num_writers ${each["num_writers"]}`, 110).join("\n");

test("each percentile has its own bound, and names the points below it", () => {
  expect(told(row(1, 19, 0, 100), row(2, 99, 100, 100), row(4, 100, 99, 100))).toBe(
    [
      "few samples for write_p95_ms (below 20 it is the slowest): 19 at num_writers 1",
      "few samples for write_p99_ms (below 100 it is the slowest): 19 at num_writers 1, 99 at num_writers 2",
      "few samples for precond_p99_ms (below 100 it is the slowest): 99 at num_writers 4",
    ].join("\n"),
  );
});

test("enough of all, or no conflict at all, is nothing to tell", () => {
  expect(told(row(1, 100, 0, 100))).toBe("");
});

test("nothing at all to measure is told, but not of clients that there are none of", () => {
  expect(told({ ...row(1, 0, 0, 0), num_readers: 0 })).toBe(
    "no write was answered ok in the time measured: num_writers 1",
  );
});

test("many points are not all named, and no line is too long", () => {
  const lines = told(...Array.from({ length: 40 }, (_, i) => row(i, 100, 0, 50))).split("\n");
  expect(lines.join(" ")).toMatch(/50 at num_writers 5 and 34 more$/);
  expect(lines.every((line) => line.length <= 110)).toBe(true);
});
