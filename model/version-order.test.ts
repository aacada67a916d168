// Ids to an order: with and without gaps, used twice, missing.
import { describe, expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import { sessionsOf } from "./sessions.js";
import { orderByVersion } from "./version-order.js";

/** One committed writer for each id, in this order; null commits without one. */
const orderOf = (...ids: (number | null)[]) =>
  orderByVersion(sessionsOf(historyOf(ids.map((id) => `A[ A!a=1 A* A+${id ?? ""}`).join(" "))));

describe("order", () => {
  test.each([
    [[], []],
    [
      [1, 2, 3],
      [0, 1, 2],
    ],
    [
      [3, 1, 2],
      [1, 2, 0],
    ],
    [
      [5, 900, 7],
      [0, 2, 1],
    ],
    [
      [2.5, 1.5],
      [1, 0],
    ],
    [
      [2, 1.5, 1],
      [2, 1, 0],
    ],
    [
      [0, -3],
      [1, 0],
    ],
  ])("%j", (ids, order) => expect(orderOf(...ids)).toEqual({ order }));
});

describe("used twice", () => {
  test.each([
    [
      [1, 1],
      [0, 1],
    ],
    [
      [2, 1, 2],
      [0, 2],
    ],
    [
      [900, 1, 900],
      [0, 2],
    ],
  ])("%j", (ids, twice) => expect(orderOf(...ids)).toMatchObject({ twice }));
});

test("one without an id", () => {
  expect(orderOf(1, null, 3)).toMatchObject({ without: { begin: 6 } });
});

test("readers and unknown commits have no place", () => {
  const transactions = sessionsOf(historyOf("A[ A* A+9 A[ A!a=1 A* A~ A[ A!a=1 A* A- A[ A!a=1 A* A+1"));
  expect(orderByVersion(transactions)).toEqual({ order: [3] });
});
