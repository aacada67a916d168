// CopyObject: a GET and a PUT at the store, which others may come between.
import type { StoreRequest } from "../request.js";
import { requestOf, type WireResponse } from "../wire.js";
import { escaped, XML_NAMESPACE } from "../xml.js";
import type { Call } from "./call.js";
import { copySourceOf, readSource } from "./copy-source.js";
import { Refusal } from "./refusal.js";
import { written } from "./written.js";
import { xmlAnswer } from "./xml-answer.js";

export async function copyObject(call: Call, header: string): Promise<WireResponse> {
  const asked = requestOf(call.wire);
  if (asked === undefined) throw new Refusal(501, "NotImplemented");
  const source = copySourceOf(header);
  const own = call.wire.headers["x-amz-metadata-directive"] === "REPLACE";
  if (!own && source.bucket === call.wire.bucket && source.key === asked.key) {
    throw new Refusal(400, "InvalidRequest", TO_ITSELF);
  }
  const read = await readSource(call, source);
  if ("refused" in read) return read.refused;
  const { found } = read;
  const { contentType, headers, metadata } = own ? asked : found;
  const { method, key, ifMatch, ifNoneMatch } = asked;
  const request: StoreRequest = {
    method,
    key,
    body: found.body ?? "",
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(headers === undefined ? {} : { headers }),
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

/** S3's own sentence. */
const TO_ITSELF =
  "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";
