// What comes in from the outside may be anything: each of these is answered with S3's error, soon, and the door goes on.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeIn, httpDoor } from "../../../test/http-door.js";
import { SEED } from "../../../test/seed.js";

let door: Awaited<ReturnType<typeof httpDoor>>;
beforeAll(async () => {
  door = await httpDoor();
});
afterAll(async () => {
  expect(door.bugs).toEqual([]);
  await door.close();
});

/** A request with its length, unless the lines say how long it is. */
const put = (lines: readonly string[], body = "hello", path = "/bucket/a"): string => {
  const framed = lines.some((line) => /^(content-length|transfer-encoding):/i.test(line));
  const length = framed ? [] : [`Content-Length: ${body.length}`];
  return [`PUT ${path} HTTP/1.1`, "Host: x", ...lines, ...length, "", body].join("\r\n");
};
const post = (body: string): string => put([], body, "/bucket?delete").replace("PUT", "POST");
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const chunked = ["x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-decoded-content-length: 5"];
const bomb = `<!DOCTYPE d [<!ENTITY a "${"x".repeat(99)}"><!ENTITY b "${"&a;".repeat(99)}">]><Delete><Object><Key>&b;</Key></Object></Delete>`;

const framing: readonly (readonly [string, string, number, string])[] = [
  ["no HTTP", "\x16\x03\x01\x02\x00\x01", 400, "BadRequest"],
  ["no Host", "GET /bucket/a HTTP/1.1\r\n\r\n", 400, "BadRequest"],
  ["a tunnel", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "BadRequest"],
  ["a strange expectation", put(["Expect: the-worst"]), 417, "BadRequest"],
  ["a header of 100 KB", put([`x-amz-meta-a: ${"a".repeat(100 << 10)}`]), 400, "RequestHeaderSectionTooLarge"],
  ["two lengths", put(["Content-Length: 5", "Content-Length: 6"]), 400, "BadRequest"],
  ["a length below zero", put(["Content-Length: -5"]), 400, "BadRequest"],
  ["a length beyond all bounds", put(["Content-Length: 99999999999"]), 400, "EntityTooLarge"],
  ["a length and chunks", put(["Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n"), 400, "BadRequest"],
  ["chunks twice over", put(["Transfer-Encoding: chunked, chunked"], "0\r\n\r\n"), 400, "BadRequest"],
  ["a broken chunk", put(["Transfer-Encoding: chunked", ...chunked], "z\r\n"), 400, "BadRequest"],
];

const content: readonly (readonly [string, string, number, string])[] = [
  ["a chunk that says too much", put(chunked, "ffffffffff\r\nhello\r\n0\r\n\r\n"), 400, "IncompleteBody"],
  ["a chunk below zero", put(chunked, "-5\r\nhello\r\n0\r\n\r\n"), 400, "IncompleteBody"],
  ["an endless chunk header", put(chunked, `5;${"x".repeat(9000)}\r\nhello\r\n0\r\n\r\n`), 400, "IncompleteBody"],
  ["a trailer without a name", put(chunked, "5\r\nhello\r\n0\r\n:x\r\n\r\n"), 400, "IncompleteBody"],
  [
    "a trailer that was announced",
    put([...chunked, "x-amz-trailer: x-amz-checksum-sha1"], "5\r\nhello\r\n0\r\n\r\n"),
    400,
    "MalformedTrailerError",
  ],
  ["a key of 9 KB", get(`/bucket/${"k".repeat(9000)}`), 400, "KeyTooLongError"],
  ["half a percent sign", get("/bucket/a%2"), 400, "InvalidURI"],
  ["half a character", get("/bucket/%f0%9f"), 400, "InvalidURI"],
  ["a half surrogate", get("/bucket/%ed%a0%80"), 400, "InvalidURI"],
  ["a bucket out of the tree", get("/%2e%2e/%2e%2e/etc/passwd"), 400, "InvalidBucketName"],
  ["a bucket of an object's own words", get("/__proto__/a"), 400, "InvalidBucketName"],
  ["a bucket called constructor", get("/constructor/a"), 404, "NoSuchBucket"],
  ["pages below zero", get("/bucket?list-type=2&max-keys=-1"), 400, "InvalidArgument"],
  ["pages without end", get("/bucket?list-type=2&max-keys=1e999"), 400, "InvalidArgument"],
  ["a strange token", get("/bucket?list-type=2&continuation-token=x"), 400, "InvalidArgument"],
  ["an entity bomb", post(bomb), 400, "MalformedXML"],
  ["XML that is none", post("<Delete"), 400, "MalformedXML"],
  ["XML without end", post("<a>".repeat(100_000)), 400, "MalformedXML"],
  ["XML that is deep", post(`<Delete>${"<a>".repeat(20_000)}${"</a>".repeat(20_000)}</Delete>`), 400, "MalformedXML"],
  ["XML of other words", post("<__proto__><Object><Key>a</Key></Object></__proto__>"), 400, "MalformedXML"],
  ["XML that is no UTF-8", post("<Delete>\xff</Delete>"), 400, "MalformedXML"],
  ["a key within a key", post("<Delete><Object><Key><Key>a</Key></Key></Object></Delete>"), 400, "MalformedXML"],
  ["too many keys", post(`<Delete>${"<Object><Key>a</Key></Object>".repeat(1001)}</Delete>`), 400, "MalformedXML"],
];

describe.each([
  ["framing", framing],
  ["content", content],
])("hostile %s", (_what, cases) => {
  test.each(cases)("%s", async (_name, bytes, status, code) => {
    const heard = await door.say(Buffer.from(bytes, "latin1"));
    expect(heard.match(/^HTTP\/1\.1 (\d+)/)?.[1]).toBe(String(status));
    expect(codeIn(heard)).toBe(code);
  });
});

test("keys are names, not paths: what looks like one leads nowhere else", async () => {
  for (const key of ["..", "../../etc/passwd", "%2e%2e/%2e%2e", "%00", "a//b", ".", "__proto__", "constructor"]) {
    expect(await door.say(put([], key, `/bucket/${key}`))).toContain("HTTP/1.1 200 ");
    expect(await door.say(get(`/bucket/${key}`))).toContain(`\r\n\r\n${key}`);
  }
});

test("a header of an object's own words is a header like others", async () => {
  const lines = ["constructor", "__proto__", "tostring"].flatMap((word) => [
    `x-amz-checksum-${word}: AAAA`,
    `x-amz-meta-${word}: x`,
  ]);
  expect(await door.say(put(lines))).toContain("HTTP/1.1 200 ");
  expect(await door.say(get("/bucket/a"))).toContain("x-amz-meta-__proto__: x");
});

test("what follows half a request, or one that is refused, is not taken for a request", async () => {
  const smuggled = get("/bucket/smuggled");
  const half = put(["Content-Length: 500"]);
  expect((await door.say(half + smuggled, 1, 200)).match(/HTTP\/1\.1/g)).toBeNull();
  const refused = put(["Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n");
  expect((await door.say(refused + smuggled, 2, 200)).match(/HTTP\/1\.1/g)).toHaveLength(1);
});

test("a `100 Continue` stands before an answer, never in it, also where requests come in one write", async () => {
  const waiting = put(["Expect: 100-continue"], "hello", "/%00");
  const heard = await door.say(get("/bucket/none") + waiting + waiting, 3);
  expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(
    ["404", "100", "400", "100", "400"].map((status) => `HTTP/1.1 ${status}`),
  );
  expect(heard.match(/<\/Error>HTTP\/1\.1 100 Continue\r\n\r\nHTTP/g)).toHaveLength(2);
});

test("mangled requests are answered, or waited for, and never crash anything", async () => {
  const good = [...framing, ...content].map(([, bytes]) => bytes).filter((bytes) => bytes.length < 2000);
  const mangled = fc
    .tuple(
      fc.constantFrom(...good),
      fc.nat(),
      fc.nat(40),
      fc.constantFrom("", "\0", "\r\n", " ", "%", "<", "\xff", "0"),
    )
    .map(([bytes, at, gone, instead]) => {
      const from = at % bytes.length;
      return bytes.slice(0, from) + instead + bytes.slice(from + gone);
    });
  const check = async (bytes: string): Promise<void> => {
    const heard = await door.say(Buffer.from(bytes, "latin1"), 1, 20);
    const answers = heard.split(/(?=HTTP\/1\.1 \d{3} )/).filter((text) => text !== "");
    for (const answer of answers) {
      expect(answer).not.toMatch(/^HTTP\/1\.1 5(?!01)/);
      if (/^HTTP\/1\.1 4/.test(answer)) expect(answer).toMatch(/<Error><Code>\w+<\/Code>|^[\s\S]*\r\n\r\n$/);
    }
  };
  await fc.assert(fc.asyncProperty(mangled, check), { seed: SEED, numRuns: 150 });
  expect((await door.ask("GET", "/bucket?list-type=2")).status).toBe(200);
}, 30_000);
