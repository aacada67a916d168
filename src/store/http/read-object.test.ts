import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeIn, httpDoor } from "../../../test/http-door.js";

let door: Awaited<ReturnType<typeof httpDoor>>;
const kept = {
  "cache-control": "no-store",
  "content-disposition": 'attachment; filename="a"',
  "content-encoding": "gzip",
  "content-language": "de",
  expires: "Thu, 01 Jan 2026 00:00:00 GMT",
};

beforeAll(async () => {
  door = await httpDoor();
  await door.ask(
    "PUT",
    "/bucket/ten",
    { ...kept, "content-encoding": "aws-chunked,gzip" },
    "a\r\n0123456789\r\n0\r\n\r\n",
  );
  await door.ask("PUT", "/bucket/empty", {}, "");
  const parts = [1, 2, 4].map((number) => ({ number, size: number === 4 ? 3 : 2 }));
  door.store.apply({ method: "PUT", key: "parts", body: "aabbccc", etag: '"0-3"', parts });
});
afterAll(() => door.close());

const seen = async (method: string, path: string, headers: Record<string, string> = {}) => {
  const { status, headers: got, text } = await door.ask(method, path, headers);
  return [status, text, got["content-range"], got["content-length"], got["x-amz-mp-parts-count"]];
};

describe("a range", () => {
  test("of a GET and of a HEAD is the same but for the body", async () => {
    const range = { range: "bytes=2-4" };
    expect(await seen("GET", "/bucket/ten", range)).toEqual([206, "234", "bytes 2-4/10", "3", undefined]);
    expect(await seen("HEAD", "/bucket/ten", range)).toEqual([206, "", "bytes 2-4/10", "3", undefined]);
  });

  test("behind the end is 416 for both, one that is none is ignored", async () => {
    expect((await door.ask("HEAD", "/bucket/ten", { range: "bytes=10-" })).status).toBe(416);
    expect(codeIn((await door.ask("GET", "/bucket/empty", { range: "bytes=0-" })).text)).toBe("InvalidRange");
    expect(await seen("HEAD", "/bucket/ten", { range: "bytes=x" })).toEqual([200, "", undefined, "10", undefined]);
  });
});

describe("partNumber", () => {
  test.each([
    ["GET", 1, [206, "aa", "bytes 0-1/7", "2", "3"]],
    ["GET", 2, [206, "bb", "bytes 2-3/7", "2", "3"]],
    ["GET", 4, [206, "ccc", "bytes 4-6/7", "3", "3"]],
    ["HEAD", 4, [206, "", "bytes 4-6/7", "3", "3"]],
  ])("%s of part %d of an upload in parts", async (method, number, expected) => {
    expect(await seen(method, `/bucket/parts?partNumber=${number}`)).toEqual(expected);
  });

  test("an object that was put whole is its own first part", async () => {
    expect(await seen("GET", "/bucket/ten?partNumber=1")).toEqual([206, "0123456789", "bytes 0-9/10", "10", undefined]);
    expect(await seen("HEAD", "/bucket/empty?partNumber=1")).toEqual([200, "", undefined, "0", undefined]);
  });

  test.each([
    ["/bucket/ten?partNumber=2", {}, 416, "InvalidPartNumber"],
    ["/bucket/parts?partNumber=3", {}, 416, "InvalidPartNumber"],
    ["/bucket/parts?partNumber=0", {}, 400, "InvalidArgument"],
    ["/bucket/parts?partNumber=x", {}, 400, "InvalidArgument"],
    ["/bucket/parts?partNumber=1", { range: "bytes=0-" }, 400, "InvalidRequest"],
    ["/bucket/none?partNumber=1", {}, 404, "NoSuchKey"],
  ])("GET %s %j is refused: %d %s", async (path, headers, status, code) => {
    const answer = await door.ask("GET", path, headers);
    expect([answer.status, codeIn(answer.text)]).toEqual([status, code]);
  });
});

describe("conditions on the date", () => {
  const [then, before, after] = [0, -1000, 1000].map((ms) => new Date(1_700_000_000_000 + ms).toUTCString());
  test.each([
    ["if-modified-since", then, {}, 304],
    ["if-modified-since", before, {}, 200],
    ["if-modified-since", "yesterday", {}, 200],
    ["if-modified-since", after, { "if-none-match": '"other"' }, 200],
    ["if-unmodified-since", then, {}, 200],
    ["if-unmodified-since", before, {}, 412],
    ["if-unmodified-since", before, { "if-match": "*" }, 200],
  ])("%s: %s %j is %d", async (name, date, others, status) => {
    for (const method of ["GET", "HEAD"]) {
      expect((await door.ask(method, "/bucket/ten", { ...others, [name]: date ?? "" })).status).toBe(status);
    }
  });
});

describe("headers kept with an object", () => {
  test("come back, without what only told of the transfer", async () => {
    for (const method of ["GET", "HEAD"]) {
      expect((await door.ask(method, "/bucket/ten")).headers).toMatchObject(kept);
    }
  });

  test("go along with a copy, and are replaced where it is told to", async () => {
    const source = { "x-amz-copy-source": "/bucket/ten" };
    await door.ask("PUT", "/bucket/copy", source, "");
    expect((await door.ask("HEAD", "/bucket/copy")).headers).toMatchObject(kept);
    const replace = { ...source, "x-amz-metadata-directive": "REPLACE", "cache-control": "max-age=1" };
    await door.ask("PUT", "/bucket/copy", replace, "");
    const { headers } = await door.ask("HEAD", "/bucket/copy");
    expect([headers["cache-control"], headers["expires"]]).toEqual(["max-age=1", undefined]);
  });

  test("give way to those that a request asks for", async () => {
    const query = "response-content-type=text%2Fplain&response-cache-control=private&response-expires=%0d%0aevil:1";
    const { headers } = await door.ask("GET", `/bucket/ten?${query}`);
    expect(headers).toMatchObject({ "content-type": "text/plain", "cache-control": "private", expires: kept.expires });
  });
});

describe("version ids, where there are no versions", () => {
  test("`null` is the only version", async () => {
    expect((await door.ask("GET", "/bucket/ten?versionId=null")).text).toBe("0123456789");
    await door.ask("PUT", "/bucket/gone", {}, "x");
    expect((await door.ask("DELETE", "/bucket/gone?versionId=null")).status).toBe(204);
    expect((await door.ask("GET", "/bucket/gone")).status).toBe(404);
  });

  test.each(["GET", "DELETE", "PUT"])("%s of another version is refused, and nothing happens", async (method) => {
    const answer = await door.ask(method, "/bucket/ten?versionId=abc", {}, method === "PUT" ? "x" : undefined);
    expect([answer.status, codeIn(answer.text)]).toEqual([400, "InvalidArgument"]);
    expect((await door.ask("GET", "/bucket/ten")).text).toBe("0123456789");
  });

  test("DeleteObjects tells of such an object alone", async () => {
    await door.ask("PUT", "/bucket/gone", {}, "x");
    const objects = [
      ["gone", "null"],
      ["ten", "abc"],
    ].map(([key, id]) => `<Object><Key>${key}</Key><VersionId>${id}</VersionId></Object>`);
    const { status, text } = await door.ask("POST", "/bucket?delete", {}, `<Delete>${objects.join("")}</Delete>`);
    expect(status).toBe(200);
    expect(text).toContain("<Deleted><Key>gone</Key><VersionId>null</VersionId></Deleted>");
    expect(text).toContain("<Error><Key>ten</Key><VersionId>abc</VersionId><Code>NoSuchVersion</Code>");
    expect((await door.ask("HEAD", "/bucket/ten")).status).toBe(200);
  });
});
