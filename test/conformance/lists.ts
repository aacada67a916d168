// ListObjectsV2: pages, where they start and end, and the order of keys.
import { expect } from "vitest";
import type { ListPage } from "../../src/store/request.js";
import { type Bench, type Case, md5, namesOn } from "./bench.js";

const letters = ["a", "b", "c", "d", "e"];

/** In S3's order, by UTF-8 bytes. A comparison of UTF-16 units would put the face before U+FFE6. */
const inOrder = ["A", "B-", "B.", "B0", "_", "a", "a-", "a.", "a0", "b", "z", "é", "中", "\uffe6", "😀"];

const pageCases: readonly Case[] = [
  [
    "a page shows keys, ETags and sizes",
    async (store) => {
      await store.put("a", "one");
      await store.put("b", "three");
      expect(await store.list()).toMatchObject({
        isTruncated: false,
        entries: [
          { key: `${store.folder}a`, etag: md5("one"), size: 3 },
          { key: `${store.folder}b`, etag: md5("three"), size: 5 },
        ],
      });
    },
  ],
  [
    "a prefix that nothing has is an empty page",
    async (store) => {
      await store.put("a", "one");
      expect(await store.list({}, "b")).toEqual({ entries: [], isTruncated: false });
    },
  ],
  [
    "a prefix ends anywhere in a key",
    async (store) => {
      await putAll(store, ["log-1", "log-2", "log/3", "lo", "logs", "m"]);
      expect(namesOn(await store.list({}, "log"), store)).toEqual(["log-1", "log-2", "log/3", "logs"]);
      expect(namesOn(await store.list({}, "log-"), store)).toEqual(["log-1", "log-2"]);
    },
  ],
  [
    "maxKeys cuts pages, and the continuation goes on after each",
    async (store) => {
      await putAll(store, letters);
      const pages = await pagesOf(store, 2);
      expect(pages.map((page) => namesOn(page, store))).toEqual([["a", "b"], ["c", "d"], ["e"]]);
      expect(pages.map(({ isTruncated }) => isTruncated)).toEqual([true, true, false]);
      expect(pages.map((page) => "nextContinuationToken" in page)).toEqual([true, true, false]);
    },
  ],
  [
    "a page that ends with the last key is not truncated",
    async (store) => {
      await putAll(store, letters);
      expect(await store.list({ maxKeys: letters.length })).toMatchObject({ isTruncated: false });
      expect(await store.list({ maxKeys: letters.length - 1 })).toMatchObject({ isTruncated: true });
    },
  ],
  [
    "no keys asked for is an empty page that is not truncated",
    async (store) => {
      await putAll(store, letters);
      expect(await store.list({ maxKeys: 0 })).toEqual({ entries: [], isTruncated: false });
    },
  ],
  [
    "startAfter leaves out the key itself and all before, and need not exist",
    async (store) => {
      await putAll(store, letters);
      expect(namesOn(await store.list({ startAfter: `${store.folder}b` }), store)).toEqual(["c", "d", "e"]);
      expect(namesOn(await store.list({ startAfter: `${store.folder}bb` }), store)).toEqual(["c", "d", "e"]);
      expect(namesOn(await store.list({ startAfter: `${store.folder}e` }), store)).toEqual([]);
    },
  ],
  [
    "startAfter before the prefix leaves out nothing",
    async (store) => {
      await putAll(store, letters);
      expect(namesOn(await store.list({ startAfter: "!" }), store)).toEqual(letters);
    },
  ],
  [
    "startAfter and pages go together",
    async (store) => {
      await putAll(store, letters);
      const pages = await pagesOf(store, 2, `${store.folder}a`);
      expect(pages.map((page) => namesOn(page, store))).toEqual([
        ["b", "c"],
        ["d", "e"],
      ]);
    },
  ],
  [
    "each page is a fresh read",
    async (store) => {
      await putAll(store, letters);
      const { nextContinuationToken: continuationToken = "" } = await store.list({ maxKeys: 2 });
      await store.put("a2", "before the page's end");
      await store.put("c2", "after it");
      await store.remove("d");
      expect(namesOn(await store.list({ continuationToken }), store)).toEqual(["c", "c2", "e"]);
    },
  ],
  [
    "a key that is gone may end a page",
    async (store) => {
      await putAll(store, letters);
      const { nextContinuationToken: continuationToken = "" } = await store.list({ maxKeys: 2 });
      await store.remove("b");
      await store.remove("c");
      expect(namesOn(await store.list({ continuationToken }), store)).toEqual(["d", "e"]);
    },
  ],
];

const orderCases: readonly Case[] = [
  [
    "keys come in the order of their UTF-8 bytes",
    async (store) => {
      await putAll(store, [...inOrder].reverse());
      expect(namesOn(await store.list(), store)).toEqual(inOrder);
    },
  ],
  [
    "pages of one key keep that order",
    async (store) => {
      await putAll(store, inOrder);
      const pages = await pagesOf(store, 1);
      expect(pages.flatMap((page) => namesOn(page, store))).toEqual(inOrder);
    },
  ],
  [
    "a slash is a byte like others in that order",
    async (store) => {
      await putAll(store, ["a/1", "a/2", "a-1", "a0", "b/1/x", "b/1.x"]);
      expect(namesOn(await store.list(), store)).toEqual(["a-1", "a/1", "a/2", "a0", "b/1.x", "b/1/x"]);
    },
  ],
];

export const listCases: readonly Case[] = [...pageCases, ...orderCases];

// --- internal ---

async function putAll(store: Bench, names: readonly string[]): Promise<void> {
  for (const name of names) expect(await store.put(name, name)).toMatchObject({ status: 200 });
}

/** All pages, up to a bound that no case here comes near. */
async function pagesOf(store: Bench, maxKeys: number, startAfter?: string): Promise<readonly ListPage[]> {
  const pages: ListPage[] = [await store.list({ maxKeys, ...(startAfter === undefined ? {} : { startAfter }) })];
  for (let token = pages[0]?.nextContinuationToken; token !== undefined && pages.length < 30; ) {
    const page = await store.list({ maxKeys, continuationToken: token });
    pages.push(page);
    token = page.nextContinuationToken;
  }
  return pages;
}
