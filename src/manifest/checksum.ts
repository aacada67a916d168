// What our objects carry in their user metadata, so that a reader notices a body that is not what was written.
import { crc32 } from "node:zlib";
import { bodyBytes, bodyText } from "../store/body.js";
import type { Body, StoreRequest, StoreResponse } from "../store/request.js";

/** User metadata: CRC-32 of the body, eight hexadecimal digits. fusio-manifest's reader ignores it. */
const CHECKSUM = "crc32";

/** The same PUT with its body's checksum. */
export const stamped = (request: StoreRequest): StoreRequest =>
  request.body === undefined
    ? request
    : { ...request, metadata: { ...request.metadata, [CHECKSUM]: checksumOf(request.body) } };

/** True where a body is what its writer sent. Without a checksum (another program's object) it must at least be JSON. */
export function isIntact({ body, metadata }: StoreResponse): boolean {
  if (body === undefined) return false;
  const written = metadata?.[CHECKSUM];
  return written === undefined ? isJson(bodyText(body)) : written === checksumOf(body);
}

// --- internal ---

const checksumOf = (body: Body): string =>
  crc32(typeof body === "string" ? body : bodyBytes(body))
    .toString(16)
    .padStart(8, "0");

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
