// S3.md's table of conditional requests, one case for each cell that one client alone can see.
import { expect } from "vitest";
import type { StoreResponse } from "../../src/store/request.js";
import { type Bench, type Case, md5, STRANGE_ETAG } from "./bench.js";

const one = "one";
const two = "two";
const precondition = { status: 412, code: "PreconditionFailed" };
const missing = { status: 404, code: "NoSuchKey" };

const putCases: readonly Case[] = [
  [
    "PUT If-None-Match:* on an absent key creates it",
    async (store) => {
      expect(await store.put("a", one, { ifNoneMatch: "*" })).toMatchObject({ status: 200, etag: md5(one) });
      await expectBody(store, one);
    },
  ],
  [
    "PUT If-None-Match:* on an existing key is 412 and changes nothing",
    async (store) => {
      await store.put("a", one);
      expect(await store.put("a", two, { ifNoneMatch: "*" })).toMatchObject(precondition);
      await expectBody(store, one);
    },
  ],
  [
    "PUT If-None-Match:* on the same bytes is 412 all the same",
    async (store) => {
      await store.put("a", one);
      expect(await store.put("a", one, { ifNoneMatch: "*" })).toMatchObject(precondition);
    },
  ],
  [
    "PUT If-None-Match:* creates again what was deleted",
    async (store) => {
      await store.put("a", one);
      await store.remove("a");
      expect(await store.put("a", two, { ifNoneMatch: "*" })).toMatchObject({ status: 200 });
      await expectBody(store, two);
    },
  ],
  [
    "PUT If-None-Match with an ETag is 501 and changes nothing",
    async (store) => {
      await store.put("a", one);
      const answer = await store.put("a", two, { ifNoneMatch: STRANGE_ETAG });
      expect(answer).toMatchObject({ status: 501, code: "NotImplemented" });
      await expectBody(store, one);
    },
  ],
  [
    "PUT If-Match with the object's ETag overwrites",
    async (store) => {
      const { etag } = await store.put("a", one);
      expect(await store.put("a", two, given(etag))).toMatchObject({ status: 200, etag: md5(two) });
      await expectBody(store, two);
    },
  ],
  [
    "PUT If-Match with another ETag is 412 and changes nothing",
    async (store) => {
      await store.put("a", one);
      expect(await store.put("a", two, { ifMatch: STRANGE_ETAG })).toMatchObject(precondition);
      await expectBody(store, one);
    },
  ],
  [
    "PUT If-Match with an ETag of the past is 412, and good again once the old bytes are back",
    async (store) => {
      const { etag } = await store.put("a", one);
      await store.put("a", two);
      expect(await store.put("a", "three", given(etag))).toMatchObject(precondition);
      await store.put("a", one);
      expect(await store.put("a", "three", given(etag))).toMatchObject({ status: 200 });
    },
  ],
  [
    "PUT If-Match on a missing key is 404 NoSuchKey and creates nothing",
    async (store) => {
      expect(await store.put("a", one, { ifMatch: STRANGE_ETAG })).toMatchObject(missing);
      expect(await store.get("a")).toMatchObject(missing);
    },
  ],
  [
    "PUT If-Match:* on an existing key overwrites",
    async (store) => {
      await store.put("a", one);
      expect(await store.put("a", two, { ifMatch: "*" })).toMatchObject({ status: 200 });
      await expectBody(store, two);
    },
  ],
  [
    "PUT If-Match:* on a missing key is 404 NoSuchKey and creates nothing",
    async (store) => {
      expect(await store.put("a", one, { ifMatch: "*" })).toMatchObject(missing);
      expect(await store.get("a")).toMatchObject(missing);
    },
  ],
];

const deleteCases: readonly Case[] = [
  [
    "DELETE If-Match with the object's ETag is 204 and deletes",
    async (store) => {
      const { etag } = await store.put("a", one);
      expect(await store.remove("a", given(etag))).toMatchObject({ status: 204 });
      expect(await store.get("a")).toMatchObject(missing);
    },
  ],
  [
    "DELETE If-Match with another ETag is 412 and deletes nothing",
    async (store) => {
      await store.put("a", one);
      expect(await store.remove("a", { ifMatch: STRANGE_ETAG })).toMatchObject(precondition);
      await expectBody(store, one);
    },
  ],
  [
    "DELETE If-Match on a missing key is 404",
    async (store) => {
      expect(await store.remove("a", { ifMatch: STRANGE_ETAG })).toMatchObject(missing);
    },
  ],
  [
    "DELETE If-Match:* on an existing key is 204 and deletes",
    async (store) => {
      await store.put("a", one);
      expect(await store.remove("a", { ifMatch: "*" })).toMatchObject({ status: 204 });
      expect(await store.get("a")).toMatchObject(missing);
    },
  ],
  [
    "DELETE If-Match:* on a missing key is 404",
    async (store) => {
      expect(await store.remove("a", { ifMatch: "*" })).toMatchObject(missing);
    },
  ],
];

const readCases: readonly Case[] = (["get", "head"] as const).flatMap((read): readonly Case[] => {
  const method = read.toUpperCase();
  return [
    [
      `${method} If-Match with the object's ETag is 200`,
      async (store) => {
        const { etag } = await store.put("a", one);
        expect(await store[read]("a", given(etag))).toMatchObject({ status: 200, etag });
      },
    ],
    [
      `${method} If-Match with another ETag is 412`,
      async (store) => {
        await store.put("a", one);
        expect(await store[read]("a", { ifMatch: STRANGE_ETAG })).toMatchObject(precondition);
      },
    ],
    [
      `${method} If-None-Match with the object's ETag is 304`,
      async (store) => {
        const { etag = "" } = await store.put("a", one);
        const answer = await store[read]("a", { ifNoneMatch: etag });
        expect(answer).toMatchObject({ status: 304, code: "NotModified" });
        expect(answer).not.toHaveProperty("body");
      },
    ],
    [
      `${method} If-None-Match with another ETag is 200`,
      async (store) => {
        const { etag } = await store.put("a", one);
        expect(await store[read]("a", { ifNoneMatch: STRANGE_ETAG })).toMatchObject({ status: 200, etag });
      },
    ],
    [
      `${method} of a missing key is 404, with any condition`,
      async (store) => {
        expect(await store[read]("a")).toMatchObject(missing);
        expect(await store[read]("a", { ifMatch: STRANGE_ETAG })).toMatchObject(missing);
        expect(await store[read]("a", { ifNoneMatch: STRANGE_ETAG })).toMatchObject(missing);
      },
    ],
  ];
});

export const conditionCases: readonly Case[] = [...putCases, ...deleteCases, ...readCases];

// --- internal ---

/** If-Match with an ETag out of an answer, which must be there. */
function given(etag: StoreResponse["etag"]): { ifMatch: string } {
  expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
  return { ifMatch: etag ?? "" };
}

async function expectBody(store: Bench, body: string): Promise<void> {
  expect(await store.get("a")).toMatchObject({ status: 200, body, etag: md5(body) });
}
