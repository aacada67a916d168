// What the conformance suite cannot see from outside; the table of conditions itself is test/conformance/conditions.ts.
import { describe, expect, test } from "vitest";
import type { StoreRequest } from "./request.js";
import { SimulatedStore } from "./simulated.js";

const ONE = '"f97c5d29941bfb1b2fdab0874906ab82"';
const OTHER = '"00000000000000000000000000000000"';

function opened() {
  const clock = { nowMs: 5_999 };
  const store = new SimulatedStore({ now: () => clock.nowMs });
  return { clock, store, put: (key: string, body: string) => store.apply({ method: "PUT", key, body }) };
}

test("the clock is read at each request and cut to whole seconds", () => {
  const { clock, store, put } = opened();
  expect(put("a", "one")).toEqual({ status: 200, date: 5_000, etag: ONE });
  clock.nowMs = 7_001;
  expect(store.apply({ method: "GET", key: "a" })).toMatchObject({ date: 7_000, lastModified: 5_000 });
});

test("a body is kept by reference", () => {
  const { store } = opened();
  const body = Uint8Array.from([1, 2]);
  store.apply({ method: "PUT", key: "a", body });
  expect(store.apply({ method: "GET", key: "a" }).body).toBe(body);
});

test("the content is in the order of UTF-8 bytes, however it came about", () => {
  const { store, put } = opened();
  for (const key of ["😀", "b", "\uffe6", "a", "gone"]) put(key, key);
  store.apply({ method: "DELETE", key: "gone" });
  expect(store.content().map(([key, { body }]) => [key, body])).toEqual(
    ["a", "b", "\uffe6", "😀"].map((key) => [key, key]),
  );
});

test("a PUT without a key is 400", () => {
  expect(opened().put("", "x")).toEqual({ status: 400, code: "InvalidRequest", date: 5_000 });
});

describe("both conditions at once, in the order of RFC 9110, 13.2.2: If-Match first", () => {
  const cases: readonly (readonly [string, Omit<StoreRequest, "key">, number])[] = [
    ["GET", { method: "GET", ifMatch: ONE, ifNoneMatch: OTHER }, 200],
    ["GET", { method: "GET", ifMatch: ONE, ifNoneMatch: ONE }, 304],
    ["GET", { method: "GET", ifMatch: OTHER, ifNoneMatch: ONE }, 412],
    ["HEAD", { method: "HEAD", ifMatch: ONE, ifNoneMatch: "*" }, 304],
    ["PUT", { method: "PUT", ifMatch: ONE, ifNoneMatch: "*" }, 412],
    ["PUT", { method: "PUT", ifMatch: OTHER, ifNoneMatch: "*" }, 412],
    ["PUT", { method: "PUT", ifMatch: ONE, ifNoneMatch: ONE }, 501],
  ];
  test.each(cases)("%s %j is %d", (_method, request, status) => {
    const { store, put } = opened();
    put("a", "one");
    expect(store.apply({ ...request, key: "a" }).status).toBe(status);
    expect(store.apply({ method: "GET", key: "a" }).body).toBe("one");
  });

  test("PUT on a missing key is 404 and creates nothing", () => {
    const { store } = opened();
    const request = { method: "PUT", key: "a", ifMatch: "*", ifNoneMatch: "*" } as const;
    expect(store.apply(request)).toMatchObject({ status: 404, code: "NoSuchKey" });
    expect(store.content()).toEqual([]);
  });
});
