import { describe, expect, test } from "vitest";
import type { StoreRequest } from "./request.js";
import { SimulatedStore } from "./simulated.js";

const DATE = 5_000;

function holding(...keys: readonly string[]) {
  const store = new SimulatedStore({ now: () => DATE + 999 });
  for (const key of keys) store.apply({ method: "PUT", key, body: key });
  const list = (request: Partial<StoreRequest> = {}) => store.apply({ key: "", ...request, method: "LIST" });
  const names = (request: Partial<StoreRequest> = {}) => list(request).page?.entries.map(({ key }) => key);
  return { store, list, names };
}

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `k/${String(i).padStart(4, "0")}`);

describe("a page", () => {
  test("holds at most 1000 keys, also where more are asked for", () => {
    const { list } = holding(...numbered(1001));
    for (const request of [{}, { maxKeys: 5000 }]) {
      const { page } = list(request);
      expect(page?.entries).toHaveLength(1000);
      expect(page?.isTruncated).toBe(true);
    }
    const continuationToken = list().page?.nextContinuationToken ?? "";
    expect(list({ continuationToken }).page).toMatchObject({ isTruncated: false, entries: [{ key: "k/1000" }] });
  });

  test("of 1000 keys is not truncated", () => {
    expect(holding(...numbered(1000)).list().page).toMatchObject({ isTruncated: false });
  });

  test("has the same token for the same page", () => {
    const { list } = holding("a", "b", "c");
    expect(list({ maxKeys: 1 })).toEqual(list({ maxKeys: 1 }));
  });

  test("counts sizes in bytes, for texts and for bytes", () => {
    const { store, list } = holding("é");
    store.apply({ method: "PUT", key: "z", body: new Uint8Array(7) });
    expect(list().page?.entries.map(({ key, size }) => [key, size])).toEqual([
      ["z", 7],
      ["é", 2],
    ]);
  });
});

const starts: readonly (readonly [what: string, request: Partial<StoreRequest>, names: readonly string[]])[] = [
  ["after a key of the prefix", { key: "b/", startAfter: "b/1" }, ["b/2", "b/3"]],
  ["after a name between keys", { key: "b/", startAfter: "b/10" }, ["b/2", "b/3"]],
  ["after the prefix itself", { key: "b/", startAfter: "b/" }, ["b/1", "b/2", "b/3"]],
  ["after a name before the prefix", { key: "b/", startAfter: "a" }, ["b/1", "b/2", "b/3"]],
  ["after the last key of the prefix", { key: "b/", startAfter: "b/3" }, []],
  ["after a name beyond the prefix", { key: "b/", startAfter: "c" }, []],
  ["after the empty name", { startAfter: "" }, ["a", "b/1", "b/2", "b/3", "c"]],
];
test.each(starts)("a listing starts %s", (_what, request, names) => {
  expect(holding("c", "b/3", "a", "b/1", "b/2").names(request)).toEqual(names);
});

const refused: readonly (readonly [what: string, request: Partial<StoreRequest>])[] = [
  ["a foreign token", { continuationToken: "?" }],
  ["a negative number of keys", { maxKeys: -1 }],
  ["a broken number of keys", { maxKeys: 1.5 }],
  ["a number of keys that is none", { maxKeys: Number.NaN }],
];
test.each(refused)("%s is 400 InvalidArgument", (_what, request) => {
  expect(holding("a").list(request)).toEqual({ status: 400, code: "InvalidArgument", date: DATE });
});
