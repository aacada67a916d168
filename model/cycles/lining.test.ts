// From a history to columns, and which puts count.
import { expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { recordingOf } from "./reading.js";
import { FATE } from "./recording.js";

const said = (line: string, initial?: ReadonlyMap<string, string>) => {
  const recording = recordingOf(historyOf(line), initial);
  const { keys, keyOf, valueAt } = recording;
  const pair = (number: number): string => `${keys[keyOf[number] as number]}=${valueAt[number]}`;
  const name = (number: number): string => (number < 0 ? `${pair(-1 - number)}?` : pair(number));
  const { reads, entries, writes, staged } = recording;
  return {
    ...recording,
    ...{ reads: reads.map(name), entries: entries.map(name), writes: writes.map(name), staged: staged.map(name) },
  };
};

test("columns", () => {
  expect(said("A[ A?a=1 B[ A?{a=1,b=2} A!c=3 A* B?{} A+7 B?d B]")).toEqual({
    keys: ["a", "b", "c", "d"],
    keyOf: [0, 0, 1, 1, 2, 2, 3],
    valueAt: [null, "1", null, "2", null, "3", null],
    absentOf: [0, 2, 4, 6],
    initialOf: [0, 2, 4, 6],
    client: ["A", "B"],
    begin: [0, 4],
    end: [13, 15],
    asked: [10, -1],
    fate: [FATE.committed, FATE.none],
    id: [7, Number.NaN],
    readsTo: [1, 2],
    scansTo: [1, 2],
    writesTo: [1, 1],
    stagedTo: [0, 0],
    reads: ["a=1", "d=null"],
    entriesTo: [2, 2],
    entries: ["a=1", "b=2"],
    writes: ["c=3"],
    staged: [],
    refused: [],
  });
});

test("the initial state has pairs of its own", () => {
  expect(said("A[ A?a=0 A?b A]", new Map([["a", "0"]]))).toMatchObject({
    keys: ["a", "b"],
    valueAt: [null, "0", null],
    absentOf: [0, 2],
    initialOf: [1, 2],
  });
});

test.each([
  ["the last put of each key counts", "A[ A!a=1 A!b=1 A!a=2 A* A+1", ["a=2", "b=1"], ["a=1"]],
  ["a delete too", "A[ A!a=1 A!a A* A+1", ["a=null"], ["a=1"]],
  ["what is info after it may count", "A[ A!a=1 A%a=2 A* A~", ["a=1"], ["a=2?"]],
  ["what is info before it does not", "A[ A%a=1 A!a=2 A* A~", ["a=2"], ["a=1"]],
  ["nothing of a commit that failed counts", "A[ A!a=1 A%a=2 A* A-", [], ["a=1", "a=2"]],
  ["nor of one that never was asked for", "A[ A!a=1 A]", [], ["a=1"]],
  ["a delete that came to nothing", "A[ A!a A]", [], ["a=null"]],
  ["a put after the session is nobody's", "A[ A!a=1 A] A%b=2", [], ["a=1"]],
  ["nor is one after a commit", "A[ A!a=1 A* A+1 A%b=2", ["a=1"], []],
  ["after one that is info", "A[ A!a=1 A* A~ A%b=2", ["a=1"], []],
  ["after one that failed", "A[ A!a=1 A* A- A%b=2", [], ["a=1"]],
  ["after a crash", "A[ A!a=1 AX A%b=2", [], ["a=1"]],
  ["a put that is not answered is info", "A[ A%a=1 AX", [], ["a=1"]],
])("%s", (_why, line, writes, staged) => {
  const recording = said(line);
  expect([recording.writes.toSorted(), recording.staged]).toEqual([writes, staged]);
});
