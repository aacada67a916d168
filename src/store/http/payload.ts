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

/** The body without `aws-chunked`, its length checked against what the client said. */
export function decodeBody(headers: IncomingMessage["headers"], raw: Buffer, bytesMax: number): Decoded {
  const decoded = isChunked(headers) ? decodeChunks(raw) : { body: raw, trailers: NO_TRAILERS };
  const promised = headers["x-amz-decoded-content-length"];
  if (promised !== undefined && Number(promised) !== decoded.body.byteLength) throw new Refusal(400, "IncompleteBody");
  if (decoded.body.byteLength > bytesMax) throw new Refusal(400, "EntityTooLarge");
  return decoded;
}

// --- internal ---

const NOTHING = Promise.resolve(Buffer.alloc(0));
const NO_TRAILERS = {};

const isChunked = (headers: IncomingMessage["headers"]): boolean =>
  (headers["x-amz-content-sha256"] as string | undefined)?.startsWith("STREAMING-") === true ||
  headers["content-encoding"]?.split(",").some((name) => name.trim() === "aws-chunked") === true;
