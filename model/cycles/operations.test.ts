// What the search has to put in order.
import { expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { operationsOf } from "./operations.js";
import { recordingOf } from "./reading.js";
import { NEVER } from "./recording.js";

const operations = (line: string) => {
  const recording = recordingOf(historyOf(line));
  const pair = (number: number): string =>
    `${recording.keys[recording.keyOf[number] as number]}=${recording.valueAt[number]}`;
  const all = (lists: readonly (readonly number[])[]) => lists.map((list) => list.map(pair).join());
  return (
    operationsOf(recording)?.map(({ gets, scans, variants, ...rest }) => ({
      ...rest,
      ...{ gets: gets.map(pair).join(), scans: all(scans), variants: all(variants) },
    })) ?? null
  );
};
const NOTHING_SEEN = { gets: "", scans: [] };

test("sessions that neither read nor wrote have none", () => {
  expect(operations("A[ A] B[ B!b=1 B* B- C[ C* C+1 D[ D!d=1 D]")).toEqual([]);
});

test("a reader has its span, a writer the time from its commit's invoke", () => {
  expect(operations("A[ A?a A?{b=1} A?{} A] B[ B!b=1 B* B+1")).toEqual([
    { session: 0, role: "read", from: 0, to: 7, gets: "a=null", scans: ["b=1", ""], variants: [], twin: -1 },
    { ...NOTHING_SEEN, session: 1, role: "write", from: 14, to: 15, variants: ["b=1"], twin: -1 },
  ]);
});

test("a commit that nobody knows about may stand at any time; if it read, in its span or as a twin", () => {
  expect(operations("A[ A!a=1 A* A~ B[ B?a=1 B!b=1 B* B~")).toEqual([
    { ...NOTHING_SEEN, session: 0, role: "maybe-write", from: 4, to: NEVER, variants: ["a=1"], twin: -1 },
    { session: 1, role: "maybe-read", from: 6, to: 9, gets: "a=1", scans: [], variants: [], twin: 2 },
    { session: 1, role: "maybe-write", from: 12, to: NEVER, gets: "a=1", scans: [], variants: ["b=1"], twin: 1 },
  ]);
});

test("each put that nobody knows about doubles what may have been written", () => {
  const variants = (line: string) => operations(line)?.map((each) => each.variants);
  expect(variants("A[ A%a=1 A* A~")).toEqual([["", "a=1"]]);
  expect(variants("A[ A!a=1 A!b=1 A%a=2 A* A~")).toEqual([["b=1,a=1", "b=1,a=2"]]);
  expect(variants("A[ A!a=1 A!a=2 A* A~")).toEqual([["a=2"]]);
  expect(variants("A[ A!a A!a=2 A* A~")).toEqual([["a=2"]]);
  const six = Array.from("abcdef", (key) => `A%${key}=1`).join(" ");
  expect(variants(`A[ ${six} A* A~`)?.[0]).toHaveLength(64);
  expect(operations(`A[ ${six} A%g=1 A* A~`)).toBeNull();
  // Of one that is over without a commit they don't matter.
  expect(operations(`A[ ${six} A%g=1 A]`)).toEqual([]);
});
