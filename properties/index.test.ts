// Every property against recorded runs: the good ones break none, each bad one breaks the property that is meant first.
import { describe, expect, test } from "vitest";
import type { HistoryEvent } from "../model/history.js";
import type { RunRecord } from "../model/story.js";
import { historyOf } from "../test/notation.js";
import { checkpoint, head, publish, put200, recordOf, remove, segment } from "../test/story.js";
import { judgeAll, properties } from "./index.js";
import { viewOf } from "./view.js";

const answer = (line: string, op: "get" | "compact", error: string): readonly HistoryEvent[] => {
  const events = historyOf(line);
  const at = events.at(-1) ?? { client: "A", step: 0, atMs: 0 };
  const { client, step, atMs } = at;
  return [
    ...events,
    { client, step, atMs, type: "invoke", op, key: "a" },
    { client, step, atMs, type: "fail", op, error },
  ];
};

const calm = { disturbed: false };
const twoCommits = "A[ A!a=1 A* A+1 B[ B?a=1 B!b=1 B* B+2 C[ C?{a=1,b=1} C]";
const twoSegments = [...publish("A", 1, "a=1"), ...publish("B", 2, "b=1")];
const compacted = [...twoSegments, ...checkpoint("K", "c1", 2, "a=1 b=1"), ...head("K", 2, { ckpt: "c1" })];

const good: readonly (readonly [why: string, record: RunRecord])[] = [
  ["nothing", recordOf("")],
  ["two commits and their segments", recordOf(twoCommits, twoSegments, calm)],
  ["a history without a story", recordOf(twoCommits)],
  ["collected after the compaction", recordOf(twoCommits, [...compacted, ...remove("K", 1), ...remove("K", 2)])],
  [
    "a stalled writer fills a collected slot",
    recordOf(twoCommits, [...compacted, ...remove("K", 1), ...segment("Z", 1, "a=9")]),
  ],
  [
    "a superseded checkpoint goes",
    recordOf(twoCommits, [...checkpoint("K", "c0", 1, "a=1"), ...compacted, ...remove("K", "checkpoints/c0.json")]),
  ],
  ["a lost race", recordOf("A[ B[ B!a=2 B* B+1 A?a A!a=1 A* A-", publish("B", 1, "a=2"), calm)],
  ["a lost race to one that is not answered yet", recordOf("A[ B[ B!a=2 B* A?a A!a=1 A* A-", [], calm)],
  ["expired after its time", recordOf(answer("A[ @12000 A?a", "get", "expired"), [], calm)],
  ["an unknown commit that is not there", recordOf("A[ A!a=1 A* A~ C[ C?{} C]")],
  ["a reader beside the last commit", recordOf("A[ A!a=1 A* A+1 B[ B!a=2 B* C[ C?{a=1} C] B+2")],
  [
    "the same value from two clients",
    recordOf("A[ A!a=1 A* A+1 B[ B!a=1 B* B+2", [...publish("A", 1, "a=1"), ...publish("B", 2, "a=1")]),
  ],
  [
    "a failed value that somebody else wrote",
    recordOf("A[ A!a=1 A* A- B[ B!a=1 B* B+1 C[ C?a=1 C]", publish("B", 1, "a=1")),
  ],
];

const bad: readonly (readonly [property: string, why: string, record: RunRecord])[] = [
  ["durable", "gone", recordOf("A[ A!a=1 A* A+1 C[ C?{} C]")],
  ["durable", "an older value", recordOf("A[ A!a=1 A* A+1 A[ A!a=2 A* A+2 C[ C?a=1 C]")],
  ["durable", "a deleted key is back", recordOf("A[ A!a=1 A* A+1 A[ A!a A* A+2 C[ C?{a=1} C]")],
  ["durable", "in the middle of the history", recordOf("A[ A!a=1 A* A+1 C[ C?a C] C[ C?a=1 C]")],
  ["failure-is-failure", "a failed value is read", recordOf("A[ A!a=1 A* A- C[ C?a=1 C]")],
  ["failure-is-failure", "before it fails", recordOf("A[ A!a=1 A* C[ C?{a=1} C] A-")],
  ["failure-is-failure", "HEAD publishes it", recordOf("A[ A!a=1 A* A-", publish("B", 1, "a=1"))],
  [
    "at-most-once",
    "published twice",
    recordOf("A[ A!a=1 A* A~", [...publish("A", 1, "a=1"), ...publish("A", 2, "a=1")]),
  ],
  ["at-most-once", "comes back", recordOf("A[ A!a=1 A* A~ C[ C?a=1 C] B[ B!a=2 B* B~ C[ C?a=2 C] C[ C?a=1 C]")],
  ["strictly-serializable", "half a transaction", recordOf("A[ A!a=1 A!b=1 A* C[ C?a=1 C?b C] A+1")],
  ["strictly-serializable", "write skew", recordOf("A[ B[ A?b B?a A!a=1 A* A+1 B!b=1 B* B+2")],
  ["strictly-serializable", "ids against real time", recordOf("A[ A!a=1 A* A+2 B[ B!b=1 B* B+1")],
  ["monotone", "HEAD's sequence", recordOf("", [...twoSegments, ...head("K", 1, { txn: 2 })])],
  ["monotone", "HEAD's transaction", recordOf("", [...twoSegments, ...head("K", 2, { txn: 1 })])],
  [
    "monotone",
    "the checkpoint's sequence",
    recordOf("", [...compacted, ...checkpoint("L", "c0", 1, "a=1"), ...head("L", 2, { ckpt: "c0" })]),
  ],
  ["monotone", "two segments, one id", recordOf("", [...twoSegments.slice(0, 3), ...head("B", 2, { txn: 1 })])],
  ["no-duplicate-keys", "in a scan", recordOf("A[ A!a=1 A* A+1 C[ C?{a=1,a=1} C]")],
  ["no-duplicate-keys", "in a checkpoint", recordOf("", [...twoSegments, ...checkpoint("K", "c1", 2, "a=1 a=2 b=1")])],
  ["no-duplicate-keys", "a HEAD that is none", recordOf("", put200("A", "HEAD.json", "{"))],
  [
    "no-duplicate-keys",
    "a segment that is none",
    recordOf("", [...put200("A", segment("A", 1, "")[0]?.key ?? "", "[]"), ...head("A", 1)]),
  ],
  [
    "no-duplicate-keys",
    "a checkpoint that lost a key",
    recordOf(twoCommits, [...twoSegments, ...checkpoint("K", "c1", 2, "a=1"), ...head("K", 2, { ckpt: "c1" })]),
  ],
  ["no-dangling-reference", "a segment is missing", recordOf("", head("A", 1))],
  ["no-dangling-reference", "a segment is deleted", recordOf("", [...twoSegments, ...remove("K", 2)])],
  ["no-dangling-reference", "a checkpoint is missing", recordOf("", [...twoSegments, ...head("K", 2, { ckpt: "c1" })])],
  [
    "no-dangling-reference",
    "a checkpoint is deleted",
    recordOf("", [...compacted, ...remove("K", "checkpoints/c1.json")]),
  ],
  ["no-dangling-reference", "HEAD is deleted", recordOf("", [...twoSegments, ...remove("K", "HEAD.json")])],
  ["no-dangling-reference", "expired too early", recordOf(answer("A[ A?a", "get", "expired"))],
  [
    "no-dangling-reference",
    "corrupt while the lease holds",
    recordOf(answer("A[ A] @60000 A#gc", "compact", "corrupt")),
  ],
  ["immutable", "a segment", recordOf("", [...twoSegments, ...segment("Z", 2, "b=9")])],
  ["immutable", "a checkpoint", recordOf("", [...compacted, ...checkpoint("Z", "c1", 2, "a=9 b=1")])],
  ["honest-failures", "a conflict with nobody", recordOf("B[ B!a=2 B* B+1 A[ A!a=1 A* A-", [], calm)],
  ["honest-failures", "a conflict with a reader", recordOf("A[ B[ B?a A!a=1 A* A- B]", [], calm)],
  ["honest-failures", "unavailable", recordOf(answer("A[ A?a", "get", "unavailable"), [], calm)],
];

describe("good records", () => {
  test.each(good)("%s", (_, record) => {
    expect(judgeAll(record)).toEqual({ violation: null, unknown: [] });
    for (const { name, judge } of properties) expect([name, judge(viewOf(record))]).toEqual([name, null]);
  });
});

describe("bad records", () => {
  test.each(bad)("%s: %s", (name, _, record) => expect(judgeAll(record).violation?.property.name).toBe(name));

  test("every property that can be broken alone has one", () => {
    const missing = properties.filter(({ name }) => !bad.some(([broken]) => broken === name)).map(({ name }) => name);
    // Only a checker that is wrong itself can break the remaining one.
    expect(missing).toEqual(["agrees-with-reference"]);
  });
});

test("a waived promise is not judged", () => {
  expect(judgeAll(recordOf("", head("A", 1), { waived: ["P7"] })).violation).toBeNull();
});

test("what can't be judged is said", () => {
  const { violation, unknown } = judgeAll(recordOf("A[ A!a=1 A* A+ C[ C?a=1 C]"));
  expect(violation).toBeNull();
  expect(unknown.map(({ property }) => property.name)).toEqual(["strictly-serializable"]);
});

test("the initial state is part of the promises", () => {
  const record = recordOf("C[ C?{a=0} C] A[ A!a A* A+1 C[ C?{} C]");
  expect(judgeAll(record, { initial: new Map([["a", "0"]]) })).toEqual({ violation: null, unknown: [] });
  expect(judgeAll(record).violation?.property.name).toBe("strictly-serializable");
});

test("every name is used once, and every promise about one run has a property", () => {
  expect(new Set(properties.map(({ name }) => name)).size).toBe(properties.length);
  expect([...new Set(properties.map(({ promise }) => promise))].sort()).toEqual([
    "P1",
    "P10",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
    "P7",
    "P8",
  ]);
});
