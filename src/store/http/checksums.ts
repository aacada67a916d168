// What a client says about its body's bytes is checked: Content-MD5, the SHA-256 of its signature, x-amz-checksum-*.
import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { crc32c } from "@aws-crypto/crc32c";
import { crc64nvme } from "./crc64nvme.js";
import { Refusal } from "./refusal.js";

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Refuses a body that is not what its client says. Answers the headers with which S3 repeats the checksum.
 * `trailers` stand behind an aws-chunked body.
 */
export function checkBody(headers: Headers, trailers: Headers, body: Uint8Array): Record<string, string> {
  const md5 = headers["content-md5"];
  if (md5 !== undefined) {
    if (Buffer.from(md5, "base64").length !== 16) throw new Refusal(400, "InvalidDigest");
    if (hash("md5", body, "base64") !== md5) throw new Refusal(400, "BadDigest");
  }
  const sha256 = headers["x-amz-content-sha256"];
  if (sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) && hash("sha256", body, "hex") !== sha256) {
    throw new Refusal(400, "XAmzContentSHA256Mismatch");
  }
  const promised = headers["x-amz-trailer"]?.trim().toLowerCase();
  if (promised?.startsWith(PREFIX) && trailers[promised] === undefined) throw new Refusal(400, "MalformedTrailerError");
  return { ...checked(headers, body), ...checked(trailers, body) };
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

const ALGORITHMS: Readonly<Record<string, ((body: Uint8Array) => Buffer) | undefined>> = {
  crc32: (body) => bytesOf(crc32(body)),
  crc32c: (body) => bytesOf(crc32c(body)),
  crc64nvme,
  sha1: (body) => hash("sha1", body, "buffer"),
  sha256: (body) => hash("sha256", body, "buffer"),
};

function checked(headers: Headers, body: Uint8Array): Record<string, string> {
  const echoes: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (!name.startsWith(PREFIX) || value === undefined) continue;
    // Others, such as `x-amz-checksum-algorithm` and `-type`, are no sums; newer sums (MD5, XXHASH) are taken on trust.
    const sum = ALGORITHMS[name.slice(PREFIX.length)]?.(body);
    if (sum === undefined) continue;
    if (Buffer.from(value, "base64").length !== sum.length)
      throw new Refusal(400, "InvalidRequest", `Value for ${name} header is invalid.`);
    if (sum.toString("base64") !== value) throw new Refusal(400, "BadDigest");
    echoes[name] = value;
  }
  return echoes;
}
