import { afterAll, beforeAll, expect, test } from "vitest";
import { codeIn, httpDoor } from "../../../test/http-door.js";

let door: Awaited<ReturnType<typeof httpDoor>>;
beforeAll(async () => {
  door = await httpDoor();
  await door.ask("PUT", "/bucket/source", {}, "0123456789");
});
afterAll(() => door.close());

const begin = async (key: string, headers: Record<string, string> = {}) => {
  const { text } = await door.ask("POST", `/bucket/${key}?uploads`, headers, "");
  return /<UploadId>(.*)<\/UploadId>/.exec(text)?.[1] ?? "";
};
const etagIn = (text: string): string => /<ETag>(.*)<\/ETag>/.exec(text)?.[1] ?? "";

test("parts are copied from an object, whole or in a range, and can be asked for later", async () => {
  const id = await begin("copied", { "cache-control": "no-store", "x-amz-meta-by": "me" });
  const part = (number: number, headers: Record<string, string>) =>
    door.ask("PUT", `/bucket/copied?partNumber=${number}&uploadId=${id}`, headers, "");
  const source = { "x-amz-copy-source": "bucket/source" };
  const { text } = await part(1, { ...source, "x-amz-copy-source-range": "bytes=2-5" });
  expect(text).toContain("<CopyPartResult");
  const named = `<Part><PartNumber>1</PartNumber><ETag>${etagIn(text)}</ETag></Part>`;
  const xml = `<CompleteMultipartUpload>${named}</CompleteMultipartUpload>`;
  expect((await door.ask("POST", `/bucket/copied?uploadId=${id}`, {}, xml)).status).toBe(200);
  const got = await door.ask("GET", "/bucket/copied?partNumber=1");
  expect([got.status, got.text, got.headers["x-amz-mp-parts-count"]]).toEqual([206, "2345", "1"]);
  expect(got.headers).toMatchObject({ "cache-control": "no-store", "x-amz-meta-by": "me" });
});

test.each([
  ["bytes=0-10", 400, "InvalidArgument"],
  ["bytes=5-", 400, "InvalidArgument"],
  ["0-5", 400, "InvalidArgument"],
])("a range to copy has to be there: %s is %d %s", async (range, status, code) => {
  const id = await begin("none");
  const headers = { "x-amz-copy-source": "/bucket/source", "x-amz-copy-source-range": range };
  const answer = await door.ask("PUT", `/bucket/none?partNumber=1&uploadId=${id}`, headers, "");
  expect([answer.status, codeIn(answer.text)]).toEqual([status, code]);
});

test("a checksum beside the list of parts is that of the whole object", async () => {
  const id = await begin("summed");
  const { headers } = await door.ask("PUT", `/bucket/summed?partNumber=1&uploadId=${id}`, {}, "hello");
  const named = `<Part><PartNumber>1</PartNumber><ETag>${headers.etag}</ETag></Part>`;
  const complete = (sum: string) =>
    door.ask(
      "POST",
      `/bucket/summed?uploadId=${id}`,
      { "x-amz-checksum-crc32": sum },
      `<CompleteMultipartUpload>${named}</CompleteMultipartUpload>`,
    );
  expect(codeIn((await complete("AAAAAA==")).text)).toBe("BadDigest");
  expect((await complete("NhCmhg==")).status).toBe(200);
});

test.each([
  [{ "x-amz-copy-source-if-none-match": "*" }, 412],
  [{ "x-amz-copy-source-if-match": '"other"' }, 412],
  [{ "x-amz-copy-source-if-modified-since": "Wed, 01 Jan 2025 00:00:00 GMT" }, 412],
  [{ "x-amz-copy-source-if-unmodified-since": "Wed, 01 Jan 2025 00:00:00 GMT" }, 200],
  [{ "x-amz-copy-source-if-unmodified-since": "Sun, 01 Jan 2023 00:00:00 GMT" }, 412],
])("a copy under %j is %d", async (headers, status) => {
  const answer = await door.ask("PUT", "/bucket/c", { "x-amz-copy-source": "/bucket/source", ...headers }, "");
  expect(answer.status).toBe(status);
});

test("a copy of one version names the only one; onto itself it has to change something", async () => {
  const copy = async (source: string, path: string, headers: Record<string, string> = {}) =>
    codeIn((await door.ask("PUT", path, { "x-amz-copy-source": source, ...headers }, "")).text);
  expect(await copy("/bucket/source?versionId=null", "/other-bucket/c")).toBeUndefined();
  expect(await copy("/bucket/source?versionId=abc", "/other-bucket/c")).toBe("InvalidArgument");
  expect(await copy("/bucket/source", "/bucket/source")).toBe("InvalidRequest");
  expect(await copy("/bucket/source", "/bucket/source", { "x-amz-metadata-directive": "REPLACE" })).toBeUndefined();
});
