import { describe, expect, test } from "vitest";
import type { Healed } from "../model/story.js";
import { recordOf } from "../test/notation.js";
import { progress } from "./progress.js";
import { viewOf } from "./view.js";

const judged = (history: string, story: string, healed: Partial<Healed> = {}) =>
  progress.judge(viewOf(recordOf(history, story, { healed: { crowd: 0, alone: 0, endless: false, ...healed } })));
const said = (...record: Parameters<typeof judged>): string => {
  const finding = judged(...record);
  return finding?.verdict === "invalid" ? finding.message : "kept";
};

const CLEAN = "A:s1{a=1} A:h1 A:c1{a=1} A:h1/1 A:-s1";

describe("garbage", () => {
  test("none is left: what HEAD needs is none", () => {
    expect(judged("A[ A!a=1 A* A+1 A#compact A#gc A#gc", CLEAN)).toBeNull();
    expect(judged("", `${CLEAN} A:s2{b=1} A:h2/1`)).toBeNull();
  });
  test.each([
    ["a segment that the checkpoint contains", "A:s1{a=1} A:h1 A:c1{a=1} A:h1/1", "segments/seg-00000000000000000001"],
    ["a segment put again", `${CLEAN} A:s1{a=1}`, "segments/seg-00000000000000000001"],
    [
      "another checkpoint",
      `${CLEAN} A:s2{} A:h2/1 A:c2{} A:h2/2 A:-s2`,
      "checkpoints/1.json, checkpoints/1.meta.json.",
    ],
    ["six objects", `${CLEAN} A:c3{} A:c4{} A:c5{}`, "3 more"],
  ])("%s is left", (_what, story, expected) => expect(said("", story)).toContain(expected));
  test("a bucket without a HEAD of ours is not judged", () => expect(judged("", "A:s1{a=1}")).toBeNull());
  test("a run that ended with its faults is not judged", () =>
    expect(progress.judge(viewOf(recordOf("A[ A!a=1 A* A-", "A:s1{a=1} A:h1 A:c1{a=1} A:h1/1")))).toBeNull());
});

describe("alone", () => {
  test.each([
    ["A[ A!a=1 A* A-", "A is alone, but its commit (event 5) was answered fail conflict"],
    ["A[ A!a=1 A* A~", "A is alone, but its commit (event 5) was answered info timeout"],
  ])("%s", (history, expected) => expect(said(history, "")).toContain(expected));
  test("what was answered before does not count", () =>
    expect(judged("A[ A!a=1 A* A- B[ B!a=2 B* B+1", "", { crowd: 6, alone: 6 })).toBeNull());
});

describe("a crowd", () => {
  const crowd = (history: string) => said(history, "", { alone: 12 });
  test("one that commits is enough", () => expect(crowd("A[ B[ A!a=1 B!a=2 A* B* A- B+1")).toBe("kept"));
  test("one that does not know may have committed", () => expect(crowd("A[ B[ A!a=1 B!a=2 A* B* A- B~")).toBe("kept"));
  test("none does", () =>
    expect(crowd("A[ B[ A!a=1 B!a=2 A* B* A- B-")).toContain(
      "2 clients commit at once, but none does: A conflict, B conflict",
    ));
});

describe("requests", () => {
  const requests = (count: number) => Array.from({ length: count }, () => "@5 A:h1").join(" ");
  const history = "A[ A!a=1 A* B[ B] A+1";
  test("few enough", () => expect(judged(history, requests(16))).toBeNull());
  test("too many: told how many are enough", () =>
    expect(said(history.replace("B[ B] ", "B#gc "), requests(17).replaceAll("@5", "@3"))).toContain(
      "took 17 requests; 16",
    ));
  test("a circle is told by what repeats", () =>
    expect(said(history, requests(30), { endless: true })).toContain("A PUT HEAD.json 200 (30 times)"));
});
