// ListObjectsV2: one page of keys. Each page is a fresh read of the bucket; the pages together are no snapshot.
import { bodySize } from "./body.js";
import { byBytes } from "./keys.js";
import type { StoredObject } from "./object.js";
import type { ListEntry, StoreRequest, StoreResponse } from "./request.js";

/** What S3 puts on a page at most. */
const PAGE_MAX = 1000;

/** A page of the sorted `keys`. A continuation token says after which key, or after which common prefix, to go on. */
export function listPage(
  request: StoreRequest,
  keys: readonly string[],
  objects: ReadonlyMap<string, StoredObject>,
  date: number,
): StoreResponse {
  const { key: prefix, startAfter, continuationToken, maxKeys = PAGE_MAX, delimiter = "" } = request;
  const from: Place | undefined =
    continuationToken === undefined ? { after: startAfter } : placeOfToken(continuationToken);
  if (from === undefined || !Number.isInteger(maxKeys) || maxKeys < 0)
    return { status: 400, code: "InvalidArgument", date };
  const limit = Math.min(maxKeys, PAGE_MAX);
  const entries: ListEntry[] = [];
  const groups: string[] = [];
  let last: string | undefined;
  let group = from.group;
  for (let i = firstOf(keys, prefix, from.after ?? group); i < keys.length; i += 1) {
    const key = keys[i];
    if (key === undefined || !key.startsWith(prefix)) break;
    if (group !== undefined && key.startsWith(group)) continue;
    if (entries.length + groups.length === limit) {
      // S3 answers an empty page that is not truncated when no keys are asked for.
      if (last === undefined) break;
      return {
        status: 200,
        date,
        page: { ...pageOf(entries, groups), isTruncated: true, nextContinuationToken: last },
      };
    }
    group = groupOf(key, prefix, delimiter);
    const object = objects.get(key);
    if (group !== undefined) groups.push(group);
    else if (object !== undefined)
      entries.push({ key, etag: object.etag, size: bodySize(object.body), lastModified: object.lastModified });
    last = tokenOf(key, group);
  }
  return { status: 200, date, page: { ...pageOf(entries, groups), isTruncated: false } };
}

// --- internal ---

/** Where a page begins: behind a key, or behind all keys of a common prefix. */
interface Place {
  readonly after?: string | undefined;
  readonly group?: string;
}

const pageOf = (entries: readonly ListEntry[], commonPrefixes: readonly string[]) =>
  commonPrefixes.length === 0 ? { entries } : { entries, commonPrefixes };

/** The key up to the first delimiter behind the prefix, which stands for all keys that start so. */
function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

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

/** Opaque to clients. The first letter is a check that a token is one of ours: `a` for a key, `b` for a common prefix. */
const tokenOf = (key: string, group: string | undefined): string =>
  `${group === undefined ? "a" : "b"}${Buffer.from(group ?? key, "utf8").toString("base64url")}`;

function placeOfToken(token: string): Place | undefined {
  if (!/^[ab][A-Za-z0-9_-]+$/.test(token)) return undefined;
  const text = Buffer.from(token.slice(1), "base64url").toString("utf8");
  return token.startsWith("a") ? { after: text } : { group: text };
}
