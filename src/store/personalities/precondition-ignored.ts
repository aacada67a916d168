import type { StoreRequest } from "../request.js";
import type { Personality } from "./personality.js";

export const preconditionIgnored: Personality = {
  name: "precondition-ignored",
  says: "A PUT's conditions are ignored (GCS by its XML interface, COS in a versioned bucket).",
  waives: [],
  over: (store) => (request) => store(request.method === "PUT" ? unconditional(request) : request),
};

/** The same request without its conditions. */
export function unconditional({ ifMatch: _match, ifNoneMatch: _none, ...request }: StoreRequest): StoreRequest {
  return request;
}
