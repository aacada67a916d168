// Whose bucket is it: one in the format of fusio-manifest, or another's that says nothing here?
import { expect, test } from "vitest";
import { storyOf } from "../test/notation.js";
import { isKnownFormat } from "./known-format.js";
import type { Applied } from "./story.js";

const put = (key: string, body?: string, rest: Partial<Applied> = {}): Applied => ({
  ...{ step: 9, client: "A", method: "PUT", key, status: 200, atMs: 0, ...rest },
  ...(body === undefined ? {} : { body }),
});
const known = (...more: Applied[]) => isKnownFormat([...storyOf("A:s1{a=1} A:h1 A:c1{a=1} A:h1/1"), ...more]);

test.each([
  ["nothing else", []],
  ["leases and a plan of what is garbage", [put("leases/l", "?"), put("gc/GARBAGE", "?")]],
  ["what was refused", [put("other", "?", { status: 412 }), put("other", "?", { status: 300 })]],
  ["what was not answered", [put("other", "?", { status: 0 })]],
  ["what was only looked for", [put("other", "?", { method: "GET" })]],
  ["meta of any kind", [put("checkpoints/2.meta.json", "?")]],
])("known: %s", (_why, more) => expect(known(...more)).toBe(true));

test.each([
  ["another name", [put("other", "{}")]],
  ["a name like a lease's", [put("x/leases/", "{}"), put("x/gc/", "{}")]],
  ["a HEAD that is none", [put("HEAD.json", "[]")]],
  ["a HEAD without a body", [put("HEAD.json")]],
  ["a HEAD with runs", [put("HEAD.json", '{"merge_tree":{"levels":[]}}')]],
  ["a segment that is none", [put("segments/seg-00000000000000000002.json", "{}")]],
  ["a checkpoint that is none", [put("checkpoints/2.json", "{}")]],
  ["one that is, and one that is not", [put("other", "{}"), put("leases/l", "{}")]],
])("not known: %s", (_why, more) => expect(known(...more)).toBe(false));

test("without a HEAD nothing is known", () => {
  expect(isKnownFormat([])).toBe(false);
  expect(isKnownFormat(storyOf("A:s1{a=1}"))).toBe(false);
  expect(isKnownFormat(storyOf("A:s1{a=1} A:h1!412"))).toBe(false);
  expect(isKnownFormat(storyOf("A:h0"))).toBe(true);
});
