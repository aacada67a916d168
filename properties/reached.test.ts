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
  "concurrent-commits": [1, "A[ B[ A!a=1 A* B!b=1 B* B+1 A+2 A[ A!a=2 A* A+3 A[ A* AX B[ B* B~ A[ A* A-"],
  "ambiguous-commit": [1, "A[ A!a=1 A* A~ A[ A!a=2 A* A+1"],
  "ambiguous-answer": [2, "", "A:s1{}!response-lost A:s2{}!failed-after!500 A:s3{}!duplicate"],
  "info-commit-observed": [1, "D[ D!d=1 D* D+1 A[ A!a=1 A* A~ B[ B!b=1 B* B~ C[ C?a=1 C?b C]"],
  "duplicate-delivered": [1, "", "A:s1{}!duplicate A:s2{}!zombie"],
  "zombie-applied": [1, "", "A:s1{}!zombie A:s2{}!zombie!412"],
  "zombie-refused": [2, "", "A:s1{}!zombie A:s2{}!zombie!412 A:s3{}!zombie!412"],
  // A's first crash, E's and F's; then requests of another time, another client, or while A had nothing in flight.
  "crash-between-two-requests": [
    3,
    "A[ A!a=1 A* B[ AX BX A[ A* A+ AX C[ C* CX E[ E* EX F[ F* FX",
    "@1 A:s1{} @3 A:s2{} @4 B:s3{} @8 A:s4{} @9 A:s5{} @11 C:s6{} @12 A:s7{} @13 C:s8{} @15 E:s9{} @18 F:s10{}",
  ],
  "lost-head-race": [1, "", "A:h1!412 A:s1{}!412 A:s1{} A:h1"],
  "lost-slot-race": [2, "", "A:h1!412 A:s1{}!412 B:s1{}!412 A:s1{}"],
  adoption: [1, "", "A:s1{} B:h1 B:s2{} B:h2 B:s3{} B:h3"],
  compaction: [2, "", "A:c1{} A:c2{}"],
  "checkpoint-superseded": [2, "", "A:s1{} A:c1{} A:h1/1 A:s2{} A:c2{} A:h2/2 A:h2/2 A:h2 A:c3{} A:h2/3"],
  "tombstone-compacted": [2, "", "A:s1{a=1,b,c} A:h1 A:s2{a} A:h2 A:c1{a=1} A:h2/1"],
  "compaction-during-read": [
    1,
    "B[ B?a B?b B] C[ C?a C?b C] D[ D?a D?b D]",
    "@1 A:h0 @1 A:c0{} A:h0/0 @6 A:h0/0 @10 A:h0/0 @20 A:h0/0",
  ],
  // The second session reads before and after, but not around; the third has one read and one scan.
  "read-across-commits": [
    2,
    "B[ B?a B?b B] C[ C?a C?b C] D[ D?a D?{} D] E[ E?a E]",
    "@1 A:h0 @2 A:h0 @5 A:h0 @7 A:h0 @10 A:h0",
  ],
  "gc-deleted": [3, "", "A:-s1 A:-c1 A:-s2!403"],
  "slot-recreated": [1, "", "A:s1{} A:-s1 B:s1{} B:s1{}"],
  "lease-expired": [1, "A[ A!a=1 A* A-expired A[ A!a=1 A* A-"],
  "long-session": [1, "A[ A?a @60000 A?a A] B[ @60000 B] C[ C?c C] C[ @59000 C?c C] C[ C?c C]"],
  "progress-judged": [1, "", "", { healed: { crowd: 0, alone: 0, endless: false } }],
};

test("an empty run reached nothing", () => {
  expect(Object.values(reachedIn(recordOf(""))).every((count) => count === 0)).toBe(true);
});

test("every situation has its record", () => {
  expect(Object.keys(records)).toEqual(Object.keys(reachedIn(recordOf(""))));
});

test("a history that no order explains is counted too", () => {
  expect(reachedIn(recordOf("B[ B?a=1 B] A[ A!a=1 A* A~"))).toMatchObject({
    "info-commit-observed": 0,
    "ambiguous-commit": 1,
  });
});

test.each(Object.entries(records))("%s", (name, [count, history, story, rest]) => {
  expect(reachedIn(recordOf(history, story, rest))[name]).toBe(count);
});
