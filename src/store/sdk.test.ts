import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connectionReset, timedOut } from "./failure.js";
import type { Send, StoreRequest } from "./request.js";
import { sdkSend } from "./sdk.js";
import { createS3Client } from "./sdk-client.js";

const mock = mockClient(S3Client);
let send: Send;

beforeEach(async () => {
  mock.reset();
  const credentials = { accessKeyId: "none", secretAccessKey: "tOpSeCrEt" };
  send = await sdkSend(await createS3Client({ region: "us-east-1", credentials }), "bucket");
});

afterEach(() => mock.reset());

const get: StoreRequest = { method: "GET", key: "k" };
const inputs = () => mock.calls().map((call) => call.args[0].input);

describe("commands", () => {
  const at = { Bucket: "bucket", Key: "k" };

  test.each([
    ["GET", GetObjectCommand, { ifMatch: '"e"', ifNoneMatch: "*" }, { ...at, IfMatch: '"e"', IfNoneMatch: "*" }],
    ["HEAD", HeadObjectCommand, { ifNoneMatch: '"e"' }, { ...at, IfNoneMatch: '"e"' }],
    ["DELETE", DeleteObjectCommand, {}, at],
    ["DELETE", DeleteObjectCommand, { ifMatch: '"e"' }, { ...at, IfMatch: '"e"' }],
    ["PUT", PutObjectCommand, { body: "text", ifMatch: '"e"' }, { ...at, Body: "text", IfMatch: '"e"' }],
    ["PUT", PutObjectCommand, {}, { ...at, Body: "", ContentLength: 0 }],
    [
      "PUT",
      PutObjectCommand,
      { body: "{}", ifNoneMatch: "*", contentType: "application/json", metadata: { by: "c1" } },
      { ...at, Body: "{}", IfNoneMatch: "*", ContentType: "application/json", Metadata: { by: "c1" } },
    ],
    ["LIST", ListObjectsV2Command, {}, { Bucket: "bucket", Prefix: "k" }],
    [
      "LIST",
      ListObjectsV2Command,
      { startAfter: "k1", maxKeys: 7 },
      { Bucket: "bucket", Prefix: "k", StartAfter: "k1", MaxKeys: 7 },
    ],
    [
      "LIST",
      ListObjectsV2Command,
      { continuationToken: "next" },
      { Bucket: "bucket", Prefix: "k", ContinuationToken: "next" },
    ],
  ] as const)("%s is %o with %o", async (method, command, fields, input) => {
    mock.onAnyCommand().resolves({});
    await send({ method, key: "k", ...fields });
    expect(mock.calls()).toHaveLength(1);
    expect(mock.calls()[0]?.args[0]).toBeInstanceOf(command);
    expect(inputs()).toEqual([input]);
  });
});

describe("successes", () => {
  const $metadata = { httpStatusCode: 200 };
  const LastModified = new Date(5_000);
  const body = (bytes: Uint8Array) => ({ transformToByteArray: async () => bytes }) as never;

  test("GET gives everything", async () => {
    const Body = body(Buffer.from("grün"));
    const fields = { ETag: '"e"', ContentType: "text/plain", Metadata: { by: "c1" }, LastModified };
    mock.on(GetObjectCommand).resolves({ $metadata, Body, ...fields });
    expect(await send(get)).toEqual({
      status: 200,
      etag: '"e"',
      body: "grün",
      contentType: "text/plain",
      metadata: { by: "c1" },
      lastModified: 5_000,
    });
  });

  test("GET gives bytes where they are no text", async () => {
    mock.on(GetObjectCommand).resolves({ $metadata, Body: body(Uint8Array.of(0xff, 0)) });
    expect(await send(get)).toEqual({ status: 200, body: Uint8Array.of(0xff, 0) });
  });

  test("HEAD gives no body, PUT the ETag, DELETE its 204", async () => {
    mock.on(HeadObjectCommand).resolves({ $metadata, ETag: '"e"', Metadata: {} });
    mock.on(PutObjectCommand).resolves({ $metadata, ETag: '"e"' });
    mock.on(DeleteObjectCommand).resolves({ $metadata: { httpStatusCode: 204 } });
    expect(await send({ method: "HEAD", key: "k" })).toEqual({ status: 200, etag: '"e"' });
    expect(await send({ method: "PUT", key: "k", body: "x" })).toEqual({ status: 200, etag: '"e"' });
    expect(await send({ method: "DELETE", key: "k" })).toEqual({ status: 204 });
  });

  test("LIST gives pages, empty ones too", async () => {
    const Contents = [{ Key: "k1", ETag: '"e"', Size: 3, LastModified }];
    mock
      .on(ListObjectsV2Command)
      .resolvesOnce({ $metadata, Contents, IsTruncated: true, NextContinuationToken: "next" })
      .resolvesOnce({ $metadata, IsTruncated: false });
    const list: StoreRequest = { method: "LIST", key: "k" };
    const entries = [{ key: "k1", etag: '"e"', size: 3, lastModified: 5_000 }];
    expect(await send(list)).toEqual({
      status: 200,
      page: { entries, isTruncated: true, nextContinuationToken: "next" },
    });
    expect(await send(list)).toEqual({ status: 200, page: { entries: [], isTruncated: false } });
  });
});

describe("errors become answers", () => {
  const thrown = (name: string, httpStatusCode: number) =>
    new S3ServiceException({ name, $fault: "client", $metadata: { httpStatusCode } });

  test.each([
    ["NoSuchKey", 404, "NoSuchKey"],
    ["NotFound", 404, "NoSuchKey"],
    ["NoSuchBucket", 404, "NoSuchBucket"],
    ["Unknown", 412, "PreconditionFailed"],
    ["PreconditionFailed", 412, "PreconditionFailed"],
    ["Unknown", 304, "NotModified"],
    ["304", 304, "NotModified"],
    ["412", 412, "PreconditionFailed"],
    ["ConditionalRequestConflict", 409, "ConditionalRequestConflict"],
    ["SlowDown", 503, "SlowDown"],
    ["Unknown", 503, "SlowDown"],
    ["Unknown", 403, "AccessDenied"],
    ["InternalError", 500, "InternalError"],
    ["ExpiredToken", 400, "ExpiredToken"],
    ["NotImplemented", 501, "NotImplemented"],
  ])("%s with %d is %s", async (name, status, code) => {
    mock.onAnyCommand().rejects(thrown(name, status));
    expect(await send(get)).toEqual({ status, code });
  });

  test("a broken socket is no answer", async () => {
    mock.onAnyCommand().rejects(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
    expect(await send(get)).toEqual(connectionReset);
    expect(connectionReset.status).toBe(0);
  });

  test("a timeout is no answer", async () => {
    mock.onAnyCommand().rejects(Object.assign(new Error("too long"), { name: "TimeoutError", $metadata: {} }));
    expect(await send(get)).toEqual(timedOut);
    expect(timedOut.status).toBe(0);
  });

  test("a body that breaks off is no answer", async () => {
    const Body = { transformToByteArray: () => Promise.reject(new Error("aborted")) } as never;
    mock.on(GetObjectCommand).resolves({ $metadata: { httpStatusCode: 200 }, Body });
    expect(await send(get)).toEqual(connectionReset);
  });

  test("an error in a 200 is no success", async () => {
    mock.onAnyCommand().rejects(thrown("InternalError", 200));
    expect((await send(get)).status).toBe(0);
  });
});
