// Places for commits that nobody knows about; agreement.test.ts tries random histories that have many of them.
import { expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import { searchFloating } from "./float-search.js";
import { sessionsOf } from "./sessions.js";
import { sweepByTime } from "./time-sweep.js";
import { orderByVersion } from "./version-order.js";

const NOTHING = new Map<string, string>();

function search(line: string, budget = 1000, spent?: () => boolean) {
  const transactions = sessionsOf(historyOf(line));
  const first = sweepByTime(transactions, orderByVersion(transactions).order, NOTHING);
  const { sweep, ...rest } = searchFloating(first, NOTHING, budget, spent);
  return { order: sweep.order, failure: sweep.failure?.kind ?? null, ...rest };
}

const TWO = "A[ A!a=1 A* A~ B[ B!b=1 B* B~ C[ C?a=1 C?b=1 C]";

test("finds the places, and says that it was not given up", () => {
  expect(search("A[ A!a=1 A* A+1 B[ B?a=1 B]")).toEqual({ order: [0], failure: null, spent: false });
  expect(search("A[ A!a=1 A* A~ B[ B?a=1 B]")).toEqual({ order: [0], failure: null, spent: false });
  expect(search(TWO).failure).toBeNull();
  expect(search("A[ A!a=1 A* A~ B[ B?a=2 B]")).toEqual({ order: [], failure: "reads", spent: false });
});

test.each([
  ["behind a writer of the reader's time", "R[ W[ F[ W!a=1 W!b=1 F!a=2 W* F* R?b=1 R?a=2 R] W+1 F~", [1, 2]],
  [
    "before the other one that nobody knows about, though asked for later",
    "F[ F!a=1 F* F~ G[ G!a=2 G!c=1 G* G~ R[ R?a=1 R] R[ R?c=1 R?a=1 R]",
    [1, 0],
  ],
  [
    "below what the reader's floor demands",
    "F[ W[ F!a=2 F!b=1 W!a=1 F* W* W+1 F~ R[ R?b=1 R] R[ R?a=1 R?b=1 R]",
    [0, 1],
  ],
  [
    "where the first of all readers may stand lower",
    "C[ A[ A!a=1 A* A~ B[ B!a=1 B!b=1 B* C?a=1 C] C[ C?b C] B+1",
    [1, 2],
  ],
  ["between two writers, for the second", "V[ V!a=1 V* V+1 F[ F!a=2 F* F~ W[ W?a=2 W!c=1 W* W+2", [0, 1, 2]],
  ["between two writers at once, for the second", "V[ F[ W[ V!a=1 F!a=2 V* F* W?a=2 W!c=1 W* V+1 F~ W+2", [0, 1, 2]],
  ["where a scan sees it", "A[ A!a=1 A* A+1 F[ F!b=1 F* F~ B[ B?{a=1,b=1} B]", [0, 1]],
  ["where a scan misses what it deletes", "A[ A!a=1 A!b=1 A* A+1 F[ F!b F* F~ B[ B?{a=1} B]", [0, 1]],
])("a place %s", (_why, line, order) => expect(search(line)).toEqual({ order, failure: null, spent: false }));

test("a budget is transactions swept again: three for each attempt here", () => {
  expect(search(TWO, 0)).toEqual({ order: [], failure: "reads", spent: true });
  expect(search(TWO, 3).spent).toBe(true);
  expect(search(TWO, 4)).toMatchObject({ failure: null, spent: false });
});

test("whoever asks may end it", () => {
  expect(search(TWO, 1000, () => true)).toEqual({ order: [], failure: "reads", spent: true });
  let asked = 0;
  search(TWO, 1000, () => {
    asked += 1;
    return false;
  });
  expect(asked).toBe(2);
});

test("what is left unexplained is told of the attempt that came furthest", () => {
  // C's read finds its place; D's never does.
  const line = "A[ A!a=1 A* A~ C[ C?a=1 C] D[ D?a=7 D]";
  expect(search(line)).toEqual({ order: [0], failure: "reads", spent: false });
});

test("a commit without writes has no place to look for", () => {
  expect(search("A[ A?b A* A~ B[ B?a=1 B]")).toEqual({ order: [], failure: "reads", spent: false });
});
