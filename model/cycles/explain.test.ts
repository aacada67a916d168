// Proofs in words: the anomaly's name, the cycle edge by edge, and what it rules out.
import { describe, expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { explain } from "./explain.js";
import { recordingOf } from "./reading.js";
import { secondVerdict } from "./second-verdict.js";

const explained = (line: string, ids = false) => {
  const recording = recordingOf(historyOf(line));
  return explain(recording, secondVerdict(recording, { ids }));
};

const STRICT = ["strict serializability"];
const SERIAL = [...STRICT, "serializability"];
const ALL = [...SERIAL, "snapshot isolation"];

test("a valid history has none, nor has one that only a search refutes, nor an unknown one", () => {
  expect(explained("A[ A!a=1 A* A+1 B[ B?a=1 B]")).toBeNull();
  expect(explained("A[ A!x=1 A!y=1 B[ B!x=2 B!y=2 A* B* A+1 B+2 C[ C?x=1 C?y=2 C]")).toBeNull();
  const recording = recordingOf(historyOf(""));
  expect(explain(recording, { verdict: "unknown", message: "why" })).toBeNull();
});

describe("one read is enough", () => {
  test.each([
    [
      "A[ A!a=1 A* A- B[ B?a=1 B]",
      "aborted read",
      "G1a",
      "B's session (events 6-9) read a=1, written by A's session (events 0-4), which failed.",
    ],
    [
      "A[ A!a=1 B[ B?a=1 B] A]",
      "aborted read",
      "G1a",
      "B's session (events 4-7) read a=1, written by A's session (events 0-0), which never asked for its commit.",
    ],
    [
      "A[ A!a=1 A!a=2 A* B[ B?a=1 B] A+1",
      "intermediate read",
      "G1b",
      "B's session (events 7-10) read a=1, which A's txn 1 (events 0-13) overwrote before its commit.",
    ],
    [
      "A[ A!a=1 A?a=1 A* A+1",
      "own write read",
      null,
      "A's txn 1 (events 0-7) read a=1, which it wrote itself: a session reads its snapshot.",
    ],
    ["B[ B?a=7 B]", "phantom value", null, "B's session (events 0-3) read a=7, which nobody ever wrote."],
    [
      "B[ A[ A!a=1 A* A+1 B?a=1 B?a B]",
      "non-repeatable read",
      "G-single",
      "B's session (events 0-11) read a=1 and no a in one session.",
    ],
  ])("%s: %s", (line, anomaly, adya, sentence) =>
    expect(explained(line)).toEqual({ anomaly, adya, rulesOut: ALL, cycle: [], sentence }),
  );

  test("one id for two rules out no level: those know no ids", () => {
    expect(explained("A[ A!a=1 A* A+1 B[ B!a=2 B* B+1", true)).toEqual({
      ...{ anomaly: "id used twice", adya: null, rulesOut: [], cycle: [] },
      sentence: "A's txn 1 (events 0-5) and B's txn 1 (events 6-11) were answered with one id.",
    });
  });
});

describe("a cycle", () => {
  test.each([
    [
      "lost update",
      "G2-item",
      ALL,
      "A[ A?a B[ B?a A!a=1 A* A+1 B!a=2 B* B+2",
      [
        "A's txn 1 (events 0-11) read no a before B's txn 2 (events 4-15) wrote a=2",
        "B's txn 2 (events 4-15) read no a before A's txn 1 (events 0-11) wrote a=1",
      ],
    ],
    [
      "write skew",
      "G2-item",
      SERIAL,
      "A[ A?b B[ B?a A!c=0 A!a=1 A* A+1 B!b=1 B* B+2",
      [
        "A's txn 1 (events 0-13) read no b before B's txn 2 (events 4-17) wrote b=1",
        "B's txn 2 (events 4-17) read no a before A's txn 1 (events 0-13) wrote a=1",
      ],
    ],
    [
      "serialization cycle",
      "G2-item",
      SERIAL,
      "A[ B[ C[ A?x A!y=1 B?y B!z=1 C?z C!x=1 A* B* C* A+ B+ C+",
      [
        "A's session (events 0-21) read no x before C's session (events 4-23) wrote x=1",
        "C's session (events 4-23) read no z before B's session (events 2-22) wrote z=1",
        "B's session (events 2-22) read no y before A's session (events 0-21) wrote y=1",
      ],
    ],
    [
      "circular information flow",
      "G1c",
      ALL,
      "A[ A!x=1 B[ B!y=1 A?y=1 B?x=1 A* B* A+1 B+2",
      [
        "B's txn 2 (events 4-15) read x=1, which A's txn 1 (events 0-14) wrote",
        "A's txn 1 (events 0-14) read y=1, which B's txn 2 (events 4-15) wrote",
      ],
    ],
    [
      "fractured read",
      "G-single",
      ALL,
      "A[ A!a=1 A!b=1 A* B[ B?a=1 B?b B] A+1",
      [
        "B's session (events 7-12) read a=1, which A's txn 1 (events 0-15) wrote",
        "B's session (events 7-12) read no b before A's txn 1 (events 0-15) wrote b=1",
      ],
    ],
    [
      "long fork",
      "G2-item",
      ALL,
      "C[ D[ A[ B[ A!x=1 A* B!y=1 B* A+1 B+2 C?x=1 C?y C] D?x D?y=1 D]",
      [
        "C's session (events 0-19) read no y before B's txn 2 (events 6-15) wrote y=1",
        "D's session (events 2-25) read y=1, which B's txn 2 (events 6-15) wrote",
        "D's session (events 2-25) read no x before A's txn 1 (events 4-14) wrote x=1",
        "C's session (events 0-19) read x=1, which A's txn 1 (events 4-14) wrote",
      ],
    ],
    [
      "stale read",
      "G-single-realtime",
      STRICT,
      "A[ A!a=1 A* B[ B?a=1 B] C[ C?a C] A+1",
      [
        "B's session (events 5-8) read a=1, which A's txn 1 (events 0-17) wrote",
        "B's session (events 5-8) was over before C's session (events 11-14) began",
        "C's session (events 11-14) read no a before A's txn 1 (events 0-17) wrote a=1",
      ],
    ],
    [
      "lost update",
      "G-single",
      ALL,
      "A[ A?a B[ B!a=1 B* B+1 A!a=2 A* A+2",
      [
        "A's txn 2 (events 0-13) read no a before B's txn 1 (events 4-9) wrote a=1",
        "A's txn 2 (events 0-13) wrote a=2 over B's txn 1 (events 4-9)'s a=1",
      ],
    ],
    [
      "lost update",
      "G-single-realtime",
      STRICT,
      "A[ A?a B[ B!a=1 B* B+ A!a=2 A* A+ D[ D?a=2 D]",
      [
        "A's session (events 0-13) read no a before B's session (events 4-9) wrote a=1",
        "B's session (events 4-9) was acknowledged before A's session (events 0-13) asked for its commit",
      ],
    ],
    [
      "future read",
      "G1c-realtime",
      STRICT,
      "B[ B?a=1 B] A[ A!a=1 A* A+1",
      [
        "B's session (events 0-3) was over before A's txn 1 (events 6-11) asked for its commit",
        "B's session (events 0-3) read a=1, which A's txn 1 (events 6-11) wrote",
      ],
    ],
  ] as const)("%s, %s", (anomaly, adya, rulesOut, line, cycle) =>
    expect(explained(line)).toEqual({ anomaly, adya, rulesOut, cycle, sentence: `${cycle.join(", yet ")}.` }),
  );

  test.each([
    [
      "dirty write",
      "G0",
      ALL,
      "A[ B[ A!x=1 B!y=1 A?y=1 B?x=1 A!y=2 B!x=2 A* B* A+ B+",
      "wrote x=2 over A's session (events 0-18)'s x=1",
    ],
    [
      "read skew",
      "G-single",
      ALL,
      "C[ B[ B!y=1 B* B+ A[ A?y=1 A!x=1 A* A+ C?x=1 C?y C]",
      "read y=1, which B's session",
    ],
    ["read skew", "G-single", ALL, "A[ B[ A?y B!x=1 B!y=1 B* B+ A?x=1 A!x=2 A* A+", "wrote x=2 over B's"],
    [
      "serialization cycle",
      "G2-item",
      SERIAL,
      "A[ B[ C[ B?y C!y=1 C!z=1 C* C+ A?z=1 A?x A!w=1 B!x=1 A* B* A+ B+",
      "read z=1, which C's",
    ],
    [
      "order against real time",
      "G1c-realtime",
      STRICT,
      "A[ A?b=1 A!a=1 A* C[ C?a=1 C] B[ B!b=1 B* B+ A+",
      "C's session (events 7-10) was over before B's",
    ],
    [
      "stale read",
      "G-single-realtime",
      STRICT,
      "A[ A!a=1 A!c=0 A* A+ B[ B?a B* B+",
      "before B's session (events 8-13) began, yet B's session (events 8-13) read no a before A's session (events 0-7) wrote a=1.",
    ],
  ] as const)("%s, %s", (anomaly, adya, rulesOut, line, told) =>
    expect(explained(line)).toMatchObject({ anomaly, adya, rulesOut, sentence: expect.stringContaining(told) }),
  );

  test("two that only write, against real time", () => {
    expect(explained("A[ A!a=1 A* A+2 C[ C?a=1 C] B[ B!a=2 B* B+1", true)).toMatchObject({
      ...{ anomaly: "order against real time", adya: "G0-realtime", rulesOut: STRICT },
      cycle: [
        "A's txn 2 (events 0-5) was acknowledged before B's txn 1 (events 12-17) asked for its commit",
        "A's txn 2 (events 0-5) wrote a=1 over B's txn 1 (events 12-17)'s a=2",
      ],
    });
  });

  test("one that only ids close rules out no level", () => {
    const cycle = [
      "A's txn 2 (events 0-5) was acknowledged before B's txn 1 (events 6-11) asked for its commit",
      "B's txn 1 (events 6-11) has a lower id than A's txn 2 (events 0-5)",
    ];
    expect(explained("A[ A!a=1 A* A+2 B[ B!b=1 B* B+1", true)).toEqual({
      ...{ anomaly: "order against ids", adya: null, rulesOut: [], cycle },
      sentence: `${cycle.join(", yet ")}.`,
    });
  });
});
