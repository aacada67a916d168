// The sweep against recorded histories with known verdicts; agreement.test.ts has thousands of random ones.
import { describe, expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import { sessionsOf } from "./sessions.js";
import { checkByVersion } from "./version-sweep.js";

const judge = (line: string): string => {
  const answer = checkByVersion(sessionsOf(historyOf(line)));
  return answer.verdict === "invalid" ? answer.anomaly.kind : answer.verdict;
};

const recorded: readonly (readonly [verdict: string, why: string, line: string])[] = [
  ["valid", "nothing happened", ""],
  ["valid", "a value is read after its commit", "A[ A!a=1 A* A+1 B[ B?a=1 B]"],
  ["valid", "a read inside a commit may see it", "A[ A!a=1 A* B[ B?a=1 B] A+1"],
  ["valid", "or not", "A[ A!a=1 A* B[ B?a B] A+1"],
  ["valid", "a snapshot may be older than its reads", "B[ A[ A!a=1 A* A+1 B?a B]"],
  ["valid", "the same value written again", "A[ A!a=1 A* A+1 A[ A!a=1 A* A+2 B[ B?a=1 B]"],
  ["valid", "an unknown commit took effect", "A[ A!a=1 A* A~ B[ B?a=1 B]"],
  ["valid", "or not", "A[ A!a=1 A* A~ B[ B?a B]"],
  ["valid", "or later", "A[ A!a=1 A* A~ B[ B?a B] B[ B?a=1 B]"],
  ["valid", "or later than its client died", "A[ A!a=1 A* AX B[ B?a B] B[ B?a=1 B]"],
  [
    "valid",
    "an unknown commit between two known ones",
    "A[ A!a=1 A* A~ B[ B!a=2 B* B+1 C[ C?a=1 C] B[ B!a=3 B* B+2 C[ C?a=3 C]",
  ],
  ["valid", "two unknown commits, the second overwritten", "A[ A!a=1 A* A~ B[ B!a=2 B* B~ C[ C?a=2 C] C[ C?a=1 C]"],
  ["valid", "an unknown delete", "A[ A!a=1 A* A+1 B[ B!a B* B~ C[ C?{} C]"],
  [
    "valid",
    "an unknown commit lets an earlier reader stand lower",
    "A[ A!a=1 A* A~ B[ B!a=1 B!b=1 B* C[ C?a=1 C] C[ C?b C] B+1",
  ],
  ["valid", "and a later writer too", "A[ A!a=1 A* A~ B[ B!a=1 B* C[ C?a=1 C] D[ D!d=1 D* D+1 B+2"],
  ["valid", "an unknown commit that read what came later", "A[ A?b=1 A!a=1 A* A~ B[ B!b=1 B* B+1 C[ C?a C]"],
  ["valid", "reading twice what stays", "B[ B?a A[ A!a=1 A* A+1 B?a B]"],
  ["valid", "a commit that read the state before it", "A[ A!a=1 A* A+1 B[ B?a=1 B!a=2 B* B+2"],
  ["valid", "a read session's commit needs no id", "A[ A!a=1 A* A+1 B[ B?{a=1} B* B+"],
  ["valid", "a key twice in a scan is another promise's business", "A[ A!a=1 A* A+1 B[ B?{a=1,a=1} B]"],
  ["stale read", "a key twice does not stand for two", "A[ A!a=1 A!b=1 A* A+1 B[ B?{a=1,a=1} B]"],
  ["stale read", "acknowledged, then gone", "A[ A!a=1 A* A+1 B[ B?a B]"],
  ["stale read", "a reader after a reader", "A[ A!a=1 A* B[ B?a=1 B] C[ C?a C] A+1"],
  ["stale read", "a scan without an acknowledged key", "A[ A!a=1 A!b=1 A* A+1 B[ B?{a=1} B]"],
  ["stale read", "a deleted key is back", "A[ A!a=1 A* A+1 A[ A!a A* A+2 B[ B?{a=1} B]"],
  ["future read", "before anybody asked", "B[ B?a=1 B] A[ A!a=1 A* A+1"],
  ["torn read", "half a transaction", "A[ A!a=1 A!b=1 A* B[ B?a=1 B?b B] A+1"],
  ["torn read", "half of it in a scan", "A[ A!a=1 A!b=1 A* B[ B?{b=1} B] A+1"],
  ["non-repeatable read", "two answers", "B[ B?a A[ A!a=1 A* A+1 B?a=1 B]"],
  ["aborted read", "failed", "A[ A!a=1 A* A- B[ B?a=1 B]"],
  ["aborted read", "never asked for", "A[ A!a=1 B[ B?a=1 B] A]"],
  ["phantom value", "nobody wrote it", "B[ B?a=7 B]"],
  ["lost update", "two from one state", "A[ A?a B[ B?a A!a=1 A* A+1 B!a=2 B* B+2"],
  ["stale base", "two from one state, other keys", "A[ A?b B[ B?a A!a=1 A* A+1 B!b=1 B* B+2"],
  ["order against real time", "ids run backwards", "A[ A!a=1 A* A+2 B[ B!a=2 B* B+1"],
  ["id used twice", "one id for two", "A[ A!a=1 A* A+1 B[ B!a=2 B* B+1"],
  ["stale read", "an unknown commit can't take effect twice", "A[ A!a=1 A* A~ B[ B?a=1 B] B[ B!a=2 B* B+1 C[ C?a=1 C]"],
  ["unknown", "no ids", "A[ A!a=1 A* A+"],
  ["unknown", "a put that nobody knows about", "A[ A%a=1 A* A~ B[ B?a=1 B]"],
  ["valid", "a put that nobody knows about, and nobody saw", "A[ A%a=1 A* A~ B[ B?a B]"],
];

describe("recorded histories", () => {
  test.each(recorded)("%s: %s", (verdict, _, line) => expect(judge(line)).toBe(verdict));
});

test("an anomaly names clients, keys, values and events", () => {
  const answer = checkByVersion(sessionsOf(historyOf("A[ A!a=1 A* A+1 B[ B?a B]")));
  expect(answer).toEqual({
    verdict: "invalid",
    anomaly: {
      kind: "stale read",
      transactions: [1, 0, 0],
      message:
        "B's session (events 6-9) read no a (event 9) though it was already a=1 by A's txn 1 (events 0-5); A's txn 1 (events 0-5) was over before it began.",
    },
  });
});

test("the initial state counts", () => {
  const transactions = sessionsOf(historyOf("B[ B?a=0 B?{a=0} B] A[ A!a A* A+1 B[ B?{} B]"));
  expect(checkByVersion(transactions, { initial: new Map([["a", "0"]]) }).verdict).toBe("valid");
  expect(checkByVersion(transactions).verdict).toBe("invalid");
  const overwritten = (read: string) =>
    checkByVersion(sessionsOf(historyOf(`A[ A!a=1 A* A+1 B[ B?a=1 B] A[ A!a=2 A* A+2 B[ B?a=${read} B]`)), {
      initial: new Map([["a", "0"]]),
    }).verdict;
  expect(["0", "1", "2"].map(overwritten)).toEqual(["invalid", "invalid", "valid"]);
});

test("a budget that is spent is unknown, not invalid", () => {
  const line = "A[ A!a=1 A* A~ B[ B!a=1 B* B~ C[ C!b=1 C* C+1 C[ C?a=1 C] C[ C?a C] C[ C?a=1 C?b C]";
  expect(checkByVersion(sessionsOf(historyOf(line))).verdict).toBe("invalid");
  expect(checkByVersion(sessionsOf(historyOf(line)), { budget: 1 }).verdict).toBe("unknown");
});

/** A long serial history: each client in turn reads everything, then writes its own key. */
function serial(length: number): string[] {
  const state = new Map<string, string>();
  return Array.from({ length }, (_, index) => {
    const client = "ABC".charAt(index % 3);
    const seen = [...state].map((entry) => entry.join("=")).join(",");
    const key = client.toLowerCase();
    state.set(key, String(index));
    return `${client}[ ${client}?{${seen}} ${client}!${key}=${index} ${client}* ${client}+${index + 1}`;
  });
}

const mutations: readonly (readonly [what: string, mutate: (session: string, index: number) => string])[] = [
  ["a read of the value before", (session, index) => session.replace(/=\d+,/, `=${index - 6},`)],
  ["a key less", (session) => session.replace(/\w=\d+,/, "")],
  ["an id too low", (session, index) => session.replace(/\d+$/, String(index - 1))],
  ["a commit that failed", (session) => session.replace(/\+\d+$/, "-")],
];

test.each(mutations)("one mutation in a long history bites: %s", (_, mutate) => {
  const sessions = serial(40);
  expect(judge(sessions.join(" "))).toBe("valid");
  for (let index = 10; index < 38; index += 1) {
    const mutant = sessions.with(index, mutate(sessions[index] ?? "", index));
    expect(mutant).not.toEqual(sessions);
    expect(["valid", "unknown"]).not.toContain(judge(mutant.join(" ")));
  }
});
