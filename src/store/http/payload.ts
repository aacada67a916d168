// A request's body: read to its end within bounds, its transfer encoding taken off.
import type { IncomingMessage } from "node:http";
import { type Decoded, decodeChunks } from "./chunked.js";
import { Refusal } from "./refusal.js";

/** What chunk headers and trailers may add to a body. */
const CHUNKING_BYTES_MAX = 1 << 20;

/** The bytes as they came. Reads at most `bytesMax`, and refuses what is longer before it is read. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  const rawMax = bytesMax + CHUNKING_BYTES_MAX;
  if (length === 0 || (Number.isNaN(length) && request.headers["transfer-encoding"] === undefined)) return NOTHING;
  if (length > rawMax) return Promise.reject(new Refusal(400, "EntityTooLarge"));
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let total = 0;
    request.on("data", (part: Buffer) => {
      total += part.length;
      if (total > rawMax) reject(new Refusal(400, "EntityTooLarge"));
      else parts.push(part);
    });
    // Copied, since a part is a window into a larger buffer that would be kept with it.
    request.on("end", () => resolve(Buffer.concat(parts, total)));
    // The only error that a request has: its client has hung up.
    request.on("error", () => reject(new Refusal(400, "IncompleteBody")));
    request.on("close", () => reject(new Refusal(400, "IncompleteBody")));
  });
}

/** The body without `aws-chunked`, its length and the name of its encoding checked against what S3 takes. */
export function decodeBody({ method, headers }: IncomingMessage, raw: Buffer, bytesMax: number): Decoded {
  const streaming = isStreaming(headers["x-amz-content-sha256"] as string | undefined);
  const promised = headers["x-amz-decoded-content-length"] as string | undefined;
  if (method === "PUT") checkLength(headers, promised);
  if (streaming && !/^\d+$/.test(promised ?? "")) throw new Refusal(411, "MissingContentLength");
  const decoded = streaming || isChunked(headers) ? decodeChunks(raw) : { body: raw, trailers: NO_TRAILERS };
  if (promised !== undefined && Number(promised) !== decoded.body.byteLength) throw new Refusal(400, "IncompleteBody");
  if (decoded.body.byteLength > bytesMax) throw new Refusal(400, "EntityTooLarge");
  return decoded;
}

// --- internal ---

const NOTHING = Promise.resolve(Buffer.alloc(0));
const NO_TRAILERS = {};

/**
 * S3 wants to know a body's length beforehand. HTTP's own chunks it takes around `aws-chunked` alone, and else answers 501
 * [HTTP.jl#98, aws-sdk-go#138]; without any length it is 411 [versitygw#1043].
 */
function checkLength(headers: IncomingMessage["headers"], promised: string | undefined): void {
  if (headers["content-length"] !== undefined || promised !== undefined) return;
  if (headers["transfer-encoding"] !== undefined) throw new Refusal(501, "NotImplemented");
  throw new Refusal(411, "MissingContentLength");
}

const STREAMING = [
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
  "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
  "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER",
];

/** Is the body in signed or unsigned chunks? What is neither that nor a hash is refused in S3's own words [versitygw#1352]. */
function isStreaming(payload: string | undefined): boolean {
  if (payload === undefined || payload === "UNSIGNED-PAYLOAD" || /^[0-9a-f]{64}$/.test(payload)) return false;
  if (STREAMING.includes(payload)) return true;
  const known = `UNSIGNED-PAYLOAD, ${STREAMING.join(", ")}`;
  throw new Refusal(400, "InvalidArgument", `x-amz-content-sha256 must be ${known} or a valid sha256 value.`);
}

const isChunked = (headers: IncomingMessage["headers"]): boolean =>
  headers["content-encoding"]?.split(",").some((name) => name.trim() === "aws-chunked") === true;
