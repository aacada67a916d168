import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeIn, httpDoor } from "../../../test/http-door.js";

let door: Awaited<ReturnType<typeof httpDoor>>;
beforeAll(async () => {
  door = await httpDoor();
});
afterAll(() => door.close());

const put = async (headers: Record<string, string>, body: string) => {
  const { status, text } = await door.ask("PUT", "/bucket/a", headers, body);
  return [status, codeIn(text)];
};
const chunks = (trailer = "") => `5\r\nhello\r\n0\r\n${trailer}\r\n`;
const unsigned = { "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" };
const five = { "x-amz-decoded-content-length": "5" };

describe("a body's length", () => {
  test("has to be told: without it, 411", async () => {
    const heard = await door.say("PUT /bucket/a HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(heard).toContain("HTTP/1.1 411 ");
    expect(codeIn(heard)).toBe("MissingContentLength");
  });

  test("HTTP's own chunks are taken around aws-chunked alone", async () => {
    const chunked = { "transfer-encoding": "chunked" };
    expect(await put(chunked, "hello")).toEqual([501, "NotImplemented"]);
    expect(await put({ ...chunked, ...unsigned, ...five }, chunks())).toEqual([200, undefined]);
  });

  test.each([
    [{}, 411, "MissingContentLength"],
    [{ "x-amz-decoded-content-length": "abc" }, 411, "MissingContentLength"],
    [{ "x-amz-decoded-content-length": "4" }, 400, "IncompleteBody"],
  ])("of chunks is told beside them: %j is %d %s", async (length, status, code) => {
    expect(await put({ ...unsigned, ...length }, chunks())).toEqual([status, code]);
  });

  test.each([
    "5\r\nhello\r\n0\r\n",
    "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==",
    "5\r\nhello\r\n",
    "5\r\nhel",
    "5",
    "",
  ])("chunks that break off are refused: %j", async (body) => {
    expect(await put({ ...unsigned, ...five }, body)).toEqual([400, "IncompleteBody"]);
  });
});

describe("x-amz-content-sha256", () => {
  test.each(["UNSIGNED-PAYLOAD", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"])(
    "%s is taken",
    async (payload) => {
      expect(await put({ "x-amz-content-sha256": payload }, "hello")).toEqual([200, undefined]);
    },
  );

  test.each(["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER"])(
    "%s is taken",
    async (payload) => {
      expect(await put({ "x-amz-content-sha256": payload, ...five }, chunks())).toEqual([200, undefined]);
    },
  );

  test.each(["STREAMING-ROT13", "gibberish", "", "2CF24D"])("%j is refused in S3's words", async (payload) => {
    const { status, text } = await door.ask("PUT", "/bucket/a", { "x-amz-content-sha256": payload }, "hello");
    expect([status, codeIn(text)]).toEqual([400, "InvalidArgument"]);
    expect(text).toContain("x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, ");
  });
});

describe("checksums", () => {
  const crc32 = { "x-amz-checksum-crc32": "NhCmhg==" };
  const sha512 = "m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==";
  test.each([
    [crc32, 200, undefined],
    [{ "x-amz-checksum-md5": "XUFAKrxLKna5cZ2REBfFkg==" }, 200, undefined],
    [{ "x-amz-checksum-sha512": sha512 }, 200, undefined],
    [{ "x-amz-checksum-md5": "AAAAAAAAAAAAAAAAAAAAAA==" }, 400, "BadDigest"],
    [{ ...crc32, "x-amz-checksum-sha1": "" }, 400, "InvalidRequest"],
    [{ ...crc32, "x-amz-sdk-checksum-algorithm": "CRC32" }, 200, undefined],
    [{ ...crc32, "x-amz-sdk-checksum-algorithm": "SHA1" }, 400, "InvalidRequest"],
    [{ ...crc32, "x-amz-trailer": "x-amz-checksum-sha1" }, 400, undefined],
  ])("%j is %d %s", async (headers, status, code) => {
    const [gotStatus, gotCode] = await put(headers, "hello");
    expect(gotStatus).toBe(status);
    if (code !== undefined) expect(gotCode).toBe(code);
  });

  test("one behind the body that is not beside another", async () => {
    const trailer = { ...unsigned, ...five, "x-amz-trailer": "x-amz-checksum-crc32" };
    expect(await put(trailer, chunks("x-amz-checksum-crc32:NhCmhg==\r\n"))).toEqual([200, undefined]);
    expect(await put(trailer, chunks("x-amz-checksum-crc32:AAAAAA==\r\n"))).toEqual([400, "BadDigest"]);
    expect(await put({ ...trailer, ...crc32 }, chunks("x-amz-checksum-crc32:NhCmhg==\r\n"))).toEqual([
      400,
      "InvalidRequest",
    ]);
  });
});
