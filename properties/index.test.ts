// Whole records through the registry: easy to take for a violation, and not one; or broken in a way of its own.
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../model/story.js";
import { recordOf } from "../test/notation.js";
import { judgeAll, properties } from "./index.js";

const twoCommits = "A[ A!a=1 A* A+1 B[ B?a=1 B!b=1 B* B+2";
const twoSegments = "A:s1{a=1} A:h1 B:s2{b=1} B:h2";
const compacted = `${twoSegments} K:c2{a=1,b=1} K:h2/2`;

const good: readonly (readonly [why: string, history: string, story?: string])[] = [
  ["a history without a story", `${twoCommits} C[ C?{a=1,b=1} C]`],
  ["collected after the compaction", twoCommits, `${compacted} K:-s1 K:-s2`],
  ["a stalled writer fills a collected slot", twoCommits, `${compacted} K:-s1 Z:s1{a=9}`],
  ["a superseded checkpoint goes", twoCommits, `K:c1{a=1} ${compacted} K:-c1`],
  ["a lost race to a commit that is not answered yet", "A[ B[ B!a=2 B* A?a A!a=1 A* A-"],
  ["an unknown commit after the last scan", "A[ A!a=1 A* A~ C[ C?{} C]", "@90 A:s1{a=1} A:h1"],
  ["a reader beside the last commit", "A[ A!a=1 A* A+1 B[ B!a=2 B* C[ C?{a=1} C] B+2"],
  ["a scan beside a commit that deletes", "A[ A!a=1 A* A+1 B[ B!a B* C[ C?{} C] D[ D?{} D] B+2"],
];

const bad: readonly (readonly [property: string, why: string, history: string, story?: string])[] = [
  ["durable", "an older value in the middle", "A[ A!a=1 A* A+1 A[ A!a=2 A* A+2 C[ C?a=1 C] C[ C?a=2 C]"],
  ["failure-is-failure", "seen before it fails", "A[ A!a=1 A* C[ C?{a=1} C] A-"],
  ["strictly-serializable", "half a transaction", "A[ A!a=1 A!b=1 A* C[ C?a=1 C?b C] A+1"],
  [
    "no-duplicate-keys",
    "a checkpoint that lost a key",
    `${twoCommits} C[ C?{a=1,b=1} C]`,
    `${twoSegments} K:c2{a=1} K:h2/2`,
  ],
  ["no-dangling-reference", "a checkpoint is missing", "", `${twoSegments} K:h2/2`],
  ["no-dangling-reference", "a checkpoint is deleted", "", `${compacted} K:-c2`],
  ["no-dangling-reference", "HEAD is deleted", "", `${twoSegments} K:-h2`],
  [
    "no-dangling-reference",
    "a checkpoint that goes back to what is collected",
    "",
    `K:c1{a=1} ${compacted} K:-s2 K:h2/1`,
  ],
  ["immutable", "a checkpoint changes", "", `${compacted} Z:c2{a=9,b=1}`],
];

describe("no complaint", () => {
  test.each(good.map(([why, history, story]) => ({ why, history, story })))("$why", ({ history, story }) => {
    for (const disturbed of [true, false])
      expect(judgeAll(recordOf(history, story, { disturbed }))).toEqual({ violation: null, unknown: [] });
  });
});

describe("the first complaint", () => {
  const cases = bad.map(([name, why, history, story]) => ({ name, why, history, story }));
  test.each(cases)("$name: $why", ({ name, history, story = "" }) => {
    // What else is broken by it comes later in the registry, but for a HEAD that goes back.
    const waived = story.endsWith("K:h2/1") ? ["P5"] : [];
    expect(judgeAll(recordOf(history, story, { waived })).violation?.property.name).toBe(name);
  });
});

test.each(["{", "null", "7", '{"last_segment_seq":"1"}'])(
  "a HEAD that is none is a finding, not a crash: %s",
  (body) => {
    const record: RunRecord = recordOf("", "A:s1{a=1} A:h1");
    const story = record.story.map((applied) => (applied.key === "HEAD.json" ? { ...applied, body } : applied));
    expect(judgeAll({ ...record, story }).violation?.property.name).toBe("no-duplicate-keys");
  },
);

test.each(["{", "null", '{"records":{}}', '{"records":[null]}'])("nor is a segment that is none: %s", (body) => {
  const record: RunRecord = recordOf("", "A:s1{a=1} A:h1");
  const story = record.story.map((applied) => (applied.key === "HEAD.json" ? applied : { ...applied, body }));
  expect(judgeAll({ ...record, story }).violation?.property.name).toBe("no-duplicate-keys");
});

test("whoever repeats a violation asks for the same promise first", () => {
  const record = recordOf("A[ A!a=1 A* A- B[ B?a=1 B]", "A:h1");
  const told = (wanted?: string) => judgeAll(record, wanted === undefined ? {} : { wanted }).violation?.property.name;
  expect(told()).toBe("failure-is-failure");
  expect(told("no-dangling-reference")).toBe("no-dangling-reference");
  expect(told("immutable")).toBe("failure-is-failure");
  expect(told("no such property")).toBe("failure-is-failure");
  // One that is asked for is judged once.
  const unknown = judgeAll(recordOf("A[ A!a=1 A* A+"), { wanted: "strictly-serializable" }).unknown;
  expect(unknown.map(({ property }) => property.name)).toEqual(["strictly-serializable"]);
});

test("the initial state is part of the promises", () => {
  const record = recordOf("C[ C?{a=0} C] A[ A!a A* A+1 C[ C?{} C]");
  expect(judgeAll(record, { initial: new Map([["a", "0"]]) })).toEqual({ violation: null, unknown: [] });
  expect(judgeAll(record).violation?.property.name).toBe("strictly-serializable");
});

test("every promise about one run has a property, and every name is used once", () => {
  expect([...new Set(properties.map(({ promise }) => promise))].toSorted()).toEqual(
    ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10"].toSorted(),
  );
  expect(new Set(properties.map(({ name }) => name)).size).toBe(properties.length);
});
