// Every situation counted on a record that has it, and on one that has nothing.
import { expect, test } from "vitest";
import type { RunRecord } from "../model/story.js";
import { recordOf } from "../test/notation.js";
import { reachedIn } from "./reached.js";

const records: Readonly<
  Record<string, readonly [count: number, history: string, story?: string, rest?: Partial<RunRecord>]>
> = {
  commit: [2, "A[ A!a=1 A* A+1 A[ A!a=2 A* A+2 A[ A* A- A[ A* A+"],
  conflict: [1, "A[ A!a=1 A* A- A[ A!a=1 A* A-expired"],
  "concurrent-commits": [1, "A[ B[ A!a=1 A* B!b=1 B* B+1 A+2 A[ A!a=2 A* A+3"],
  "ambiguous-commit": [1, "A[ A!a=1 A* A~ A[ A!a=2 A* A+1"],
  "ambiguous-answer": [2, "", "A:s1{}!response-lost A:s2{}!failed-after!500 A:s3{}!duplicate"],
  "info-commit-observed": [1, "A[ A!a=1 A* A~ B[ B!b=1 B* B~ C[ C?a=1 C?b C]"],
  "duplicate-delivered": [1, "", "A:s1{}!duplicate A:s2{}!zombie"],
  "zombie-applied": [1, "", "A:s1{}!zombie A:s2{}!zombie!412"],
  "zombie-refused": [2, "", "A:s1{}!zombie A:s2{}!zombie!412 A:s3{}!zombie!412"],
  "crash-between-two-requests": [1, "A[ A!a=1 A* AX B[ B!a=1 B* BX C[ CX", "@3 A:s1{}"],
  "lost-head-race": [1, "", "A:h1!412 A:s1{}!412 A:s1{} A:h1"],
  "lost-slot-race": [2, "", "A:h1!412 A:s1{}!412 B:s1{}!412 A:s1{}"],
  adoption: [1, "", "A:s1{} B:h1 B:s2{} B:h2"],
  compaction: [2, "", "A:c1{} A:c2{}"],
  "checkpoint-superseded": [1, "", "A:s1{} A:c1{} A:h1/1 A:s2{} A:c2{} A:h2/2 A:h2/2"],
  "tombstone-compacted": [1, "", "A:s1{a=1,b} A:h1 A:s2{a} A:h2 A:c1{a=1} A:h2/1"],
  "compaction-during-read": [1, "B[ B?a B?b B] C[ C?a C?b C]", "@1 A:h0 @1 A:c0{} A:h0/0"],
  "read-across-commits": [1, "B[ B?a B?b B] C[ C?a C?b C]", "@1 A:h0 @2 A:h0"],
  "gc-deleted": [3, "", "A:-s1 A:-c1 A:-s2!403"],
  "slot-recreated": [1, "", "A:s1{} A:-s1 B:s1{} B:s1{}"],
  "lease-expired": [1, "A[ A!a=1 A* A-expired A[ A!a=1 A* A-"],
  "long-session": [1, "A[ A?a @60000 A?a A] B[ @60000 B]"],
  "progress-judged": [1, "", "", { healed: { crowd: 0, alone: 0, endless: false } }],
};

const nothing = reachedIn(recordOf(""));

test("an empty run reached nothing", () => {
  expect(Object.values(nothing).every((count) => count === 0)).toBe(true);
});

test("every situation has its record", () => {
  expect(Object.keys(records)).toEqual(Object.keys(nothing));
});

test.each(Object.entries(records))("%s", (name, [count, history, story, rest]) => {
  expect(reachedIn(recordOf(history, story, rest))[name]).toBe(count);
});
