// A history recorded elsewhere: which promise is broken, why, and when nobody can tell.
import { expect, test } from "vitest";
import { recordingOf } from "../model/cycles/reading.js";
import { sessionsOf } from "../model/sessions.js";
import { historyOf } from "../test/notation.js";
import { judgeRecorded } from "./recorded.js";

function judged(line: string, initial: ReadonlyMap<string, string> = new Map(), spent?: () => boolean) {
  const history = historyOf(line);
  const recorded = { initial, transactions: sessionsOf(history), recording: recordingOf(history, initial) };
  const { property, ...rest } = judgeRecorded(recorded, spent);
  return { property: property?.name ?? null, ...rest };
}

const VALID = { verdict: "valid", property: null, message: null, explanation: null };

test.each([
  ["", new Map()],
  ["A[ A!a=1 A* A+1 B[ B?a=1 B]", new Map()],
  // Without ids the sweep has no answer.
  ["A[ A!a=1 A* A+ B[ B?a=1 B]", new Map()],
  ["B[ B?a=0 B]", new Map([["a", "0"]])],
])("valid: %s", (line, initial) => expect(judged(line, initial)).toEqual(VALID));

const message =
  "B's txn 2 (events 6-11) was answered ok and left a=2; C's session (events 12-15) began later and read a=1 (event 15), which is older.";

test("the promise that is broken, in its own words, and the cycle", () => {
  expect(judged("A[ A!a=1 A* A+1 B[ B!a=2 B* B+2 C[ C?a=1 C]")).toEqual({
    ...{ verdict: "invalid", property: "durable", message },
    explanation: {
      ...{ anomaly: "stale read", adya: "G-single-realtime", rulesOut: ["strict serializability"] },
      cycle: [
        "B's txn 2 (events 6-11) was acknowledged before C's session (events 12-15) began",
        "C's session (events 12-15) read a=1 before B's txn 2 (events 6-11) wrote a=2",
      ],
      sentence: expect.stringContaining(", yet "),
    },
  });
});

test.each([
  [
    "no-duplicate-keys",
    "A[ A!a=1 A* A+1 B[ B?{a=1,a=1} B]",
    "B's session (events 6-9) scanned a twice (event 9).",
    undefined,
  ],
  ["failure-is-failure", "A[ A!a=1 A* A- B[ B?a=1 B]", "which wrote it, failed", "aborted read"],
  ["failure-is-failure", "A[ A!a=1 A* A- C[ C!c=1 C* C+ B[ B?a=1 B]", "which wrote it, failed", "aborted read"],
  [
    "at-most-once",
    "A[ A!a=1 A* A~ B[ B?a=1 B] B[ B!a=2 B* B+1 C[ C?a=2 C] C[ C?a=1 C]",
    "took effect twice",
    "stale read",
  ],
  ["strictly-serializable", "A[ A?b B[ B?a A!a=1 A* A+1 B!b=1 B* B+2", "write skew: ", "write skew"],
  // The sweep does not know, so the cycle speaks.
  [
    "strictly-serializable",
    "A[ A?b B[ B?a A!a=1 A* A+ B!b=1 B* B+",
    "before B's session (events 4-15) wrote b=1",
    "write skew",
  ],
  ["monotone", "A[ A!a=1 A* A+2 B[ B!b=1 B* B+1", "got the lower id 1", "order against ids"],
  [
    "monotone",
    "A[ A!a=1 A* A+1 B[ B!b=1 B* B+1",
    "Both A and B were answered ok with transaction id 1.",
    "id used twice",
  ],
  // Ids against what was read, not against time: the cycle has the words.
  ["monotone", "A[ B[ B!a=1 B* A?a=1 A!b=1 A* B+2 A+1", "order against ids: A's txn 1", "order against ids"],
  ["failure-is-failure", "A[ A^a=1 A!b=1 A* A+1 B[ B?a=1 B]", "'s put of it was answered fail", "failed write read"],
  // Overwritten in its session, too: that it failed once does not matter.
  ["strictly-serializable", "A[ A^a=1 A!a=1 A!a=2 A* A+1 B[ B?a=1 B]", "intermediate read: B's", "intermediate read"],
])("%s: %s", (name, line, told, anomaly) => {
  const { verdict, property, message, explanation } = judged(line);
  expect({ verdict, property, message, anomaly: explanation?.anomaly }).toEqual({
    ...{ verdict: "invalid", property: name, message: expect.stringContaining(told) },
    anomaly,
  });
});

test("where only a search tells, the sweep has the words", () => {
  // Two wrote a=1: the cycle search can't say whom C saw.
  const line = "A[ A!a=1 A* A+1 B[ B!a=2 B* B+2 D[ D!a=1 D* D+3 E[ E!a=3 E* E+4 C[ C?a=1 C]";
  expect(judged(line)).toEqual({
    ...{ verdict: "invalid", property: "durable", message: expect.stringContaining("left a=3; C's session") },
    explanation: {
      ...{ anomaly: "stale read", adya: null, rulesOut: ["strict serializability"], cycle: [] },
      sentence: expect.stringMatching(/^C's session .* read a=1 .* though it was already a=3 by E's txn 4/),
    },
  });
});

/** Overlapping blind writes without ids: any order would do, but none explains a mixture. */
const MIXTURE = "A[ A!x=1 A!y=1 B[ B!x=2 B!y=2 A* B* A+ B+ C[ C?x=1 C?y=2 C]";

test("where nothing has words, the session that fits nowhere is named", () => {
  expect(judged(MIXTURE)).toEqual({
    ...{ verdict: "invalid", property: "strictly-serializable", explanation: null },
    message:
      "no order of the transactions explains every answer; in the best attempt C's session (from event 16) fits nowhere",
  });
});

test("two searches that are given up are unknown, with both reasons", () => {
  const writers = Array.from("ABCDEFGH", (name) => `${name}[ ${name}!a=1 ${name}!b=${name} ${name}*`);
  const answers = Array.from("ABCDEFGH", (name) => `${name}+`);
  const line = `${writers.join(" ")} ${answers.join(" ")} I[ I?a=1 I?b=A I] I[ I?b=B I]`;
  expect(judged(line, new Map(), () => true)).toEqual({
    ...{ verdict: "unknown", property: null, explanation: null },
    message:
      "A's session (events 0-56) committed without an id, and the search for an order was given up: too many are possible",
  });
});

test("checkers that disagree are an error", () => {
  const good = recordingOf(historyOf("A[ A!a=1 A* A+1 B[ B?a=1 B]"));
  const transactions = sessionsOf(historyOf("A[ A!a=1 A* A+1 B[ B?a B]"));
  expect(() => judgeRecorded({ initial: new Map(), transactions, recording: good })).toThrow(
    "the checkers disagree: stale read: B's session (events 6-9) read no a (event 9)",
  );
});
