// ListObjects, the first version, which older clients ask: the same pages, begun behind a `marker`.
import type { ListPage } from "../request.js";
import type { WireResponse } from "../wire.js";
import { listXml } from "../xml.js";
import type { Call } from "./call.js";
import { written } from "./written.js";
import { xmlAnswer } from "./xml-answer.js";

export async function listV1(call: Call): Promise<WireResponse> {
  const { query, bucket } = call.wire;
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

function lastOn({ entries, commonPrefixes = [] }: ListPage): string {
  const key = entries.at(-1)?.key ?? "";
  const group = commonPrefixes.at(-1) ?? "";
  return Buffer.compare(Buffer.from(key), Buffer.from(group)) > 0 ? key : group;
}
