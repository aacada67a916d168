// S3's HTTP headers: a request and a response as the door knows them, read from and written to the wire's names.
import { bodyBytes } from "./body.js";
import type { Body, Method, StoreRequest, StoreResponse } from "./request.js";
import { type ErrorDetails, errorXml, listXml, XML_HEADER } from "./xml.js";

/** An HTTP request to one bucket, its path style address taken apart. */
export interface WireRequest {
  readonly method: string;
  readonly bucket: string;
  /** Decoded; empty where the request is to the bucket itself. */
  readonly key: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body | undefined;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const META = "x-amz-meta-";

/** The request in the door's words, or undefined for one that the door doesn't know. */
export function requestOf(wire: WireRequest): StoreRequest | undefined {
  if (wire.key === "") return wire.method === "GET" && wire.query["list-type"] === "2" ? listRequest(wire) : undefined;
  if (!isMethod(wire.method)) return undefined;
  const { headers, body } = wire;
  const metadata = metadataOf(headers);
  return {
    method: wire.method,
    key: wire.key,
    ...(headers["if-match"] === undefined ? {} : { ifMatch: headers["if-match"] }),
    ...(headers["if-none-match"] === undefined ? {} : { ifNoneMatch: headers["if-none-match"] }),
    ...(wire.method === "PUT" && body !== undefined ? { body } : {}),
    ...(wire.method === "PUT" && headers["content-type"] !== undefined ? { contentType: headers["content-type"] } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** The answer on the wire. `status` 0 has none: the caller breaks the connection instead. */
export function responseOn(wire: WireRequest, response: StoreResponse, details?: ErrorDetails): WireResponse {
  const headers: Record<string, string> = {};
  if (response.date !== undefined) headers["date"] = new Date(response.date).toUTCString();
  if (response.etag !== undefined) headers["etag"] = response.etag;
  if (response.lastModified !== undefined) headers["last-modified"] = new Date(response.lastModified).toUTCString();
  for (const [name, value] of Object.entries(response.metadata ?? {})) headers[`${META}${name}`] = value;
  if (response.contentType !== undefined) headers["content-type"] = response.contentType;
  const body = contentOf(wire, response, details);
  const { method } = wire;
  if (response.status !== 204 && response.status !== 304) {
    // What HEAD says is the length that a GET would have.
    const length = method === "HEAD" && response.status < 300 ? response.size : body.byteLength;
    if (length !== undefined) headers["content-length"] = String(length);
  }
  if (response.page !== undefined || response.status >= 400) headers["content-type"] = "application/xml";
  return { status: response.status, headers, body };
}

/** The user metadata among a request's headers. */
export function metadataOf(headers: WireRequest["headers"]): Record<string, string> | undefined {
  let metadata: [string, string][] | undefined;
  for (const name in headers) {
    const value = headers[name];
    if (!name.startsWith(META) || value === undefined) continue;
    metadata ??= [];
    metadata.push([name.slice(META.length), value]);
  }
  // Not by assignment: a name such as `__proto__` would be lost.
  return metadata === undefined ? undefined : Object.fromEntries(metadata);
}

// --- internal ---

const EMPTY = new Uint8Array();

const isMethod = (method: string): method is Method => ["GET", "HEAD", "PUT", "DELETE"].includes(method);

function listRequest({ query }: WireRequest): StoreRequest {
  const { prefix, "start-after": startAfter, "continuation-token": continuationToken, "max-keys": maxKeys } = query;
  const { delimiter } = query;
  return {
    method: "LIST",
    key: prefix ?? "",
    ...(startAfter === undefined ? {} : { startAfter }),
    ...(continuationToken === undefined ? {} : { continuationToken }),
    ...(maxKeys === undefined ? {} : { maxKeys: Number(maxKeys) }),
    ...(delimiter === undefined || delimiter === "" ? {} : { delimiter }),
  };
}

function contentOf(
  { method, bucket, key, query }: WireRequest,
  { status, page, body, code }: StoreResponse,
  details: ErrorDetails = { key },
): Uint8Array {
  if (method === "HEAD" || status === 204 || status === 304) return EMPTY;
  if (page !== undefined) {
    const request = {
      bucket,
      prefix: query["prefix"] ?? "",
      maxKeys: Number(query["max-keys"] ?? 1000),
      urlEncoded: query["encoding-type"] === "url",
      delimiter: query["delimiter"],
      startAfter: query["start-after"],
      continuationToken: query["continuation-token"],
    };
    return bodyBytes(`${XML_HEADER}${listXml(request, page)}`);
  }
  if (body !== undefined) return bodyBytes(body);
  // A code in a 200: S3 has begun its answer before it knew that it would fail.
  return status >= 400 || code !== undefined ? bodyBytes(errorXml(code ?? "InternalError", details)) : EMPTY;
}
