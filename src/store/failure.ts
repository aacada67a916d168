// The one table that decides what an answer says about its request: applied, not applied, or nobody knows.
import type { StoreResponse } from "./request.js";

export interface Meaning {
  /** HTTP status; 0 where nothing came back. */
  readonly status: number;
  readonly code: string;
  /** Whether this attempt was applied. Says nothing about earlier attempts of the same call. */
  readonly applied: "yes" | "no" | "unknown";
  /** True where the same request may do better a little later. */
  readonly retryable: boolean;
  /** The one word for it in histories. */
  readonly word: string;
  readonly says: string;
}

const row = (
  status: number,
  code: string,
  applied: Meaning["applied"],
  retryable: boolean,
  word: string,
  says: string,
): Meaning => ({
  status,
  code,
  applied,
  retryable,
  word,
  says,
});

/**
 * Every answer that a client of S3 has to tell apart. 503 and 429 are definite at S3 itself, but not behind a proxy (iceberg#15050).
 * @internal
 */
export const MEANINGS: readonly Meaning[] = [
  row(200, "", "yes", false, "ok", "Done."),
  row(204, "", "yes", false, "ok", "Done, nothing to say (DELETE)."),
  row(304, "NotModified", "no", false, "unchanged", "The object still has the ETag of If-None-Match."),
  row(400, "BadRequest", "no", false, "refused", "The request is malformed."),
  row(400, "ExpiredToken", "no", true, "denied", "The credentials have expired; new ones may do better."),
  row(403, "AccessDenied", "no", false, "denied", "These credentials may not do that."),
  row(403, "RequestTimeTooSkewed", "no", false, "denied", "The client's clock is too far off for its signature."),
  row(404, "NoSuchKey", "no", false, "missing", "There is no such object (also: If-Match on a missing key)."),
  row(404, "NoSuchBucket", "no", false, "missing", "There is no such bucket."),
  row(
    409,
    "ConditionalRequestConflict",
    "no",
    true,
    "unavailable",
    "Lost a race that is still open: not applied, try again. Nobody need hold the key.",
  ),
  row(412, "PreconditionFailed", "no", false, "precondition", "The condition does not hold."),
  row(429, "TooManyRequests", "unknown", true, "unavailable", "Too fast."),
  row(500, "InternalError", "unknown", true, "unavailable", "The store failed, perhaps after applying."),
  row(501, "NotImplemented", "no", false, "refused", "The store doesn't know this header."),
  row(502, "BadGateway", "unknown", true, "unavailable", "A proxy got no answer."),
  row(503, "SlowDown", "unknown", true, "unavailable", "Too fast, or a proxy gave up."),
  row(504, "GatewayTimeout", "unknown", true, "unavailable", "A proxy waited in vain."),
  row(0, "Timeout", "unknown", true, "timeout", "No answer came in time; the request may still be on its way."),
  row(0, "ConnectionReset", "unknown", true, "timeout", "The connection broke before an answer came."),
  row(
    0,
    "NoReceipt",
    "unknown",
    true,
    "unavailable",
    "A 200 to a PUT without an ETag: an <Error> in a 200, or a header lost on the way.",
  ),
  row(
    0,
    "Garbled",
    "unknown",
    true,
    "unavailable",
    "A body that is not what was written, by its checksum; or one without an ETag.",
  ),
];

/** What an answer means. By status and code, then by status, then by its hundred: an unknown 4xx is definite, all else is not. */
export function outcomeOf({ status, code }: StoreResponse): Meaning {
  const rows = byStatus.get(status);
  if (rows !== undefined)
    return (code === undefined ? undefined : rows.find((row) => row.code === code)) ?? rows[0] ?? unknownAnswer(status);
  return unknownAnswer(status);
}

const failure = (status: number, code: string): StoreResponse => ({ status, code });

/** No answer within the client's patience. */
export const timedOut = failure(0, "Timeout");
/** The connection broke. */
export const connectionReset = failure(0, "ConnectionReset");
export const internalError = failure(500, "InternalError");
export const slowDown = failure(503, "SlowDown");
export const tooManyRequests = failure(429, "TooManyRequests");
export const expiredToken = failure(400, "ExpiredToken");
export const requestTimeTooSkewed = failure(403, "RequestTimeTooSkewed");
export const conditionalRequestConflict = failure(409, "ConditionalRequestConflict");

// --- internal ---

const byStatus: ReadonlyMap<number, readonly Meaning[]> = grouped();

function grouped(): Map<number, Meaning[]> {
  const groups = new Map<number, Meaning[]>();
  for (const meaning of MEANINGS) groups.set(meaning.status, [...(groups.get(meaning.status) ?? []), meaning]);
  return groups;
}

const unknownAnswer = (status: number): Meaning =>
  status >= 200 && status < 300
    ? row(status, "", "yes", false, "ok", "A success of another kind.")
    : status >= 400 && status < 500
      ? row(status, "", "no", false, "refused", "The store won't do it.")
      : row(status, "", "unknown", true, "unavailable", "An answer that says nothing about the request.");
