// Ids against real time: which of them are wrong, and which only look so.
import { expect, test } from "vitest";
import { said, WRONG } from "../test/said.js";
import { monotone } from "./monotone.js";

const says = said(monotone);

test.each([
  ["one id for two", "A[ A!a=1 A* A+1 B[ B!b=1 B* B+1", "Both A and B were answered ok with transaction id 1."],
  [
    "behind one that ended while an earlier one went on",
    "A[ A!a=1 A* B[ B!b=1 B* B+5 C[ C!c=1 C* C+3 A+9",
    "C began to commit after B's transaction 5 was acknowledged, and got the lower id 3.",
  ],
  [
    "behind the highest of those that are over, not the last",
    "A[ B[ A!a=1 B!b=1 A* B* A+5 B+3 C[ C!c=1 C* C+4",
    "C began to commit after A's transaction 5 was acknowledged, and got the lower id 4.",
  ],
  [
    "behind the second of two",
    "A[ A!a=1 A* A+3 B[ B!b=1 B* B+5 C[ C!c=1 C* C+4",
    "C began to commit after B's transaction 5 was acknowledged, and got the lower id 4.",
  ],
])("%s", (_why, history, message) => expect(says(history)).toBe(message));

test.each([
  ["a commit without writes is no transaction", "A[ A?a A* A+1 B[ B!b=1 B* B+1"],
  ["two without ids", "A[ A!a=1 A* A+ B[ B!b=1 B* B+"],
  ["one without an id after one with", "A[ A!a=1 A* A+2 B[ B!b=1 B* B+"],
  ["asked for before the higher id was acknowledged", "Y[ Y!y=1 Y* B[ B!b=1 B* B+5 X[ X!x=1 X* X+6 Y+2"],
  ["ids may start at 0", "A[ A!a=1 A* A+0"],
])("not: %s", (_why, history) => expect(says(`${history} ${WRONG}`)).toBeNull());

test("says which HEAD took what back", () => {
  expect(says("", "A:s1{a=1} A:h1 A:s2{a=2} A:h2 B:h1t2")).toBe("B's HEAD at step 5 took seq back from 2 to 1.");
  expect(says("", "A:s1{a=1} A:h1t5 B:h1t4")).toBe("B's HEAD at step 3 took txn back from 5 to 4.");
  expect(says("", "A:s1{a=1} A:h1 A:s2{b=1} A:h2t1")).toBe(
    "A's HEAD at step 4 went from segment 1 to 2 under one transaction id, 1.",
  );
});
