// Asking the store until it gives a definite answer. For requests that may be sent twice without harm.
import { outcomeOf } from "../store/failure.js";
import type { StoreRequest, StoreResponse } from "../store/request.js";
import { fail } from "./answer.js";
import { isIntact, stamped } from "./checksum.js";
import type { Core, Found, Result } from "./core.js";

/** How often one request is sent before its client gives up. */
export const ATTEMPTS = 4;
const BACKOFF_MS = 50;

/**
 * Sends once; keeps note of the store's clock. Keys are relative to the manifest's prefix. A success that can't be
 * trusted comes back as no answer: whoever sent the request has to find out, or to ask again.
 */
export async function sendOnce(core: Core, request: StoreRequest): Promise<StoreResponse> {
  const { env, memory } = core;
  const response = await env.send({ ...stamped(request), key: env.prefix + request.key });
  if (response.date !== undefined && response.date > memory.storeNow) memory.storeNow = response.date;
  return response.status === 200 ? trusted(request, response) : response;
}

/** Waits before the attempt after `attempt` (from 0), longer each time. */
export const backOff = (core: Core, attempt: number): Promise<void> => core.env.clock.sleep(BACKOFF_MS * 2 ** attempt);

/** Sends a request that is safe to repeat until its answer is definite; the last answer if none ever is. */
export async function ask(core: Core, request: StoreRequest): Promise<StoreResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await sendOnce(core, request);
    if (!outcomeOf(response).retryable || attempt + 1 === ATTEMPTS) return response;
    await backOff(core, attempt);
  }
}

/** Why an answer is no use, as a definite failure: a request that is asked this way changes nothing that counts. */
export function unavailable(what: string, response: StoreResponse): Result<never> {
  const how =
    response.status === 0 ? (response.code ?? "no answer") : `${response.status} ${response.code ?? ""}`.trim();
  return fail(outcomeOf(response).word, `${what}: ${how}`);
}

/** GET: the object, undefined where there is none (404), or a refusal. */
export async function getObject(core: Core, key: string): Promise<Result<Found | undefined>> {
  const response = await ask(core, { method: "GET", key });
  if (response.status === 404) return undefined;
  if (response.status !== 200 || response.body === undefined || response.etag === undefined)
    return unavailable(`GET ${key}`, response);
  return {
    body: response.body,
    etag: response.etag,
    lastModified: response.lastModified ?? core.memory.storeNow,
    date: response.date ?? core.memory.storeNow,
  };
}

/** LIST, all pages: names relative to the manifest's prefix, below `under`. */
export async function listNames(core: Core, under: string): Promise<Result<string[]>> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const request: StoreRequest = { method: "LIST", key: under };
    const response = await ask(core, token === undefined ? request : { ...request, continuationToken: token });
    if (response.status !== 200 || response.page === undefined) return unavailable(`LIST ${under}`, response);
    for (const entry of response.page.entries) names.push(entry.key.slice(core.env.prefix.length));
    token = response.page.isTruncated ? response.page.nextContinuationToken : undefined;
  } while (token !== undefined);
  return names;
}

// --- internal ---

const NO_RECEIPT: StoreResponse = { status: 0, code: "NoReceipt" };
const GARBLED: StoreResponse = { status: 0, code: "Garbled" };

/** Our own objects have an ETag in every answer, and a checksum: without the one or against the other something is wrong. */
function trusted({ method }: StoreRequest, response: StoreResponse): StoreResponse {
  if (method === "PUT") return response.etag === undefined ? NO_RECEIPT : response;
  return method === "GET" && (response.etag === undefined || !isIntact(response)) ? GARBLED : response;
}
