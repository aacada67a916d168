// ListObjectsV2: one page of keys. Each page is a fresh read of the bucket; the pages together are no snapshot.
import { byBytes } from "./keys.js";
import type { StoredObject } from "./object.js";
import type { ListEntry, StoreRequest, StoreResponse } from "./request.js";

/** What S3 puts on a page at most. */
const PAGE_MAX = 1000;

/** A page of the sorted `keys`. A continuation token says after which key to go on. */
export function listPage(
  request: StoreRequest,
  keys: readonly string[],
  objects: ReadonlyMap<string, StoredObject>,
  date: number,
): StoreResponse {
  const { key: prefix, startAfter, continuationToken, maxKeys = PAGE_MAX } = request;
  const after = continuationToken === undefined ? startAfter : keyOfToken(continuationToken);
  if (after === undefined && continuationToken !== undefined) return { status: 400, code: "InvalidArgument", date };
  if (!Number.isInteger(maxKeys) || maxKeys < 0) return { status: 400, code: "InvalidArgument", date };
  const limit = Math.min(maxKeys, PAGE_MAX);
  const entries: ListEntry[] = [];
  for (let i = firstOf(keys, prefix, after); i < keys.length; i += 1) {
    const key = keys[i];
    if (key === undefined || !key.startsWith(prefix)) break;
    const last = entries.at(-1);
    if (entries.length === limit) {
      // S3 answers an empty page that is not truncated when no keys are asked for.
      if (last === undefined) break;
      return { status: 200, date, page: { entries, isTruncated: true, nextContinuationToken: tokenOf(last.key) } };
    }
    const object = objects.get(key);
    if (object !== undefined)
      entries.push({ key, etag: object.etag, size: sizeOf(object), lastModified: object.lastModified });
  }
  return { status: 200, date, page: { entries, isTruncated: false } };
}

// --- internal ---

/** The index of the first key that is neither before the prefix nor up to `after`, whichever comes later. */
function firstOf(keys: readonly string[], prefix: string, after: string | undefined): number {
  if (after === undefined || byBytes(after, prefix) < 0) return firstAtLeast(keys, prefix);
  const index = firstAtLeast(keys, after);
  return keys[index] === after ? index + 1 : index;
}

/** Binary search: the index of the first key that is not before `bound`. */
function firstAtLeast(keys: readonly string[], bound: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (byBytes(keys[middle] ?? "", bound) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counted, not encoded: a LIST of many objects need not write out their texts. */
const sizeOf = ({ body }: StoredObject): number =>
  typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;

/** Opaque to clients. The first letter is a check that a token is one of ours. */
const tokenOf = (key: string): string => `a${Buffer.from(key, "utf8").toString("base64url")}`;
const keyOfToken = (token: string): string | undefined =>
  /^a[A-Za-z0-9_-]+$/.test(token) ? Buffer.from(token.slice(1), "base64url").toString("utf8") : undefined;
