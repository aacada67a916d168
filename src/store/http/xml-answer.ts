// Answers that this frame writes itself.
import type { WireResponse } from "../wire.js";
import { XML_HEADER } from "../xml.js";

const EMPTY = new Uint8Array();

/** Breaks the connection. */
export const BROKEN: WireResponse = { status: 0, headers: {}, body: EMPTY };

/** An answer without a body. */
export const bareAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): WireResponse => ({
  status,
  headers: status === 204 ? headers : { ...headers, "content-length": "0" },
  body: EMPTY,
});

/** A 200 with an XML document. */
export function xmlAnswer(content: string, headers: Readonly<Record<string, string>> = {}): WireResponse {
  const body = Buffer.from(`${XML_HEADER}${content}`);
  const length = String(body.length);
  return { status: 200, headers: { ...headers, "content-type": "application/xml", "content-length": length }, body };
}
