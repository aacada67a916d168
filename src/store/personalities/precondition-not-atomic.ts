import type { StoreRequest, StoreResponse } from "../request.js";
import type { Personality } from "./personality.js";
import { unconditional } from "./precondition-ignored.js";
import { recentWrites } from "./recent.js";

export const preconditionNotAtomic: Personality = {
  name: "precondition-not-atomic",
  says: "A PUT's condition is checked, and the write made a moment later: of two racing writers both succeed (several gateways).",
  waives: [],
  over: (store) => {
    const recent = recentWrites(store);
    return (request) => {
      const before = request.method === "PUT" ? recent.before(request.key) : undefined;
      return recent.apply(before !== undefined && held(request, before) ? unconditional(request) : request);
    };
  },
};

/** Whether the condition held before the write that has just overtaken it. */
function held({ ifMatch, ifNoneMatch }: StoreRequest, { status, etag }: StoreResponse): boolean {
  if (ifNoneMatch !== undefined) return status === 404;
  return ifMatch !== undefined && status === 200 && (ifMatch === "*" || ifMatch === etag);
}
