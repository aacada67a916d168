// Publishing twice and coming back, and what only looks like it.
import { expect, test } from "vitest";
import { said, WRONG } from "../test/said.js";
import { atMostOnce } from "./at-most-once.js";

const says = said(atMostOnce);
const MAYBE = "A[ A!a=1 A* A~";

test("published twice: names the writer, the value and both segments", () => {
  expect(says(MAYBE, "A:s1{a=1} A:h1 A:s2{b=1} A:h2 A:s3{a=1} A:h3")).toBe(
    "A's session (events 0-4) wrote a=1 once; segments 1 and 3 publish it twice.",
  );
});

test.each([
  ["deletes", "A[ A!a A* A~", "A:s1{a} A:h1 A:s2{a} A:h2"],
  ["one segment that names a key twice", MAYBE, "A:s1{a=1,a=1} A:h1"],
  ["what nobody wrote", MAYBE, "A:s1{b=1} A:h1 A:s2{b=1} A:h2"],
])("not twice: %s", (_why, history, story) => expect(says(history, story)).toBeNull());

test("came back: names the reader, the value and the commit that nobody knows about", () => {
  expect(says(`${MAYBE} B[ B?a=1 B] B[ B?{} B] C[ C?b C?a=1 C]`)).toBe(
    "C's session (events 18-23) read a=1 again after it was gone: A's session (events 0-4), whose commit nobody knows about, took effect twice.",
  );
});

test.each([
  ["seen twice", `${MAYBE} B[ B?a=1 B] B[ B?a=1 B]`],
  ["not there before it was seen", `${MAYBE} C[ C?a C] B[ B?a=1 B] B[ B?a=1 B]`],
  ["gone in a read beside the one that saw it", `${MAYBE} C[ B[ B?a=1 B] C?a C] B[ B?a=1 B]`],
  [
    "an acknowledged commit, overwritten, is another promise's business",
    "A[ A!a=1 A* A+1 B[ B?a=1 B] B[ B!a=2 B* B+2 C[ C?a=2 C] C[ C?a=1 C]",
  ],
  ["a delete", "B[ B!a=1 B* B+1 A[ A!a A* A~ C[ C?a C] D[ D!a=2 D* D+2 C[ C?a=2 C] C[ C?a C]"],
  ["two that wrote it", `${MAYBE} D[ D!a=1 D* D~ B[ B?a=1 B] B[ B?a B] B[ B?a=1 B]`],
])("not back: %s", (_why, history) => expect(says(`${history} ${WRONG}`)).toBeNull());

test("what was there at first may come back", () => {
  const initial = new Map([["a", "1"]]);
  expect(says(`${MAYBE} B[ B?a=1 B] B[ B?a B] B[ B?a=1 B] ${WRONG}`, "", { initial })).toBeNull();
});
