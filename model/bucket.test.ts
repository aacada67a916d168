// A bucket's story, played: what HEAD said, what was published, and the first moment at which something was wrong.
import { describe, expect, test } from "vitest";
import { storyOf } from "../test/notation.js";
import { bucketOf } from "./bucket.js";
import type { Applied } from "./story.js";

const play = (line: string) => bucketOf(storyOf(line));

test("an empty story is an empty bucket", () => {
  const { state, ...rest } = play("");
  expect(rest).toEqual({
    heads: [],
    published: [],
    dangling: null,
    changed: null,
    broken: null,
    compactions: 0,
    recreated: 0,
  });
  expect(state()).toBeUndefined();
});

test("HEAD's words, with the checkpoint's own sequence", () => {
  const { heads } = play("A:s1{a=1} A:h1 B:c1{a=1} B:h1/1 A:s2{a} A:h2t7/1");
  expect(heads).toEqual([
    { seq: 1, txn: 1, checkpointId: null, checkpointSeq: 0, step: 2, client: "A" },
    { seq: 1, txn: 1, checkpointId: "1", checkpointSeq: 1, step: 4, client: "B" },
    { seq: 2, txn: 7, checkpointId: "1", checkpointSeq: 1, step: 6, client: "A" },
  ]);
});

test("a segment is published once, by the first HEAD that names it", () => {
  const { published } = play("A:s1{a=1,b} B:h1 B:s2{a=2} B:h2 B:h2");
  expect(published.map(({ changes, ...rest }) => ({ ...rest, changes: changes() }))).toEqual([
    {
      seq: 1,
      writer: "A",
      publisher: "B",
      changes: [
        ["a", "1"],
        ["b", null],
      ],
    },
    { seq: 2, writer: "B", publisher: "B", changes: [["a", "2"]] },
  ]);
});

describe("the state of the last HEAD", () => {
  test.each([
    ["A:s1{a=1,b=1} A:h1", { a: "1", b: "1" }],
    ["A:s1{a=1,b=1} A:s2{a,c=2} A:h2", { b: "1", c: "2" }],
    ["A:s1{a=1,b=1} A:s2{a} A:h1", { a: "1", b: "1" }],
    ["A:s1{a=1} A:h1 A:c1{a=1} A:h1/1 A:-s1 A:s2{b=2} A:h2/1", { a: "1", b: "2" }],
    ["A:s1{a=1} A:h1 A:s2{a=2} A:h2!412", { a: "1" }],
  ])("%s", (line, state) => expect(Object.fromEntries(play(line).state() ?? [])).toEqual(state));

  test("nobody can say it where a segment is gone", () => {
    expect(play("A:s1{a=1} A:h1 A:-s1").state()).toBeUndefined();
  });
});

describe("dangling", () => {
  test.each([
    ["A:h1", "A's HEAD at step 1 names segment 1"],
    ["A:s1{} A:h1/9", "A's HEAD at step 2 names checkpoint 9"],
    ["A:s1{} A:h1 B:-s1", "B deleted segments/seg-00000000000000000001.json at step 3"],
    ["A:s1{} A:c1{} A:h1/1 B:-c1", "B deleted checkpoints/1.json at step 4"],
    ["A:s1{} A:s2{} A:c1{} A:h2/1 B:-s2", "seg-00000000000000000002"],
    ["A:s1{} A:c1{} A:h1/1 A:s2{} A:h2/1 A:-s1 A:h2", "A's HEAD at step 7 names segment 1"],
    ["A:s1{} A:h1 A:h3", "A's HEAD at step 3 names segment 2"],
    ["A:h0 B:-h0", "B deleted HEAD.json at step 2, while in use"],
    ["A:s1{} A:h1 B:-s1", "at step 3, while HEAD named it"],
  ])("%s", (line, message) => expect(play(line).dangling).toContain(message));

  test.each([
    "A:s1{} A:c1{} A:h1/1 B:-s1",
    "A:s1{} A:h1 A:s2{} B:-s2",
    "A:s1{} A:h1 B:-s1!403",
    "B:-h0",
    "A:c1{} A:h0 B:-c1",
    "A:c1{} A:c2{} A:h0/1 B:-c2",
    "A:s1{} A:h1 A:h1 A:c1{} A:h1/1 A:-s1 A:h1/1",
    "A:s1{} A:h1 B:-s2",
    "A:c1{} A:h1/1",
  ])("not: %s", (line) => expect(play(line).dangling).toBeNull());

  test("a checkpoint without its meta, or a meta without its checkpoint, is not there", () => {
    const [data, meta, head] = storyOf("A:c0{} A:h0/0") as [Applied, Applied, Applied];
    for (const half of [
      [data, head],
      [meta, head],
    ])
      expect(bucketOf(half).dangling).toBe("A's HEAD at step 2 names checkpoint 0, which is not there");
    const gone = (which: Applied) => ({ ...which, method: "DELETE" as const, step: 9 });
    for (const which of [data, meta]) {
      expect(bucketOf([data, meta, head, gone(which)]).dangling).toBe(
        `A deleted ${which.key} at step 9, while HEAD named it`,
      );
      // Gone before HEAD named it; and then put again.
      expect(bucketOf([data, meta, gone(which), head]).dangling).not.toBeNull();
      expect(bucketOf([data, meta, gone(which), which, head]).dangling).toBeNull();
    }
  });
});

describe("changed", () => {
  test.each(["A:s1{a=1} A:h1 B:s1{a=2}", "A:s1{} A:c1{a=1} A:h1/1 B:c1{a=2}", "A:h0 A:s1{a=1} A:h1 B:s1{a=2}"])(
    "%s",
    (line) => expect(play(line).changed).toMatch(/^B changed .* while HEAD named it$/),
  );
  test.each([
    "A:s1{a=1} B:s1{a=2} A:h1",
    "A:s1{a=1} A:h1 B:s1{a=1}",
    "A:s1{a=1} A:h1 B:s1{a=2}!412",
    "A:s1{a=1} A:c1{a=1} A:h1/1 B:s1{a=2}",
    "A:s1{} A:c1{a=1} A:h1 B:c1{a=2}",
    "A:s1{} A:h1 A:-s1 B:s1{a=2}",
  ])("not: %s", (line) => expect(play(line).changed).toBeNull());
});

test("a meta that changes under HEAD is a change, one that HEAD does not name is none", () => {
  const [data, meta, head] = storyOf("A:c0{} A:h0/0") as [Applied, Applied, Applied];
  const other = { ...meta, client: "B", step: 3, body: '{"last_segment_seq_at_ckpt":7}' };
  expect(bucketOf([data, meta, head, other]).changed).toBe(
    "B changed checkpoints/0.meta.json at step 3, while HEAD named it",
  );
  expect(bucketOf([data, meta, other, head]).changed).toBeNull();
});

test("what was not applied, or only looked at, changes nothing", () => {
  const [segment, head] = storyOf("A:s1{a=1} A:h1") as [Applied, Applied];
  const get = { ...segment, method: "GET" as const };
  const answered = (status: number) => bucketOf([{ ...segment, status }, head]).dangling;
  expect(bucketOf([segment, head, get]).dangling).toBeNull();
  for (const status of [0, 100, 199, 300, 304, 412]) expect(answered(status), String(status)).not.toBeNull();
  for (const status of [200, 204, 299]) expect(answered(status), String(status)).toBeNull();
});

test("where the checkpoint is unreadable nobody can say the state", () => {
  const story = storyOf("A:s1{a=1} A:h1 A:c1{a=1} A:h1/1");
  expect(bucketOf(story).state()).toEqual(new Map([["a", "1"]]));
  const broken = story.map((each) => (each.key === "checkpoints/1.json" ? { ...each, body: "{" } : each));
  expect(bucketOf(broken).state()).toBeUndefined();
});

test("what is neither HEAD, segment nor checkpoint may go at any time", () => {
  const [segment, head] = storyOf("A:s1{a=1} A:h1") as [Applied, Applied];
  const lease = { ...segment, method: "DELETE" as const, key: "leases/l" };
  expect(bucketOf([segment, head, lease]).dangling).toBeNull();
});

test("a segment is read once", () => {
  const [published] = play("A:s1{a=1} A:h1").published;
  expect(published?.changes()).toBe(published?.changes());
});

test("what is not what its name says is broken", () => {
  const put = (key: string, body: string) =>
    bucketOf([{ step: 1, client: "A", method: "PUT", key, status: 200, body, atMs: 0 }]).broken;
  expect(put("HEAD.json", "{")).toContain("is no HEAD");
  expect(put("checkpoints/1.json", "[]")).toContain("is no checkpoint");
  expect(play("A:c1{a=1,a=1}").broken).toContain("a key stands twice");
  expect(play("A:c1{a=1,b=1}").broken).toBeNull();
});

test("counts compactions, and slots that were filled again", () => {
  expect(play("A:c1{} A:c2{} A:s1{} A:-s1 B:s1{} B:s2{}")).toMatchObject({ compactions: 2, recreated: 1 });
});
