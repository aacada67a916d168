// CopyObject: a GET and a PUT at the store, which others may come between.
import type { StoreRequest } from "../request.js";
import { requestOf, type WireResponse } from "../wire.js";
import { escaped, XML_NAMESPACE } from "../xml.js";
import type { Call } from "./call.js";
import { Refusal } from "./refusal.js";
import { written } from "./written.js";
import { xmlAnswer } from "./xml-answer.js";

export async function copyObject(call: Call, source: string): Promise<WireResponse> {
  const { headers } = call.wire;
  const { bucket, key } = placeOf(source);
  if (!call.buckets.has(bucket)) throw new Refusal(404, "NoSuchBucket");
  const ifMatch = headers["x-amz-copy-source-if-match"];
  const found = await call.sendTo(bucket, { method: "GET", key, ...(ifMatch === undefined ? {} : { ifMatch }) });
  if (found.status !== 200 || found.code !== undefined) return written(call, found);
  const asked = requestOf(call.wire);
  if (asked === undefined) throw new Refusal(501, "NotImplemented");
  const own = headers["x-amz-metadata-directive"] === "REPLACE";
  const { contentType, metadata } = own ? asked : found;
  const { method, key: target, ifMatch: only, ifNoneMatch } = asked;
  const request: StoreRequest = {
    method,
    key: target,
    body: found.body ?? "",
    ...(only === undefined ? {} : { ifMatch: only }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  const response = await call.send(request);
  const answer = written(call, response);
  if (response.status !== 200 || response.code !== undefined) return answer;
  const time = new Date(response.date ?? 0).toISOString();
  return xmlAnswer(
    `<CopyObjectResult ${XML_NAMESPACE}><ETag>${escaped(response.etag ?? "")}</ETag><LastModified>${time}</LastModified></CopyObjectResult>`,
    answer.headers,
  );
}

// --- internal ---

/** `/bucket/key`, percent-encoded, perhaps without its first slash. */
function placeOf(source: string): { readonly bucket: string; readonly key: string } {
  const path = decoded(source.replace(/^\//, ""));
  const slash = path.indexOf("/");
  if (slash < 1 || slash === path.length - 1 || path.includes("?versionId=")) throw new Refusal(400, "InvalidArgument");
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, "InvalidArgument");
  }
}
