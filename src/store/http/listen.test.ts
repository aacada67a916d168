import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StoreResponse } from "../request.js";
import { SimulatedStore } from "../simulated.js";
import { fixedBuckets } from "./buckets.js";
import type { Answer, Caller } from "./call.js";
import { type HttpDoor, listen } from "./listen.js";

const now = () => 1_700_000_000_000;
const store = new SimulatedStore({ now });
const callers: Caller[] = [];
const bugs: unknown[] = [];
/** What stands behind the door; each test may put something else there. */
let behind: Answer = (request) => store.apply(request);
let door: HttpDoor;

beforeAll(async () => {
  door = await listen({
    host: "127.0.0.1",
    port: 0,
    buckets: fixedBuckets("bucket"),
    now,
    onBug: (error) => bugs.push(error),
    answer: (request, caller) => {
      callers.push(caller);
      return behind(request, caller);
    },
  });
  for (const key of ["p/segments/1", "p/segments/2", "p/x"]) store.apply({ method: "PUT", key, body: key });
});
afterAll(() => door.close());

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${door.endpoint}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe("whoever stands behind the door", () => {
  test("is told who asks, by the access key id of the signature", async () => {
    const authorization = "AWS4-HMAC-SHA256 Credential=client-7/20240101/us-east-1/s3/aws4_request, Signature=00";
    await ask("/bucket/p/x", { headers: { authorization, "amz-sdk-request": "attempt=2; max=3" } });
    expect(callers.at(-1)).toMatchObject({ accessKeyId: "client-7", bucket: "bucket", attempt: "attempt=2; max=3" });
    await ask("/bucket/p/x?X-Amz-Credential=client-8%2F20240101%2Fus-east-1%2Fs3%2Faws4_request");
    expect(callers.at(-1)).toMatchObject({ accessKeyId: "client-8" });
  });

  test("may answer later, in any order", async () => {
    const parked: ((response: StoreResponse) => void)[] = [];
    behind = () => new Promise((resolve) => parked.push(resolve));
    const answers = [ask("/bucket/a"), ask("/bucket/b")];
    await expect.poll(() => parked.length).toBe(2);
    behind = (request) => store.apply(request);
    parked[1]?.({ status: 503, code: "SlowDown" });
    parked[0]?.({ status: 503, code: "SlowDown" });
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([503, 503]);
  });

  test("may break the connection", async () => {
    behind = () => ({ status: 0, code: "ConnectionReset" });
    await expect(ask("/bucket/a")).rejects.toThrow();
    behind = (request) => store.apply(request);
  });

  test("learns that a client has given up", async () => {
    let gone: boolean | undefined;
    behind = (_request, { onGone }) => {
      gone = false;
      onGone(() => {
        gone = true;
      });
      return new Promise(() => undefined);
    };
    const request = httpRequest(`${door.endpoint}/bucket/a`).on("error", () => undefined);
    request.end();
    await expect.poll(() => gone).toBe(false);
    request.destroy();
    await expect.poll(() => gone).toBe(true);
    behind = (asked) => store.apply(asked);
  });
});

/** Writes all of it at once, and hangs up where `end` says so. All that is answered. */
const said = (text: string, end: "when all are answered" | "at once", answers = 0): Promise<string> =>
  new Promise((resolve) => {
    let heard = "";
    const socket = connect(door.port, "127.0.0.1");
    socket.on("data", (part) => {
      heard += part.toString("latin1");
      if (heard.split("HTTP/1.1 ").length > answers) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(heard));
    socket.write(text, () => {
      if (end === "at once") socket.destroy();
    });
  });

describe("one connection", () => {
  const get = "GET /bucket/p/x HTTP/1.1\r\nHost: x\r\n\r\n";

  test.each([2, 3])("%d requests in one write are all answered", async (count) => {
    const heard = await said(get.repeat(count), "when all are answered", count);
    expect(heard.match(/HTTP\/1\.1 200/g)).toHaveLength(count);
  });

  test("the answers come in the order of the requests, whatever the store's order is", async () => {
    const parked: ((response: StoreResponse) => void)[] = [];
    behind = () => new Promise((resolve) => parked.push(resolve));
    const heard = said(get.repeat(2), "when all are answered", 2);
    await expect.poll(() => parked.length).toBe(2);
    behind = (request) => store.apply(request);
    parked[1]?.({ status: 503, code: "SlowDown" });
    parked[0]?.({ status: 500, code: "InternalError" });
    expect((await heard).match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 500", "HTTP/1.1 503"]);
  });

  test("a client that hangs up amid its body is no bug, and nothing is stored", async () => {
    await said("PUT /bucket/half HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc", "at once");
    expect((await ask("/bucket/half")).status).toBe(404);
    expect(bugs).toEqual([]);
  });
});

describe("on the wire", () => {
  test("a bucket may stand in the host's name", async () => {
    const { hostname, port } = new URL(door.endpoint);
    const status = await new Promise((resolve) => {
      httpRequest({ hostname, port, path: "/p/x", headers: { host: `bucket.localhost:${port}` } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(200);
  });

  test.each([
    ["bytes=0-", 206, "p/segments/1", "bytes 0-11/12"],
    ["bytes=2-4", 206, "seg", "bytes 2-4/12"],
    ["bytes=-1", 206, "1", "bytes 11-11/12"],
    ["bytes=4-2", 200, "p/segments/1", null],
    ["lines=1-2", 200, "p/segments/1", null],
  ])("Range: %s is %d", async (range, status, text, contentRange) => {
    const answer = await ask("/bucket/p/segments/1", { headers: { range } });
    expect([answer.status, answer.text, answer.headers.get("content-range")]).toEqual([status, text, contentRange]);
  });

  test("a range behind the end is 416", async () => {
    const { status, text } = await ask("/bucket/p/segments/1", { headers: { range: "bytes=12-" } });
    expect([status, text]).toEqual([416, expect.stringContaining("<Code>InvalidRange</Code>")]);
  });

  test("a listing takes a prefix without its slash, and a delimiter", async () => {
    const { text } = await ask("/bucket?list-type=2&prefix=p/segments");
    expect(text.match(/<Key>/g)).toHaveLength(2);
    const rolled = (await ask("/bucket?list-type=2&prefix=p/&delimiter=/")).text;
    expect(rolled).toContain("<CommonPrefixes><Prefix>p/segments/</Prefix></CommonPrefixes>");
    expect(rolled).toContain("<Key>p/x</Key>");
    expect(rolled).toContain("<KeyCount>2</KeyCount>");
  });

  test("an aws-chunked body is taken out of its chunks", async () => {
    const body = "5;chunk-signature=00\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
    const headers = { "content-encoding": "aws-chunked", "x-amz-decoded-content-length": "11" };
    expect((await ask("/bucket/chunked", { method: "PUT", headers, body })).status).toBe(200);
    expect((await ask("/bucket/chunked")).text).toBe("hello world");
  });

  test("HEAD tells the size; a missing key and a missing bucket are told apart", async () => {
    expect((await ask("/bucket/p/x", { method: "HEAD" })).headers.get("content-length")).toBe("3");
    expect((await ask("/bucket/none")).text).toContain("<Code>NoSuchKey</Code>");
    expect((await ask("/none/none")).text).toContain("<Code>NoSuchBucket</Code>");
    expect((await ask("/bucket", { method: "HEAD" })).status).toBe(200);
    expect((await ask("/none", { method: "HEAD" })).status).toBe(404);
  });

  test.each([
    ["PATCH", "/bucket/a", 405, "MethodNotAllowed"],
    ["GET", "/bucket/a?acl", 501, "NotImplemented"],
    ["GET", "/bucket/%ff", 400, "InvalidURI"],
    ["GET", "/Bucket_A/a", 400, "InvalidBucketName"],
    ["GET", "/b%00/a", 400, "InvalidBucketName"],
    ["GET", "/10.0.0.1/a", 400, "InvalidBucketName"],
    ["HEAD", "/a..b/a", 400, ""],
    ["GET", "/bucket?encoding-type=html", 400, "InvalidArgument"],
    ["GET", "/bucket?list-type=2&encoding-type=html", 400, "InvalidArgument"],
    ["GET", "/bucket?list-type=3", 400, "InvalidArgument"],
    ["GET", `/bucket/${"k".repeat(1025)}`, 400, "KeyTooLongError"],
  ])("%s %s is refused", async (method, path, status, code) => {
    const answer = await ask(path, { method });
    const said = method === "HEAD" ? "" : `<Code>${code}</Code>`;
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(said)]);
  });
});
