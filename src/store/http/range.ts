// A piece of an object: `Range: bytes=...`, or one of the parts in which it was uploaded.
import { bodyBytes } from "../body.js";
import type { Part } from "../request.js";
import type { WireResponse } from "../wire.js";
import { Refusal } from "./refusal.js";

/**
 * A whole answer (200) to a GET or a HEAD, about `size` bytes, cut to the range: 206 with `Content-Range`. A header that
 * is no single byte range is ignored, as RFC 9110, 14.2 has it; one that begins behind the end is 416.
 */
export function cutToRange(answer: WireResponse, size: number, header: string): WireResponse {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null || (match[1] === "" && match[2] === "")) return answer;
  const [first, last] = bounds(match[1] ?? "", match[2] ?? "", size);
  if (match[1] !== "" && match[2] !== "" && Number(match[2]) < Number(match[1])) return answer;
  if (first >= size || last < first) throw new Refusal(416, "InvalidRange");
  return pieceOf(answer, size, first, last);
}

/**
 * The same for a part. An object that was not uploaded in parts is its own first part, answered 206 and without a
 * count [versitygw#2074]; a part that is not there is 416 `InvalidPartNumber`. An empty piece has no `Content-Range`.
 */
export function cutToPart(
  answer: WireResponse,
  size: number,
  number: number,
  parts: readonly Part[] | undefined,
): WireResponse {
  const index = parts === undefined ? number - 1 : parts.findIndex((part) => part.number === number);
  const length = parts === undefined ? size : parts[index]?.size;
  if (index < 0 || length === undefined || (parts === undefined && index > 0)) {
    throw new Refusal(416, "InvalidPartNumber");
  }
  const first = (parts ?? []).slice(0, index).reduce((sum, part) => sum + part.size, 0);
  const count: Record<string, string> = parts === undefined ? {} : { "x-amz-mp-parts-count": String(parts.length) };
  const whole = { ...answer, headers: { ...answer.headers, ...count } };
  return length === 0 ? whole : pieceOf(whole, size, first, first + length - 1);
}

// --- internal ---

function pieceOf(answer: WireResponse, size: number, first: number, last: number): WireResponse {
  const headers = {
    ...answer.headers,
    "content-length": String(last - first + 1),
    "content-range": `bytes ${first}-${last}/${size}`,
  };
  // Of an answer to HEAD nothing is left to cut.
  return { status: 206, headers, body: bodyBytes(answer.body).subarray(first, last + 1) };
}

/** First and last byte. `-5` is the last five, `5-` all from the sixth. */
function bounds(from: string, to: string, size: number): readonly [first: number, last: number] {
  if (from === "") return [Math.max(0, size - Number(to)), Number(to) === 0 ? -1 : size - 1];
  return [Number(from), to === "" ? size - 1 : Math.min(Number(to), size - 1)];
}
