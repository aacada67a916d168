// What a timed run's story holds: the requests that changed the bucket. A run of minutes has no room for the others.
import type { Applied } from "../../../model/story.js";
import { bodyText } from "../../store/body.js";
import type { StoreRequest, StoreResponse } from "../../store/request.js";

/** A request that the store has applied, and what it said. */
interface Exchange {
  readonly step: number;
  readonly atMs: number;
  readonly client: string;
  readonly request: StoreRequest;
  readonly response: StoreResponse;
}

/** The story's entry, its key below `prefix`; undefined where nothing changed. */
export function changeOf({ step, atMs, client, request, response }: Exchange, prefix: string): Applied | undefined {
  const { method, key, body } = request;
  const { status, etag } = response;
  if ((method !== "PUT" && method !== "DELETE") || status >= 300 || status < 200) return undefined;
  return {
    step,
    client,
    method,
    key: key.slice(prefix.length),
    status,
    atMs,
    ...(body === undefined ? {} : { body: bodyText(body) }),
    ...(etag === undefined ? {} : { etag }),
  };
}
