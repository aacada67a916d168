import { describe, expect, test } from "vitest";
import type { HistoryEvent } from "../model/history.js";
import type { Applied, Healed } from "../model/story.js";
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

describe("in so many words", () => {
  const KEPT = "A:s1{a=1} A:h1 A:c1{a=1} A:h1/1";
  test("what is left, the first three by name", () => {
    const slots = [5, 2, 4, 3].map((seq) => `segments/seg-${String(seq).padStart(20, "0")}.json`).toSorted();
    const story = "A:s1{a=1} A:s5{} A:s2{} A:s4{} A:s3{} A:h5 A:c5{a=1} A:h5/5 A:-s1";
    expect(said("", story)).toBe(
      `Past every lease, compact, gc and gc have left what nobody needs: ${slots.slice(0, 3).join(", ")}, and 1 more.`,
    );
    expect(said("", `${story} A:-s5`)).toBe(
      `Past every lease, compact, gc and gc have left what nobody needs: ${slots.slice(0, 3).join(", ")}.`,
    );
  });

  test("who is alone, and why it failed", () => {
    const at = { client: "A", step: 1, atMs: 0 };
    const history: HistoryEvent[] = [
      { ...at, type: "invoke", op: "gc" },
      { ...at, type: "fail", op: "gc", error: "unavailable", message: "why" },
    ];
    const record = { ...recordOf("", "", { healed: { crowd: 0, alone: 0, endless: false } }), history };
    expect(progress.judge(viewOf(record))?.message).toBe(
      "Faults have stopped and A is alone, but its gc (event 1) was answered fail unavailable (why).",
    );
  });

  test("a circle: of the last 60 requests those that repeat", () => {
    const again = Array.from({ length: 30 }, () => "A:h1!412 B:s1{}!412").join(" ");
    expect(said("", `A:h1!412 ${again} A:h2`, { endless: true })).toBe(
      "Faults have stopped, but the run does not end. The last 60 requests: B PUT segments/seg-00000000000000000001.json 412 (30 times), A PUT HEAD.json 412 (29 times).",
    );
  });

  test("objects that are neither ours nor there are not left over", () => {
    const put = (key: string, rest: Partial<Applied> = {}): Applied => ({
      ...{ step: 100, client: "A", method: "PUT", key, status: 200, body: "", atMs: 0 },
      ...rest,
    });
    const left = (...more: Applied[]) => {
      const record = recordOf("", `${KEPT} A:-s1`, { healed: { crowd: 0, alone: 0, endless: false } });
      return progress.judge(viewOf({ ...record, story: [...record.story, ...more] }))?.message ?? null;
    };
    const segment = "segments/seg-00000000000000000001.json";
    expect(left(put("leases/l"))).toContain(": leases/l.");
    expect(left(put("leases/l"), put("leases/l", { method: "DELETE", status: 204 }))).toBeNull();
    expect(left(put("leases/l"), put("leases/l", { method: "GET" }))).toContain(": leases/l.");
    expect(left(put("leases/l"), put("leases/l", { method: "DELETE", status: 403 }))).toContain(": leases/l.");
    expect(left(put("leases/l", { status: 412 }))).toBeNull();
    expect(left(put(`${segment}.tmp`), put(`x/${segment}`), put("gc/GARBAGE"), put("x/leases/"))).toBeNull();
  });
});

describe("whose requests count", () => {
  const by = (client: string, from: number, count: number) =>
    Array.from({ length: count }, () => `@${from} ${client}:h0`).join(" ");
  test.each([
    // A asks in step 3 and is answered in step 5; every other request is somebody else's, or of another time.
    ["another client's", "A[ A!a=1 A* B[ A+1 B]", `${by("B", 3, 9)} ${by("C", 4, 9)}`, {}],
    ["those before it was asked", "A[ A!a=1 A* B[ A+1 B]", `${by("A", 1, 20)} ${by("A", 2, 20)}`, {}],
    ["those after it was answered", "A[ A!a=1 A* B[ A+1 B]", `${by("A", 5, 17)} ${by("A", 6, 17)}`, {}],
    ["those of a request that is never answered", "A[ A!a=1 A*", by("A", 3, 17), {}],
    ["those between two operations", "A[ B[ B!b=1 B] A]", by("A", 2, 17), {}],
    ["those that two rivals cost", "A[ B[ A!a=1 B!b=1 A* B* A+1 B+2", by("A", 5, 32), { alone: 16 }],
    ["those that what lies in the bucket costs", "A[ A!a=1 A* B[ A+1 B]", `@1 B:h0 ${by("A", 3, 19)}`, {}],
  ])("not: %s", (_why, history, story, healed) => expect(said(history, story, healed)).toBe("kept"));

  test.each([
    [
      "a rival from before does not count",
      "C[ C] A[ A!a=1 A* B[ A+1 B]",
      by("A", 5, 33),
      { crowd: 4, alone: 14 },
      "33 requests; 32",
    ],
    ["alone there are none", "A[ A] B[ B] A[ A!a=1 A* B[ A+1 B]", by("A", 7, 17), { alone: 12 }, "17 requests; 16"],
    ["another one's event is no answer", "A[ A!a=1 A* B[ A+1 B]", by("A", 4, 17), {}, "17 requests; 16"],
    ["an object costs three", "A[ A!a=1 A* B[ A+1 B]", `@1 B:h0 ${by("A", 3, 20)}`, {}, "20 requests; 19"],
  ])("%s", (_why, history, story, healed, expected) => expect(said(history, story, healed)).toContain(expected));
});
