// Which acknowledged write was lost, and what only looks like one.
import { expect, test } from "vitest";
import { said, WRONG } from "../test/said.js";
import { durable } from "./durable.js";

const durableSays = said(durable);
const zero = { initial: new Map([["a", "0"]]) };

test("says what was written, by whom, and what was read instead", () => {
  expect(durableSays("A[ A!a=1 A* A+1 B[ B!a=2 B* B+2 C[ C?a=1 C]")).toBe(
    "B's txn 2 (events 6-11) was answered ok and left a=2; C's session (events 12-15) began later and read a=1 (event 15), which is older.",
  );
  expect(durableSays("A[ A!a A* A+1 B[ B?a=0 B]", "", zero)).toBe(
    "A's txn 1 (events 0-5) was answered ok and left no a; B's session (events 6-9) began later and read a=0 (event 9), which is older.",
  );
  expect(durableSays("A[ A!a=1 A* A+1 B[ B?{} B]")).toContain("read no a");
});

test.each([
  ["by real time alone, without ids", "A[ A!a=1 A* A+ B[ B!a=2 B* B+ C[ C?a=1 C]", "B's session (events 6-11)"],
  [
    "the last to be asked for, though not the last to be answered",
    "B[ X[ A[ X!a=1 B!a=2 A!a=3 B* X* X+4 A* A+3 B+2 C[ C?a=1 C]",
    "A's txn 3",
  ],
  ["by its id alone, where they overlap", "W[ B[ W!a=1 B!a=2 W* B* W+1 B+2 C[ C?a=1 C]", "B's txn 2"],
  ["the same, answered in the other order", "W[ B[ W!a=1 B!a=2 W* B* B+2 W+1 C[ C?a=1 C]", "B's txn 2"],
  ["the highest id, whoever has none", "W[ B[ D[ W!a=1 B!a=2 D!a=3 W* B* D* B+ D+1 W+0 C[ C?a=1 C]", "D's txn 1"],
])("lost: %s", (_why, history, lost) => expect(durableSays(history)).toContain(`${lost}`));

test("a value that a failed commit wrote too was lost all the same", () => {
  expect(durableSays("A[ A!a=0 A* A- B[ B!a=2 B* B+1 C[ C?a=0 C]", "", zero)).toContain("B's txn 1");
});

test.each([
  ["nothing", ""],
  ["a writer that is not answered yet", "A[ B[ B!a=1 B* B+1 A!a=2 A* C[ C?a=1 C] A+2"],
  ["a commit that nobody knows about overwrites nothing for certain", "B[ B!a=1 B* B+1 A[ A!a=2 A* A~ C[ C?a=1 C]"],
  ["one that wrote the same may have come last", "A[ A!a=1 A* A~ D[ D!a=1 D* D+1 B[ B!a=2 B* B+2 C[ C?a=1 C]"],
  ["overlapping writes without ids have any order", "W[ B[ W!a=1 B!a=2 W* B* W+ B+2 C[ C?a=1 C]"],
  ["nor has a write that ends later, with an id, one to those without", "W[ B[ W!a=1 B!a=2 W* B* B+ C[ C?a=1 C] W+0"],
  ["a value that nobody wrote is not lost", "B[ B!a=2 B* B+1 C[ C?a=9 C]"],
])("not lost: %s", (_why, history) => expect(durableSays(`${WRONG} ${history}`)).toBeNull());
