import { expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import { sessionsOf } from "./sessions.js";
import { entryAt, timelinesOf, valueAt } from "./timeline.js";

test("what each key held, and how many were there", () => {
  const transactions = sessionsOf(historyOf("A[ A!a=1 A!b=1 A* A+1 B[ B!a B!c B* B+2 C[ C!a=3 C!b=3 C* C+3"));
  const timelines = timelinesOf(
    transactions,
    [0, 1, 2],
    new Map([
      ["a", "0"],
      ["d", "0"],
    ]),
  );
  expect(timelines.live).toEqual([2, 3, 2, 3]);
  expect(Object.fromEntries(timelines.byKey)).toMatchObject({
    a: { positions: [0, 1, 2, 3], values: ["0", "1", null, "3"] },
    b: { positions: [0, 1, 3], values: [null, "1", "3"] },
    c: { positions: [0, 2], values: [null, null] },
    d: { positions: [0], values: ["0"] },
  });
  const b = timelines.byKey.get("b");
  expect(b === undefined ? [] : [0, 1, 2, 3, 9].map((position) => entryAt(b, position))).toEqual([0, 1, 1, 2, 2]);
  expect([0, 1, 2, 3].map((position) => valueAt(timelines, "a", position))).toEqual(["0", "1", null, "3"]);
  expect(valueAt(timelines, "z", 1)).toBeNull();
});
