import type { StoreResponse } from "./request.js";
export const timedOut: StoreResponse = { status: 0, code: "Timeout" };
export const connectionReset: StoreResponse = { status: 0, code: "ConnectionReset" };
export const internalError: StoreResponse = { status: 500, code: "InternalError" };
export const slowDown: StoreResponse = { status: 503, code: "SlowDown" };
export const conditionalRequestConflict: StoreResponse = { status: 409, code: "ConditionalRequestConflict" };
export function outcomeOf(r: StoreResponse): { applied: "yes" | "no" | "unknown"; retryable: boolean; word: string } {
  if (r.status === 0) return { applied: "unknown", retryable: true, word: "timeout" };
  if (r.status === 409) return { applied: "no", retryable: true, word: "unavailable" };
  if (r.status === 412 || r.status === 404 || r.status === 304) return { applied: "no", retryable: false, word: "refused" };
  if (r.status >= 500 || r.status === 429) return { applied: "unknown", retryable: true, word: "unavailable" };
  if (r.status >= 400) return { applied: "no", retryable: false, word: "denied" };
  return { applied: "yes", retryable: false, word: "ok" };
}
