// Every judge on small records: what it lets pass, and what it alone, or it and the named others, complain of.
import { describe, expect, test } from "vitest";
import type { HistoryEvent } from "../model/history.js";
import type { RunRecord } from "../model/story.js";
import { historyOf, recordOf } from "../test/notation.js";
import { said } from "../test/said.js";
import { agreesWithReference } from "./agrees-with-reference.js";
import { judgeAll, properties } from "./index.js";
import { noDuplicateKeys } from "./no-duplicate-keys.js";
import { strictlySerializable } from "./strictly-serializable.js";
import { viewOf } from "./view.js";

type Case = readonly [history: string, story?: string, rest?: Partial<RunRecord>];

const complaints = ([history, story, rest]: Case): string[] => {
  const view = viewOf(recordOf(history, story, rest));
  return properties.filter(({ judge }) => judge(view)?.verdict === "invalid").map(({ name }) => name);
};

const CALM = { disturbed: false };

const good: readonly (readonly [why: string, ...Case])[] = [
  ["nothing happened", ""],
  ["a failed value is not seen", "A[ A!a=1 A* A- B[ B?a B]", "A:s1{a=1}"],
  ["another one wrote the value that failed", "A[ A!a=1 A* A- B[ B!a=1 B* B+1 C[ C?a=1 C]", "B:s1{a=1} B:h1"],
  ["an unknown commit, published once", "A[ A!a=1 A* A~", "A:s1{a=1} B:h1"],
  ["two wrote the same", "A[ A!a=1 A* A+1 B[ B!a=1 B* B+2", "A:s1{a=1} A:h1 B:s2{a=1} B:h2"],
  ["seen and overwritten", "A[ A!a=1 A* A~ B[ B?a=1 B] B[ B!a=2 B* B+1 C[ C?a=2 C]"],
  ["a commit is read", "A[ A!a=1 A* A+1 B[ B?a=1 B]"],
  ["HEAD goes forward", "", "A:s1{a=1} A:h1 A:s2{a=2} A:h2"],
  ["ids of commits that overlap", "A[ A!a=1 A* B[ B!b=1 B* B+2 A+1"],
  ["the last scan is what HEAD says", "A[ A!a=1 A* A+1 B[ B?{a=1} B]", "A:s1{a=1} A:h1"],
  ["the last session read and wrote", "A[ A!a=1 A* A+1 B[ B?a=1 B!a=2 B* B+2"],
  ["a scan in another order than that of the keys", "A[ A!a=1 A!b=2 A* A+1 B[ B?{b=2,a=1} B]"],
  ["HEAD written in the step of the last begin", "A[ A!a=1 A* A+1 B[ B?{a=1} B]", "@4 A:s1{a=2} @5 A:h1"],
  ["expired late enough", "A[ A!a=1 @60000 A* A-expired"],
  ["the same bytes again", "", "A:s1{a=1} A:h1 B:s1{a=1}"],
  ["changed before HEAD named it", "", "A:s1{a=1} B:s1{a=2} B:h1"],
  ["a conflict with a winner", "A[ B[ B!a=2 B* B+1 A!a=1 A* A-", "", CALM],
  ["an unknown commit in a calm run", "A[ A!a=1 A* A~", "", CALM],
  ["expired late enough in a calm run", "A[ A!a=1 @60000 A* A-expired", "", CALM],
  ["a conflict without, in a run that was disturbed", "A[ A!a=1 A* A-"],
];

const passed = good.map(([why, ...record]) => ({ why, record }));

test.each(passed)("no complaint: $why", ({ record }) => expect(complaints(record)).toEqual([]));

const bad: Readonly<Record<string, readonly (readonly [others: readonly string[], ...Case])[]>> = {
  "failure-is-failure": [
    [["strictly-serializable"], "A[ A!a=1 A* A- B[ B?a=1 B]"],
    [["strictly-serializable"], "A[ A!a=1 A* A- B[ B?{a=1} B]"],
    [[], "A[ A!a=1 A* A-", "A:s1{a=1} B:h1"],
  ],
  "at-most-once": [
    [[], "A[ A!a=1 A* A~", "A:s1{a=1} A:h1 A:s2{a=1} A:h2"],
    [["strictly-serializable"], "A[ A!a=1 A* A~ B[ B?a=1 B] B[ B!a=2 B* B+1 C[ C?a=2 C] C[ C?a=1 C]"],
  ],
  durable: [
    [["strictly-serializable"], "A[ A!a=1 A* A+1 B[ B?a B]"],
    [["strictly-serializable"], "A[ A!a=1 A* A+1 A[ A!a A* A+2 B[ B?{a=1} B]"],
  ],
  "strictly-serializable": [
    [[], "A[ A?b B[ B?a A!a=1 A* A+1 B!b=1 B* B+2"],
    [[], "B[ B?a=7 B]"],
    [[], "A[ A!a=1 B[ B?a=1 B] A]"],
  ],
  monotone: [
    [[], "", "A:s1{a=1} A:h1 A:s2{a=2} A:h2 B:h1t2"],
    [[], "", "A:s1{a=1} A:h1t5 B:h1t4"],
    [[], "", "A:s1{a=1} A:h1 A:s2{b=1} A:h2t1"],
    [[], "", "A:s1{a=1} A:s2{a=2} A:c2{a=2} A:c1{a=1} A:h2/2 B:h2/1"],
    [["strictly-serializable"], "A[ A!a=1 A* A+2 B[ B!b=1 B* B+1"],
    [["strictly-serializable"], "A[ A!a=1 A* A+1 B[ B!b=1 B* B+1"],
  ],
  "no-duplicate-keys": [
    [[], "", "A:c1{a=1,a=1}"],
    [[], "A[ A!a=1 A* A+1 B[ B?{a=1} B]", "A:s1{a=2} A:h1"],
  ],
  "no-dangling-reference": [
    [[], "", "A:h1"],
    [[], "", "A:s1{a=1} A:h1 B:-s1"],
    [[], "A[ A!a=1 A* A+1 B[ B?{a=1} B]", "@1 A:s1{a=1} A:h1 B:-s1"],
    [[], "A[ A!a=1 @50000 A* A-expired"],
    [[], "A[ A!a=1 A* A-corrupt"],
  ],
  immutable: [[[], "", "A:s1{a=1} A:h1 B:s1{a=2}"]],
  progress: [[[], "A[ A!a=1 A* A-", "", { healed: { crowd: 0, alone: 0, endless: false } }]],
  "honest-failures": [
    [[], "A[ A!a=1 A* A-", "", CALM],
    [[], "B[ B!a=2 B* B+1 A[ A!a=1 A* A-", "", CALM],
    [["no-dangling-reference"], "A[ A!a=1 @50000 A* A-expired", "", CALM],
    [[], "A[ A!a=1 A* A-unavailable", "", CALM],
    [[], "A[ A!a=1 @60000 A* A-unavailable", "", CALM],
    [[], "A[ B[ B?a B* B+1 A!a=1 A* A-", "", CALM],
  ],
};

describe.each(Object.entries(bad))("%s", (name, cases) => {
  const caught = cases.map(([others, ...record]) => ({ others, record }));
  test.each(caught)("$record", ({ others, record }) => {
    expect(complaints(record).toSorted()).toEqual([name, ...others].toSorted());
  });
});

test("a scan with a key twice", () => {
  expect(complaints(["A[ A!a=1 A* A+1 B[ B?{a=1,a=1} B]"])).toContain("no-duplicate-keys");
});

test("agrees-with-reference: an order that the reference manifest can't follow", () => {
  const view = viewOf(recordOf("A[ A!a=1 A* A+1 B[ B?a=1 B!a=2 B* B+2 C[ C?{a=2} C]"));
  const judge = (...order: number[]) =>
    agreesWithReference.judge({ ...view, serializability: () => ({ verdict: "valid", order }) });
  expect(judge(0, 1)).toBeNull();
  expect(judge(1, 0)).toMatchObject({ verdict: "invalid", message: expect.stringContaining("B's txn 2") });
  expect(judge(0)).toMatchObject({ verdict: "invalid", message: expect.stringContaining("C's session") });
});

test.each([
  ["nothing was committed, and yet there is something", "C[ C?a=9 C?{a=9} C]", [], "null"],
  ["a scan lacks a key", "A[ A!a=1 A* A+1 C[ C?{} C]", [0], '[["a","1"]]'],
  ["who was acknowledged is not forgotten", "A[ A!a=1 A* A+1 C[ C?a C]", [0], '"1"'],
  ["whom nobody knows about may be", "A[ A!a=1 A* A~ C[ C?{} C]", [0], null],
  ["or may not", "A[ A!a=1 A* A~ C[ C?{a=1} C]", [0], null],
  ["a session that changed something has had its place", "A[ A!a=1 A* A+1 B[ B?a=1 B!a=2 B* B+2", [0, 1], null],
])("agrees-with-reference, at the end: %s", (_why, history, order, wanted) => {
  const finding = agreesWithReference.judge({
    ...viewOf(recordOf(history)),
    serializability: () => ({ verdict: "valid", order }),
  });
  expect(finding?.message ?? null).toEqual(wanted === null ? null : expect.stringContaining(wanted));
});

const at = { client: "A", step: 1, atMs: 1000 };

test("a get that is answered conflict is no honest failure", () => {
  const history: HistoryEvent[] = [
    ...historyOf("B[ B!b=1 B* B+1 A["),
    { ...at, type: "invoke", op: "get", key: "a" },
    { ...at, type: "fail", op: "get", error: "conflict", message: "why" },
  ];
  const record = { ...recordOf("", "", CALM), history };
  expect(judgeAll(record).violation?.message).toBe(
    "A's get (event 9) was answered fail conflict -4000 ms after it began, though nothing disturbed the run (why).",
  );
});

test("expired is a word that P7 hears in a failure only, and says why", () => {
  const told = (type: "fail" | "info") =>
    judgeAll({
      ...recordOf(""),
      history: [
        ...historyOf("A["),
        { ...at, type: "invoke", op: "get", key: "a" },
        { ...at, type, op: "get", error: "expired", message: "why" },
      ],
    }).violation?.message;
  expect(told("info")).toBeUndefined();
  expect(told("fail")).toBe(
    "A's get (event 3) was told expired 0 ms after it began, by the store's clock; its lease lasts 60000 ms (why).",
  );
});

test("a key that stands twice is named", () => {
  expect(said(noDuplicateKeys)("B[ B?{b=1,a=1,b=2,a=1} B]")).toBe(
    "B's session (events 0-3) scanned b twice (event 3).",
  );
});

test("what no order explains is told in words", () => {
  expect(said(strictlySerializable)("B[ B?a=7 B]")).toBe(
    "phantom value: B's session (events 0-3) read a=7 (event 3), which nobody ever wrote.",
  );
});

test("no property goes without a bad record", () => {
  expect(properties.map(({ name }) => name).toSorted()).toEqual(
    [...Object.keys(bad), "agrees-with-reference"].toSorted(),
  );
});

describe("judgeAll", () => {
  test("reports the first, and what could not be judged before it", () => {
    const { violation, unknown } = judgeAll(recordOf("A[ A!a=1 A* A+", "A:h1"));
    expect(violation?.property.name).toBe("no-dangling-reference");
    expect(unknown.map(({ property }) => property.name)).toEqual(["strictly-serializable"]);
  });

  test("passes over what is waived", () => {
    expect(judgeAll(recordOf("", "A:h1", { waived: ["P7"] })).violation).toBeNull();
  });
});
