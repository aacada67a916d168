// What the sweep found wrong, in words: who, which keys and values, which events.
import { expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import { sessionsOf } from "./sessions.js";
import { checkByVersion } from "./version-sweep.js";

function told(line: string) {
  const answer = checkByVersion(sessionsOf(historyOf(line)));
  return answer.verdict === "invalid" ? answer.anomaly : answer.verdict;
}

test.each([
  [
    "aborted read",
    [1, 0],
    "A[ A!a=1 A* A- B[ B?a=1 B]",
    "B's session (events 6-9) read a=1 (event 9), written by A's session (events 0-4), whose commit was answered fail.",
  ],
  [
    "aborted read",
    [1, 0],
    "A[ A!a=1 B[ B?a=1 B] A]",
    "B's session (events 4-7) read a=1 (event 7), written by A's session (events 0-0), whose commit was never asked for.",
  ],
  [
    "future read",
    [0, 1],
    "B[ B?a=1 B] A[ A!a=1 A* A~",
    "B's session (events 0-3) read a=1 (event 3), written by A's session (events 6-10), whose commit was not asked for before event 10.",
  ],
  [
    "unknown commit seen",
    [2, 0],
    "A[ A?a B[ B?a B!a=2 B* B+1 A!a=1 A* A~ D[ D?a=1 D]",
    "D's session (events 16-19) read a=1 (event 19), written by A's session (events 0-14), whose commit nobody knows about, and it fits nowhere.",
  ],
  [
    "failed write read",
    [1, 0],
    "A[ A^a=1 A!b=1 A* A+1 B[ B?a=1 B]",
    "B's session (events 8-11) read a=1 (event 11), but A's txn 1 (events 0-7)'s put of it was answered fail.",
  ],
  [
    "intermediate read",
    [1, 0],
    "A[ A!a=1 A!a=2 A* A+1 B[ B?a=1 B]",
    "B's session (events 8-11) read a=1 (event 11), which A's txn 1 (events 0-7) overwrote itself.",
  ],
  ["phantom value", [0], "B[ B?b B?a=7 B]", "B's session (events 0-5) read a=7 (event 5), which nobody ever wrote."],
  [
    "non-repeatable read",
    [0],
    "B[ A[ A!a=1 A* A+1 B?c B?a=1 B?c B?a B]",
    "B's session (events 0-15) read a=1 (event 11), then no a (event 15).",
  ],
  [
    "lost update",
    [1, 0],
    "A[ A?a B[ B?c B?a A!a=1 A* A+1 B!a=2 B* B+2",
    "B's txn 2 (events 4-17) read no a (event 9) and committed, but A's txn 1 (events 0-13) had committed a=1 just before.",
  ],
  [
    "stale base",
    [1, 0],
    "A[ A?b B[ B?a A!a=1 A* A+1 B!b=1 B* B+2",
    "B's txn 2 (events 4-15) read no a (event 7) and committed, but A's txn 1 (events 0-11) had committed a=1 just before.",
  ],
  [
    "future read",
    [0],
    "A[ B[ B!a=1 B* A?a=1 A!b=1 A* B+2 A+1",
    "A's txn 1 (events 0-13) read a=1 (event 8) and committed, but the initial state has no a just before.",
  ],
  [
    "order against real time",
    [1, 0],
    "A[ A!a=1 A* A+2 B[ B!a=2 B* B+1",
    "B's txn 1 (events 6-11) asked for its commit (event 10) after A's txn 2 (events 0-5) was committed, yet comes before it.",
  ],
  [
    "order against real time",
    [1, 0, 2],
    "A[ A!a=1 A* C[ C?a=1 C] B[ B!b=1 B* B+1 A+2",
    "C's session (events 5-8) read a=1 (event 8) by A's txn 2 (events 0-17), and was over before B's txn 1 (events 11-16) asked for its commit (event 15), yet B's comes before A's.",
  ],
  // A reader between the two is not to blame.
  [
    "order against real time",
    [2, 0],
    "A[ A!a=1 A* A+2 C[ C?a=1 C] B[ B!a=2 B* B+1",
    "B's txn 1 (events 12-17) asked for its commit (event 16) after A's txn 2 (events 0-5) was committed, yet comes before it.",
  ],
  [
    "stale read",
    [2, 0, 1],
    "A[ A!a=1 A* B[ B?a=1 B] C[ C?b C?a C] A+1",
    "C's session (events 11-16) read no a (event 16) though it was already a=1 by A's txn 1 (events 0-19); B's session (events 5-8) was over before it began.",
  ],
  [
    "future read",
    [0],
    "B[ B?b B?a=1 B] A[ A!a=1 A* A+1",
    "B's session (events 0-5) read a=1 (event 5) before anybody asked to commit it.",
  ],
  [
    "torn read",
    [1],
    "A[ A!a=1 A!b=1 A* B[ B?a=1 B?b B] A+1",
    "B's session (events 7-12) read no b and a=1, which were never true together within its span.",
  ],
  [
    "torn read",
    [1],
    "A[ A!a=1 A!b=1 A* B[ B?{b=1} B] A+1",
    "B's session (events 7-10) read no a and b=1, which were never true together within its span.",
  ],
  // Of two readers that saw it, the first one's end is what made it certain.
  [
    "stale read",
    [3, 0, 1],
    "A[ A!a=1 A* B[ B?a=1 B] D[ D?a=1 D] C[ C?a C] A+1",
    "C's session (events 17-20) read no a (event 20) though it was already a=1 by A's txn 1 (events 0-23); B's session (events 5-8) was over before it began.",
  ],
  [
    "stale read",
    [2, 1, 1],
    "A[ A!a=1 A* A+1 B[ B!a=2 B* B+2 C[ C?a=1 C]",
    "C's session (events 12-15) read a=1 (event 15) though it was already a=2 by B's txn 2 (events 6-11); B's txn 2 (events 6-11) was over before it began.",
  ],
  // Of three values the two that exclude each other; no x was true all the time.
  [
    "torn read",
    [2],
    "X[ X!a=1 X!b=1 X* X+1 A[ D[ A!b=2 A* A+2 A[ A!a=2 A* A+3 D?x D?a=2 D?b=1 D]",
    "D's session (events 10-27) read b=1 and a=2, which were never true together within its span.",
  ],
  // Each two of the three were true together.
  [
    "torn read",
    [1],
    "X[ X!a=2 X!b=1 X!c=1 X* X+1 D[ A[ A!a=1 A!b=2 A* A+2 A[ A!b=1 A!c=2 A* A+3 D?a=1 D?b=1 D?c=1 D]",
    "D's session (events 10-33) read c=1 and all the rest, which were never true together within its span.",
  ],
  // The one that asks late is not the first in the order.
  [
    "order against real time",
    [3, 1],
    "X[ X!x=1 X* X+1 A[ A!a=1 A* A+3 C[ C?a=1 C] B[ B!a=2 B* B+2",
    "B's txn 2 (events 18-23) asked for its commit (event 22) after A's txn 3 (events 6-11) was committed, yet comes before it.",
  ],
  [
    "order against real time",
    [2, 1, 3],
    "X[ X!a=5 X* X+1 A[ A!a=1 A* C[ C?a=1 C] B[ B!b=1 B* B+2 A+3",
    "C's session (events 11-14) read a=1 (event 14) by A's txn 3 (events 6-23), and was over before B's txn 2 (events 17-22) asked for its commit (event 21), yet B's comes before A's.",
  ],
  [
    "future read",
    [2],
    "A[ A!a=1 A* A+1 B[ B!a=2 B* B+2 C[ C?a=3 C] D[ D!a=3 D* D+3",
    "C's session (events 12-15) read a=3 (event 15) before anybody asked to commit it.",
  ],
])("%s %j: %s", (kind, transactions, line, message) => expect(told(line)).toEqual({ kind, transactions, message }));
