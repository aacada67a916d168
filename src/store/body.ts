// An object's content, as text or as bytes.
import type { Body } from "./request.js";

// A byte order mark is content like any other: without this option it would vanish.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

/** The content as text. Bytes are read as UTF-8. */
export const bodyText = (body: Body): string => (typeof body === "string" ? body : decoder.decode(body));

/** The content as bytes. Text is written as UTF-8. */
export const bodyBytes = (body: Body): Uint8Array => (typeof body === "string" ? encoder.encode(body) : body);

/** Its length in bytes: counted, not encoded. */
export const bodySize = (body: Body): number => (typeof body === "string" ? Buffer.byteLength(body) : body.byteLength);
