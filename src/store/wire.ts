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
  const kept = wire.method === "PUT" ? keptHeaders(headers) : undefined;
  const metadata = metadataOf(headers);
  return {
    method: wire.method,
    key: wire.key,
    ...(headers["if-match"] === undefined ? {} : { ifMatch: headers["if-match"] }),
    ...(headers["if-none-match"] === undefined ? {} : { ifNoneMatch: headers["if-none-match"] }),
    ...(wire.method === "PUT" && body !== undefined ? { body } : {}),
    ...(wire.method === "PUT" && headers["content-type"] !== undefined ? { contentType: headers["content-type"] } : {}),
    ...(kept === undefined ? {} : { headers: kept }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** The answer on the wire. `status` 0 has none: the caller breaks the connection instead. */
export function responseOn(wire: WireRequest, response: StoreResponse, details?: ErrorDetails): WireResponse {
  const headers: Record<string, string> = {};
  if (response.date !== undefined) headers["date"] = new Date(response.date).toUTCString();
  if (response.etag !== undefined) headers["etag"] = response.etag;
  if (response.lastModified !== undefined) headers["last-modified"] = new Date(response.lastModified).toUTCString();
  for (const [name, value] of Object.entries(response.headers ?? {})) headers[name] = value;
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

/**
 * The headers that S3 keeps and gives back, beside the content type (AWS, "Working with object metadata":
 * system-defined metadata that a user controls). `aws-chunked` tells of the transfer and is not kept.
 */
export function keptHeaders(headers: WireRequest["headers"]): Record<string, string> | undefined {
  let kept: Record<string, string> | undefined;
  for (const name of KEPT) {
    const value = name === "content-encoding" ? withoutChunking(headers[name]) : headers[name];
    if (value !== undefined) kept = { ...kept, [name]: value };
  }
  return kept;
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

const KEPT = ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"] as const;

function withoutChunking(encoding: string | undefined): string | undefined {
  if (encoding?.includes("aws-chunked") !== true) return encoding;
  const others = encoding.split(",").filter((name) => name.trim() !== "aws-chunked");
  return others.length === 0 ? undefined : others.join(",").trim();
}

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
