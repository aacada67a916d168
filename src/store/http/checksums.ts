// What a client says about its body's bytes is checked: Content-MD5, the SHA-256 of its signature, x-amz-checksum-*.
import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { crc32c } from "@aws-crypto/crc32c";
import { crc64nvme } from "./crc64nvme.js";
import { Refusal } from "./refusal.js";

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Refuses a body that is not what its client says. Answers the headers with which S3 repeats the checksum.
 * `trailers` stand behind an aws-chunked body. `ofObject`: the sums in the headers are those of an object that was
 * uploaded in parts before, which `checkWhole` is for.
 */
export function checkBody(
  headers: Headers,
  trailers: Headers,
  body: Uint8Array,
  ofObject: boolean,
): Record<string, string> {
  const md5 = headers["content-md5"];
  if (md5 !== undefined) {
    if (Buffer.from(md5, "base64").length !== 16) throw new Refusal(400, "InvalidDigest");
    if (hash("md5", body, "base64") !== md5) throw new Refusal(400, "BadDigest");
  }
  const sha256 = headers["x-amz-content-sha256"];
  if (sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) && hash("sha256", body, "hex") !== sha256) {
    throw new Refusal(400, "XAmzContentSHA256Mismatch");
  }
  if (ofObject) return {};
  const promised = headers["x-amz-trailer"]?.trim().toLowerCase();
  if (promised?.startsWith(PREFIX) && trailers[promised] === undefined) throw new Refusal(400, "MalformedTrailerError");
  checkCount(headers, promised);
  return { ...checked(headers, body), ...checked(trailers, body) };
}

/** The same for an object put together of its parts. A sum over the parts' sums (`...-3`) is taken on trust. */
export function checkWhole(headers: Headers, body: Uint8Array): void {
  checkCount(headers, undefined);
  const whole = Object.entries(headers).filter(([, value]) => !/-\d+$/.test(value ?? ""));
  checked(Object.fromEntries(whole), body);
}

/** The checksum that a GET's answer carries, for clients that ask for one. */
export const checksumHeaders = (body: Uint8Array): Record<string, string> => ({
  [`${PREFIX}crc32`]: bytesOf(crc32(body)).toString("base64"),
  "x-amz-checksum-type": "FULL_OBJECT",
});

// --- internal ---

const PREFIX = "x-amz-checksum-";

const bytesOf = (sum: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(sum >>> 0);
  return bytes;
};

// No object: `x-amz-checksum-constructor` is a header like any other.
const ALGORITHMS = new Map<string, (body: Uint8Array) => Buffer>(
  Object.entries({
    crc32: (body: Uint8Array) => bytesOf(crc32(body)),
    crc32c: (body: Uint8Array) => bytesOf(crc32c(body)),
    crc64nvme,
    md5: (body: Uint8Array) => hash("md5", body, "buffer"),
    sha1: (body: Uint8Array) => hash("sha1", body, "buffer"),
    sha256: (body: Uint8Array) => hash("sha256", body, "buffer"),
    sha512: (body: Uint8Array) => hash("sha512", body, "buffer"),
  }),
);

/** Others, such as `x-amz-checksum-algorithm` and `-type`, are no sums. No library here computes XXHASH: taken on trust. */
const isSum = (name: string): boolean =>
  name.startsWith(PREFIX) && (ALGORITHMS.has(name.slice(PREFIX.length)) || name.startsWith(`${PREFIX}xxhash`));

/** At most one sum, in a header or announced for the trailer, and of the algorithm that the SDK names [versitygw#1186, #1598, #1657]. */
function checkCount(headers: Headers, promised: string | undefined): void {
  const named = Object.keys(headers).filter(isSum);
  if (named.length > 1) {
    const only = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.";
    throw new Refusal(400, "InvalidRequest", only);
  }
  if (named.length === 1 && promised?.startsWith(PREFIX)) {
    throw new Refusal(400, "InvalidRequest", "Expecting a single x-amz-checksum- header");
  }
  const algorithm = headers["x-amz-sdk-checksum-algorithm"]?.toLowerCase();
  if (named[0] !== undefined && algorithm !== undefined && named[0] !== PREFIX + algorithm) {
    throw new Refusal(400, "InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
}

function checked(headers: Headers, body: Uint8Array): Record<string, string> {
  const echoes: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (!name.startsWith(PREFIX) || value === undefined) continue;
    const sum = ALGORITHMS.get(name.slice(PREFIX.length))?.(body);
    if (sum === undefined) continue;
    if (Buffer.from(value, "base64").length !== sum.length)
      throw new Refusal(400, "InvalidRequest", `Value for ${name} header is invalid.`);
    if (sum.toString("base64") !== value) throw new Refusal(400, "BadDigest");
    echoes[name] = value;
  }
  return echoes;
}
