import { expect, test } from "vitest";
import type { StoreRequest } from "./request.js";
import { requestOf, responseOn, type WireRequest } from "./wire.js";

const wire = (fields: Partial<WireRequest>): WireRequest => ({
  method: "GET",
  bucket: "b",
  key: "k",
  query: {},
  headers: {},
  body: undefined,
  ...fields,
});

const requests: readonly (readonly [string, Partial<WireRequest>, StoreRequest | undefined])[] = [
  ["a GET", {}, { method: "GET", key: "k" }],
  [
    "conditions",
    { headers: { "if-match": '"e"', "if-none-match": "*" } },
    { method: "GET", key: "k", ifMatch: '"e"', ifNoneMatch: "*" },
  ],
  [
    "a PUT with all it can have",
    { method: "PUT", body: "x", headers: { "content-type": "text/plain", "x-amz-meta-by": "me", "x-amz-other": "no" } },
    { method: "PUT", key: "k", body: "x", contentType: "text/plain", metadata: { by: "me" } },
  ],
  ["a LIST", { key: "", query: { "list-type": "2" } }, { method: "LIST", key: "" }],
  [
    "a LIST with all it can have",
    {
      key: "",
      query: { "list-type": "2", prefix: "p/", "start-after": "p/a", "continuation-token": "t", "max-keys": "7" },
    },
    { method: "LIST", key: "p/", startAfter: "p/a", continuationToken: "t", maxKeys: 7 },
  ],
  ["a LIST of the first version", { key: "" }, undefined],
  ["a POST", { method: "POST" }, undefined],
  ["a PUT of the bucket", { method: "PUT", key: "" }, undefined],
];
test.each(requests)("%s is read off the wire", (_what, fields, request) => {
  expect(requestOf(wire(fields))).toEqual(request);
});

test("times are HTTP dates, metadata has its prefix, the length is in bytes", () => {
  const answer = { status: 200, date: 1_000, lastModified: 0, etag: '"e"', body: "é", metadata: { by: "me" } };
  const { status, headers, body } = responseOn(wire({}), answer);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    date: "Thu, 01 Jan 1970 00:00:01 GMT",
    "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT",
    etag: '"e"',
    "x-amz-meta-by": "me",
    "content-length": "2",
  });
  expect([...body]).toEqual([0xc3, 0xa9]);
});

test("an error has an XML body, but none for HEAD and for 304", () => {
  const missing = { status: 404, code: "NoSuchKey" };
  const { headers, body } = responseOn(wire({}), missing);
  expect(headers["content-type"]).toBe("application/xml");
  expect(Buffer.from(body).toString()).toContain("<Code>NoSuchKey</Code>");
  expect(responseOn(wire({ method: "HEAD" }), missing).body).toHaveLength(0);
  const unchanged = responseOn(wire({}), { status: 304, code: "NotModified" });
  expect(unchanged.body).toHaveLength(0);
  expect(unchanged.headers).not.toHaveProperty("content-length");
});
