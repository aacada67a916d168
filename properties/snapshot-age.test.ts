// Since when a client has its snapshot.
import { expect, test } from "vitest";
import type { HistoryEvent } from "../model/history.js";
import { historyOf } from "../test/notation.js";
import { mustStillHold, snapshotAgeMs } from "./snapshot-age.js";

// A token takes a second; a request and its answer share one.
test.each([
  ["A[ @5000 A?a", "A", 3, 6000],
  ["A[ A?a B[ B?b A?a", "A", 9, 4000],
  ["A[ A] A#gc", "A", 5, 0],
  ["A[ A] A#compact A#recover", "A", 7, 0],
  ["A[ A!a=1 A* A-", "A", 5, 3000],
  ["A?a", "A", 1, undefined],
  ["B[ A?a", "A", 3, undefined],
])("%s: %s at event %i", (line, client, index, ageMs) =>
  expect(snapshotAgeMs(historyOf(line), client, index)).toBe(ageMs),
);

test("a lease holds until a second before its time", () => {
  expect(mustStillHold(58_999, 60_000)).toBe(true);
  expect(mustStillHold(59_000, 60_000)).toBe(false);
  expect(mustStillHold(undefined, 60_000)).toBe(false);
});

test("it counts from when it was asked for, not from the answer", () => {
  const at = { client: "A", step: 1 };
  const history: HistoryEvent[] = [
    { ...at, type: "invoke", op: "begin", atMs: 1000 },
    { ...at, type: "ok", op: "begin", atMs: 4000 },
    { ...at, type: "invoke", op: "get", key: "a", atMs: 5000 },
  ];
  expect(snapshotAgeMs(history, "A", 2)).toBe(4000);
});
