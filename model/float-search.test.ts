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
