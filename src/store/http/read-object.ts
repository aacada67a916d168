// GetObject and HeadObject: what the store answers, under conditions on its date, cut to the range or the part asked for.
import { requestOf, type WireRequest, type WireResponse } from "../wire.js";
import type { Call } from "./call.js";
import { checksumHeaders } from "./checksums.js";
import { dateRefusal } from "./date-conditions.js";
import { partNumber } from "./part-number.js";
import { cutToPart, cutToRange } from "./range.js";
import { Refusal } from "./refusal.js";
import { written } from "./written.js";

export async function readObject(call: Call): Promise<WireResponse> {
  const { wire } = call;
  const { range, "x-amz-checksum-mode": mode } = wire.headers;
  const part = wire.query["partNumber"];
  if (part !== undefined && range !== undefined) throw new Refusal(400, "InvalidRequest", RANGE_AND_PART);
  const number = part === undefined ? undefined : partNumber(part);
  const asked = requestOf(wire);
  if (asked === undefined) throw new Refusal(501, "NotImplemented");
  const response = await call.send(asked);
  const refused = response.status === 200 ? dateRefusal(wire.headers, response) : undefined;
  const answer = written(call, refused ?? response);
  if (answer.status !== 200 || response.code !== undefined) return answer;
  const size = wire.method === "HEAD" ? (response.size ?? 0) : answer.body.byteLength;
  const headers: Record<string, string> = { ...answer.headers, "accept-ranges": "bytes", ...overrides(wire.query) };
  if (range !== undefined) return cutToRange({ ...answer, headers }, size, range);
  if (number !== undefined) return cutToPart({ ...answer, headers }, size, number, response.parts);
  const sums = mode === "ENABLED" && wire.method === "GET" ? checksumHeaders(answer.body) : {};
  return { ...answer, headers: { ...headers, ...sums } };
}

// --- internal ---

/** S3's own sentence [ceph#66780]. */
const RANGE_AND_PART = "Cannot specify both Range header and partNumber query parameter";

/** Headers that a request asks for in place of those kept with the object (AWS, GetObject: `response-*`). */
function overrides(query: WireRequest["query"]): Record<string, string> {
  const asked: Record<string, string> = {};
  for (const name of OVERRIDDEN) {
    const value = query[`response-${name}`];
    if (value !== undefined && !/[^\t\x20-\x7e]/.test(value)) asked[name] = value;
  }
  return asked;
}

const OVERRIDDEN = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
] as const;
