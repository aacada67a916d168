// `aws-chunked`: a body in chunks, each with its length and perhaps a signature, and trailing headers behind the last.
import { Refusal } from "./refusal.js";

export interface Decoded {
  readonly body: Uint8Array;
  /** Headers behind the body, names in lower case: checksums, and the signature of the trailer. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * AWS, "Signature calculations for the Authorization header: transferring payload in multiple chunks":
 * `hex-length[;chunk-signature=...]\r\n bytes \r\n ... 0[;...]\r\n [name:value\r\n ...] \r\n`. Chunk signatures are not verified.
 */
export function decodeChunks(raw: Buffer): Decoded {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = raw.indexOf("\r\n", at);
    if (end === -1 || end - at > HEADER_MAX) throw malformed();
    const size = sizeOf(raw.toString("latin1", at, end));
    at = end + 2;
    if (size === 0) break;
    if (raw.length < at + size + 2 || raw[at + size] !== CR || raw[at + size + 1] !== LF) throw malformed();
    parts.push(raw.subarray(at, at + size));
    at += size + 2;
  }
  return { body: Buffer.concat(parts), trailers: trailersOf(raw.toString("latin1", at)) };
}

// --- internal ---

const CR = 13;
const LF = 10;
/** A length, an extension and a signature are about a hundred characters. */
const HEADER_MAX = 4096;

const malformed = () => new Refusal(400, "IncompleteBody", "The request body is no aws-chunked encoding.");

function sizeOf(header: string): number {
  const text = header.split(";", 1)[0] ?? "";
  if (!/^[0-9a-fA-F]{1,12}$/.test(text)) throw malformed();
  return Number.parseInt(text, 16);
}

function trailersOf(text: string): Record<string, string> {
  // A body that breaks off before its last line's end is refused, also by S3 [versitygw#1666].
  if (!text.endsWith("\r\n")) throw malformed();
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) throw malformed();
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
