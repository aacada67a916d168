// `x-amz-copy-source`: the object that a copy is made of, under the conditions that stand beside it.
import type { StoreRequest, StoreResponse } from "../request.js";
import type { WireResponse } from "../wire.js";
import type { Call } from "./call.js";
import { dateRefusal } from "./date-conditions.js";
import { Refusal } from "./refusal.js";
import { isOnlyVersion } from "./versions.js";
import { written } from "./written.js";

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
}

/** `/bucket/key`, percent-encoded, perhaps without its first slash. */
export function copySourceOf(header: string): CopySource {
  const mark = header.indexOf("?versionId=");
  if (mark !== -1 && !isOnlyVersion(header.slice(mark + "?versionId=".length))) {
    throw new Refusal(400, "InvalidArgument", "Invalid version id specified");
  }
  const path = decoded((mark === -1 ? header : header.slice(0, mark)).replace(/^\//, ""));
  const slash = path.indexOf("/");
  if (slash < 1 || slash === path.length - 1) throw new Refusal(400, "InvalidArgument");
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

/** The object as the store gives it, or the answer in which the copy ends: every condition that fails is 412. */
export async function readSource(
  call: Call,
  { bucket, key }: CopySource,
): Promise<{ readonly found: StoreResponse } | { readonly refused: WireResponse }> {
  const { headers } = call.wire;
  if (!call.buckets.has(bucket)) throw new Refusal(404, "NoSuchBucket");
  const ifMatch = headers["x-amz-copy-source-if-match"];
  const ifNoneMatch = headers["x-amz-copy-source-if-none-match"];
  const request: StoreRequest = {
    method: "GET",
    key,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
  };
  const found = await call.sendTo(bucket, request);
  const conditions = {
    "if-match": ifMatch,
    "if-none-match": ifNoneMatch,
    "if-modified-since": headers["x-amz-copy-source-if-modified-since"],
    "if-unmodified-since": headers["x-amz-copy-source-if-unmodified-since"],
  };
  const { date } = found;
  if (found.status === 304 || (found.status === 200 && dateRefusal(conditions, found) !== undefined)) {
    const refused: StoreResponse = { status: 412, code: "PreconditionFailed", ...(date === undefined ? {} : { date }) };
    return { refused: written(call, refused) };
  }
  return found.status === 200 && found.code === undefined ? { found } : { refused: written(call, found) };
}

// --- internal ---

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, "InvalidArgument");
  }
}
