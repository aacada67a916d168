// ListObjectsV2; and ListObjects, the first version, which older clients ask: the same pages, begun behind a `marker`.
import type { ListPage } from "../request.js";
import { requestOf, type WireResponse } from "../wire.js";
import { listXml } from "../xml.js";
import type { Call } from "./call.js";
import { Refusal } from "./refusal.js";
import { written } from "./written.js";
import { xmlAnswer } from "./xml-answer.js";

/** ListObjectsV2 is the store's own. */
export const listV2 = async (call: Call): Promise<WireResponse> => {
  const { query } = call.wire;
  const asked = requestOf(call.wire);
  if (asked === undefined) throw new Refusal(400, "InvalidArgument", "Invalid list-type");
  checkEncoding(query);
  return written(call, await call.send(asked));
};

export async function listV1(call: Call): Promise<WireResponse> {
  const { query, bucket } = call.wire;
  checkEncoding(query);
  const { prefix = "", marker = "", delimiter = "", "max-keys": maxKeys } = query;
  // A marker that is a common prefix stands for all its keys: they lie before the greatest character behind it.
  const startAfter = delimiter !== "" && marker.endsWith(delimiter) ? `${marker}\u{10ffff}` : marker;
  const response = await call.send({
    method: "LIST",
    key: prefix,
    ...(startAfter === "" ? {} : { startAfter }),
    ...(maxKeys === undefined ? {} : { maxKeys: Number(maxKeys) }),
    ...(delimiter === "" ? {} : { delimiter }),
  });
  const { page } = response;
  if (page === undefined) return written(call, response);
  const { "content-length": _length, ...headers } = written(call, response).headers;
  const urlEncoded = query["encoding-type"] === "url";
  const nextMarker = page.isTruncated ? lastOn(page) : undefined;
  return xmlAnswer(
    listXml({ bucket, prefix, maxKeys: Number(maxKeys ?? 1000), urlEncoded, delimiter, marker, nextMarker }, page),
    headers,
  );
}

// --- internal ---

/** S3's words (AWS, ListObjectsV2: `encoding-type` has one valid value). */
function checkEncoding({ "encoding-type": encoding }: Call["wire"]["query"]): void {
  if (encoding !== undefined && encoding !== "url") {
    throw new Refusal(400, "InvalidArgument", "Invalid Encoding Method specified in Request");
  }
}

function lastOn({ entries, commonPrefixes = [] }: ListPage): string {
  const key = entries.at(-1)?.key ?? "";
  const group = commonPrefixes.at(-1) ?? "";
  return Buffer.compare(Buffer.from(key), Buffer.from(group)) > 0 ? key : group;
}
