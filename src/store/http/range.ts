// `Range: bytes=...` on a GET: the piece of a body that was asked for.
import { bodyBytes } from "../body.js";
import type { WireResponse } from "../wire.js";
import { Refusal } from "./refusal.js";

/**
 * A whole answer (200) cut to the range: 206 with `Content-Range`. A header that is no single byte range is ignored, as
 * RFC 9110, 14.2 has it; one that begins behind the end is 416.
 */
export function cutToRange(answer: WireResponse, header: string): WireResponse {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (match === null || (match[1] === "" && match[2] === "")) return answer;
  const body = bodyBytes(answer.body);
  const size = body.byteLength;
  const [first, last] = bounds(match[1] ?? "", match[2] ?? "", size);
  if (match[1] !== "" && match[2] !== "" && Number(match[2]) < Number(match[1])) return answer;
  if (first >= size || last < first) throw new Refusal(416, "InvalidRange");
  const piece = body.subarray(first, last + 1);
  const headers = {
    ...answer.headers,
    "content-length": String(piece.byteLength),
    "content-range": `bytes ${first}-${last}/${size}`,
  };
  return { status: 206, headers, body: piece };
}

// --- internal ---

/** First and last byte. `-5` is the last five, `5-` all from the sixth. */
function bounds(from: string, to: string, size: number): readonly [first: number, last: number] {
  if (from === "") return [Math.max(0, size - Number(to)), Number(to) === 0 ? -1 : size - 1];
  return [Number(from), to === "" ? size - 1 : Math.min(Number(to), size - 1)];
}
