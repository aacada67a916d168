// What a store that lags has not caught up with yet: the last write of each key, and what was there before it.
import type { Apply, StoreRequest, StoreResponse } from "../request.js";

/** A write is recent until so many further requests have come, of whomever. */
const RECENT_REQUESTS = 3;

export interface Recent {
  /** Applies a request, and keeps note if it writes. */
  readonly apply: Apply;
  /** What a GET of the key gave before its recent write; undefined where no write of it is recent. */
  readonly before: (key: string) => StoreResponse | undefined;
}

export function recentWrites(store: Apply): Recent {
  let requests = 0;
  const writes = new Map<string, { readonly at: number; readonly before: StoreResponse }>();
  const writing = (request: StoreRequest): StoreResponse => {
    const before = store({ method: "GET", key: request.key });
    const response = store(request);
    if (response.status < 300) writes.set(request.key, { at: requests, before });
    return response;
  };
  return {
    apply: (request) => {
      requests += 1;
      return request.method === "PUT" || request.method === "DELETE" ? writing(request) : store(request);
    },
    before: (key) => {
      const write = writes.get(key);
      return write !== undefined && requests - write.at < RECENT_REQUESTS ? write.before : undefined;
    },
  };
}
