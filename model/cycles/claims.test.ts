// What each session says it saw: each key once, and what its scans lacked.
import { expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { claimsOf } from "./claims.js";
import { recordingOf } from "./reading.js";

function claimed(line: string, initial?: ReadonlyMap<string, string>) {
  const recording = recordingOf(historyOf(line), initial);
  const { to, pairs, torn, spent } = claimsOf(recording);
  const name = (pair: number) => `${recording.keys[recording.keyOf[pair] as number]}=${recording.valueAt[pair] ?? ""}`;
  const sessions = recording.client.map((client, session) => {
    const own = pairs.slice(session === 0 ? 0 : to[session - 1], to[session]).map(name);
    return `${client}: ${own.join(" ")}`;
  });
  return {
    sessions,
    torn: torn === null ? null : `${recording.client[torn.session]} ${name(torn.before)} ${name(torn.after)}`,
    spent,
  };
}

test.each([
  ["gets, each key once", "A[ A?a=1 A?b A?a=1 A] B[ B?a=2 B]", ["A: a=1 b=", "B: a=2"]],
  ["a scan, and what it lacks", "A[ A!a=1 A!b=1 A* A+ B[ B?{a=1} B]", ["A: ", "B: a=1 b="]],
  ["not what nobody asked to write by then", "A[ A!a=1 A* A+ B[ B?{} B] C[ C!c=1 C* C+", ["A: ", "B: a=", "C: "]],
  ["nor what was never asked for, or failed", "A[ A!a=1 A] A[ A!b=1 A* A- B[ B?{} B]", ["A: ", "A: ", "B: "]],
  ["but what nobody knows about", "A[ A!a=1 A* A~ A[ A%b=1 A* A~ B[ B?{} B]", ["A: ", "A: ", "B: a= b="]],
  ["asked for during the session, too", "B[ A[ A!a=1 A* B?{} B] A+", ["B: a=", "A: "]],
  ["asked for after the last read, not", "B[ B?{} A[ A!a=1 A* A+ B]", ["B: ", "A: "]],
  ["a commit that nobody knows about may have read later", "B[ B?{} B!b=1 B* A[ A!a=1 A* A+", ["B: b= a=", "A: "]],
  ["what was asked for first counts", "A[ A!a=1 A* A+ B[ B?{} B] C[ C!a=2 C* C+", ["A: ", "B: a=", "C: "]],
  [
    "whatever keys were heard of before",
    "Z[ Z?z Z] A[ A!a=1 A* A+ B[ B?{} B] C[ C!z=1 C* C+",
    ["Z: z=", "A: ", "B: a=", "C: "],
  ],
  ["two scans", "A[ A!a=1 A* A+ B[ B?{a=1} B?{a=1} B]", ["A: ", "B: a=1"]],
])("%s", (_why, line, sessions) => expect(claimed(line)).toEqual({ sessions, torn: null, spent: false }));

test("what was there at first may be lacking", () => {
  const initial = new Map([["z", "0"]]);
  expect(claimed("B[ B?{} B]", initial).sessions).toEqual(["B: z="]);
  expect(claimed("B[ B?{z=0} B]", initial).sessions).toEqual(["B: z=0"]);
});

test.each([
  ["A[ A?a=1 A?a A]", "A a=1 a="],
  ["A[ A!a=1 A* A+ B[ B?b B?a=1 B?{} B] C[ C?a C?a=1 C]", "B a=1 a="],
  ["B[ B?{a=1,a=2} B]", "B a=1 a=2"],
])("torn: %s", (line, torn) => expect(claimed(line).torn).toBe(torn));
