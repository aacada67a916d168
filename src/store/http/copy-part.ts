// UploadPartCopy: a part whose bytes are those of an object, or of a range in it.
import { bodyBytes } from "../body.js";
import type { WireResponse } from "../wire.js";
import { escaped, XML_NAMESPACE } from "../xml.js";
import type { Call } from "./call.js";
import { copySourceOf, readSource } from "./copy-source.js";
import { Refusal } from "./refusal.js";
import type { Upload } from "./uploads.js";
import { xmlAnswer } from "./xml-answer.js";

export async function copyPart(call: Call, source: string, upload: Upload, number: number): Promise<WireResponse> {
  const read = await readSource(call, copySourceOf(source));
  if ("refused" in read) return read.refused;
  const bytes = rangeOf(bodyBytes(read.found.body ?? ""), call.wire.headers["x-amz-copy-source-range"]);
  const etag = call.uploads.put(upload, number, bytes);
  const time = new Date(read.found.date ?? 0).toISOString();
  return xmlAnswer(
    `<CopyPartResult ${XML_NAMESPACE}><ETag>${escaped(etag)}</ETag><LastModified>${time}</LastModified></CopyPartResult>`,
  );
}

// --- internal ---

/** Both ends have to be given, and to be there: unlike a GET's, such a range is never ignored [cloudserver#2194]. */
function rangeOf(bytes: Uint8Array, header: string | undefined): Uint8Array {
  if (header === undefined) return bytes;
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  if (from === undefined || to === undefined || Number(to) < Number(from)) {
    throw new Refusal(
      400,
      "InvalidArgument",
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
    );
  }
  if (Number(to) >= bytes.byteLength)
    throw new Refusal(400, "InvalidArgument", "Range specified is not valid for source object");
  return bytes.subarray(Number(from), Number(to) + 1);
}
