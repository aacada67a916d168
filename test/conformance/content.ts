// What goes into an object comes out of it: bytes, ETag, headers, times; under any key.
import { expect } from "vitest";
import { bodyBytes } from "../../src/store/body.js";
import type { StoreResponse } from "../../src/store/request.js";
import { type Case, md5 } from "./bench.js";

const bytesOf = ({ body = "" }: StoreResponse): readonly number[] => [...bodyBytes(body)];

const keyCase = (what: string, name: string): Case => [
  `a key with ${what} is written, read, listed and deleted`,
  async (store) => {
    expect(await store.put(name, what)).toMatchObject({ status: 200, etag: md5(what) });
    expect(await store.get(name)).toMatchObject({ status: 200, body: what });
    expect(await store.head(name)).toMatchObject({ status: 200, etag: md5(what) });
    expect((await store.list()).entries.map(({ key }) => key)).toEqual([`${store.folder}${name}`]);
    expect((await store.list({}, name)).entries.map(({ key }) => key)).toEqual([`${store.folder}${name}`]);
    expect(await store.remove(name)).toMatchObject({ status: 204 });
    expect(await store.get(name)).toMatchObject({ status: 404 });
  },
];

const keyCases: readonly Case[] = [
  keyCase("a space", "a b"),
  keyCase("a space at either end", " a "),
  keyCase("a plus", "a+b"),
  keyCase("a percent sign", "a%b"),
  keyCase("what looks percent-encoded", "a%20b%2Fc"),
  keyCase("an ampersand", "a&b&amp;c"),
  keyCase("angle brackets and quotes", "a<b>'c'\"d\""),
  keyCase("a question mark and a hash", "a?b=c#d"),
  keyCase("letters beyond ASCII", "grün-日本-😀"),
  keyCase("composed and decomposed accents", "e\u0301"),
  keyCase("digits alone", "0070"),
  keyCase("marks that URLs need not encode", "a!b*c(d)~e'f"),
  keyCase("equals, comma, semicolon, colon, at and dollar", "a=b,c;d:e@f$g"),
];

const etagCases: readonly Case[] = [
  [
    "the ETag is the quoted MD5 of the bytes, the same in every answer",
    async (store) => {
      const { etag } = await store.put("a", "grün");
      expect(etag).toBe(md5("grün"));
      expect([(await store.get("a")).etag, (await store.head("a")).etag]).toEqual([etag, etag]);
      expect((await store.list()).entries.map((entry) => entry.etag)).toEqual([etag]);
    },
  ],
  [
    "equal bytes have equal ETags, under any key and with any metadata",
    async (store) => {
      const first = await store.put("a", "same", { metadata: { by: "one" } });
      const second = await store.put("b", new TextEncoder().encode("same"), { contentType: "text/plain" });
      const third = await store.put("c", "other");
      expect(second.etag).toBe(first.etag);
      expect(third.etag).not.toBe(first.etag);
    },
  ],
];

const contentCases: readonly Case[] = [
  [
    "metadata and content type come back as they went in, from GET and HEAD",
    async (store) => {
      const headers = { contentType: "application/json", metadata: { writer: "client-1", "attempt-id": "7f A+%" } };
      await store.put("a", "{}", headers);
      expect(await store.get("a")).toMatchObject({ status: 200, ...headers, body: "{}" });
      expect(await store.head("a")).toMatchObject({ status: 200, ...headers });
      expect(await store.head("a")).not.toHaveProperty("body");
    },
  ],
  [
    "an overwrite replaces bytes and metadata",
    async (store) => {
      await store.put("a", "a long first body", { metadata: { old: "yes" } });
      await store.put("a", "short", { metadata: { fresh: "yes" } });
      const answer = await store.get("a");
      expect(answer).toMatchObject({ status: 200, body: "short", etag: md5("short") });
      expect(answer.metadata).toEqual({ fresh: "yes" });
      await store.put("a", "bare");
      expect((await store.get("a")).metadata ?? {}).toEqual({});
    },
  ],
  [
    "an empty body is an object",
    async (store) => {
      expect(await store.put("a", "")).toMatchObject({ status: 200, etag: md5("") });
      expect(await store.get("a")).toMatchObject({ status: 200, body: "", etag: md5("") });
      expect((await store.list()).entries).toMatchObject([{ size: 0, etag: md5("") }]);
    },
  ],
  [
    "text beyond ASCII comes back, its size counted in bytes",
    async (store) => {
      const text = '{"é":"日本 😀"}';
      await store.put("a", text);
      expect(await store.get("a")).toMatchObject({ body: text });
      expect((await store.list()).entries).toMatchObject([{ size: Buffer.byteLength(text) }]);
    },
  ],
  [
    "bytes that are no text come back",
    async (store) => {
      const bytes = Uint8Array.from([0, 255, 254, 0xc3, 0x28, 13, 10, 0xef, 0xbb, 0xbf]);
      expect(await store.put("a", bytes)).toMatchObject({ status: 200, etag: md5(bytes) });
      expect(bytesOf(await store.get("a"))).toEqual([...bytes]);
    },
  ],
  [
    "a byte order mark comes back",
    async (store) => {
      await store.put("a", "\ufeffmark");
      expect(bytesOf(await store.get("a"))).toEqual([...Buffer.from("\ufeffmark")]);
    },
  ],
  [
    "DELETE is 204, for an existing key and for a missing one",
    async (store) => {
      await store.put("a", "one");
      expect(await store.remove("a")).toMatchObject({ status: 204 });
      expect(await store.get("a")).toMatchObject({ status: 404, code: "NoSuchKey" });
      expect(await store.remove("a")).toMatchObject({ status: 204 });
    },
  ],
  [
    "keys `a` and `a/1` stand side by side",
    async (store) => {
      expect(await store.put("a", "one")).toMatchObject({ status: 200 });
      expect(await store.put("a/1", "two")).toMatchObject({ status: 200 });
      expect((await store.list()).entries).toHaveLength(2);
    },
  ],
];

const timeCases: readonly Case[] = [
  [
    "every answer has a Date, in whole seconds, never going back",
    async (store) => {
      const answers = [
        await store.put("a", "one"),
        await store.put("a", "two", { ifNoneMatch: "*" }),
        await store.get("a"),
        await store.head("a"),
        await store.send({ method: "LIST", key: store.folder }),
        await store.remove("a"),
        await store.get("a"),
      ];
      const dates = answers.map(({ date = Number.NaN }) => date);
      expect(dates.map((date) => date % 1000)).toEqual(answers.map(() => 0));
      expect(dates).toEqual([...dates].sort((a, b) => a - b));
    },
  ],
  [
    "Last-Modified is the whole second of the PUT, the same in GET, HEAD and LIST",
    async (store) => {
      const { date: before = Number.NaN } = await store.head("a");
      const { date: after = Number.NaN } = await store.put("a", "one");
      const { lastModified = Number.NaN } = await store.get("a");
      expect(lastModified % 1000).toBe(0);
      expect(lastModified).toBeGreaterThanOrEqual(before);
      expect(lastModified).toBeLessThanOrEqual(after);
      expect(await store.head("a")).toMatchObject({ lastModified });
      const [entry] = (await store.list()).entries;
      expect(Math.floor((entry?.lastModified ?? 0) / 1000) * 1000).toBe(lastModified);
      expect((entry?.lastModified ?? 0) % 1000).toBe(0);
    },
  ],
];

export const objectCases: readonly Case[] = [...etagCases, ...contentCases, ...timeCases, ...keyCases];
