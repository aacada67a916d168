// If-Modified-Since and If-Unmodified-Since on a read, which the store knows nothing of: its answer has the date.
import type { StoreResponse } from "../request.js";
import type { WireRequest } from "../wire.js";

/**
 * What stands in place of a found object, where its date is not as the request wants it. A condition on the ETag comes
 * first and makes the one on the date void: RFC 9110, 13.2.2; AWS, GetObject, `If-Modified-Since`.
 */
export function dateRefusal(headers: WireRequest["headers"], found: StoreResponse): StoreResponse | undefined {
  const { date, etag, lastModified } = found;
  if (date === undefined || lastModified === undefined) return undefined;
  if (headers["if-match"] === undefined && lastModified > timeOf(headers["if-unmodified-since"], Infinity)) {
    return { status: 412, code: "PreconditionFailed", date };
  }
  if (headers["if-none-match"] === undefined && lastModified <= timeOf(headers["if-modified-since"], -Infinity)) {
    return { status: 304, code: "NotModified", date, lastModified, ...(etag === undefined ? {} : { etag }) };
  }
  return undefined;
}

// --- internal ---

/** A header that is no date is as good as none. */
function timeOf(header: string | undefined, otherwise: number): number {
  const time = Date.parse(header ?? "");
  return Number.isNaN(time) ? otherwise : time;
}
