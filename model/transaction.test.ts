import { expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import { sessionsOf } from "./sessions.js";
import { describe as inWords, isCommittedWriter, isFloating, type Transaction } from "./transaction.js";

const only = (line: string): Transaction => sessionsOf(historyOf(line))[0] as Transaction;

test.each([
  ["A[ A!a=1 A* A+1", true, false],
  ["A[ A* A+1", false, false],
  ["A[ A!a=1 A* A-", false, false],
  ["A[ A!a=1 A* A~", false, true],
  ["A[ A%a=1 A* A~", false, true],
  ["A[ A?a A* A~", false, false],
  ["A[ A!a=1 A]", false, false],
  ["A[ A%a=1 A]", false, false],
])("%s changed the state: %s; may have: %s", (line, certainly, perhaps) => {
  expect([isCommittedWriter(only(line)), isFloating(only(line))]).toEqual([certainly, perhaps]);
});

test("has a name", () => {
  expect(inWords(only("A[ A!a=1 A* A+7"))).toBe("A's txn 7 (events 0-5)");
  expect(inWords(only("A[ A?a=1 A* A-"))).toBe("A's session (events 0-4)");
  expect(inWords(only("A[ A?a=1 A]"))).toBe("A's session (events 0-3)");
});
