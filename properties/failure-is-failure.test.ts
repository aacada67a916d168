// Values of commits that failed: who may see them after all, and the string "null" beside a delete.
import { expect, test } from "vitest";
import { said, WRONG } from "../test/said.js";
import { failureIsFailure } from "./failure-is-failure.js";

const says = said(failureIsFailure);
const FAILED = "A[ A!a=1 A* A-";

test("says who saw it, and who published it", () => {
  expect(says(`${FAILED} B[ B?b B?a=1 B]`)).toBe(
    "B's session (events 6-11) read a=1, but A's session (events 0-4), which wrote it, failed.",
  );
  expect(says(FAILED, "A:s1{b=2,a=1} B:h1")).toBe(
    "B's HEAD published segment 1 with a=1, but A's session (events 0-4), which wrote it, failed.",
  );
});

test.each([
  ["never asked for", `${FAILED} B[ B!a=2 C[ C?a=2 C] B]`],
  ["written by one that may have committed", `${FAILED} B[ B!a=1 B* B~ C[ C?a=1 C] ${WRONG}`],
  ["another value", `${FAILED} B[ B!a=2 B* B+1 C[ C?{a=2} C] ${WRONG}`],
  ["a delete that failed is not the string null", "A[ A!a A* A- B[ B?a=null B]"],
  ["the string null that failed is not an absent key", `A[ A!a=null A* A- B[ B?a B] ${WRONG}`],
])("not seen: %s", (_why, history) => expect(says(history)).toBeNull());

test("an acknowledged delete does not excuse the string null", () => {
  expect(says("A[ A!a=null A* A- B[ B!a B* B+1 C[ C?a=null C]")).toContain("read a=null");
  expect(says("A[ A!a=null A* A-", "B:s1{a} B:h1")).toBeNull();
});

test("says that a put, or a delete, failed", () => {
  expect(says("A[ A^a=1 A!b=1 A* A+1 B[ B?a=1 B]")).toBe(
    "B's session (events 8-11) read a=1, but A's txn 1 (events 0-7)'s put of it was answered fail.",
  );
  const one = { initial: new Map([["a", "1"]]) };
  expect(says("A[ A^a A!b=1 A* A+1 B[ B?{b=1} B]", "", one)).toBe(
    "B's session (events 8-11) read no a, but A's txn 1 (events 0-7)'s delete of it was answered fail.",
  );
  // Another one was not.
  expect(says(`A[ A^a=1 A!a=1 A* A+1 B[ B?a=1 B] ${WRONG}`)).toBeNull();
  expect(says(`A[ A^a=1 A%a=1 A* A~ B[ B?a=1 B] ${WRONG}`)).toBeNull();
  expect(says(`A[ A^a A!a A* A+1 B[ B?a B] ${WRONG}`, "", one)).toBeNull();
});

test("what was there at first may be seen", () => {
  expect(says(`${FAILED} B[ B?a=1 B] ${WRONG}`, "", { initial: new Map([["a", "1"]]) })).toBeNull();
});

test("a segment that is none publishes nothing", () => {
  expect(says(FAILED, "A:c1{} B:h1")).toBeNull();
});
