// One call at the HTTP door: the request on the wire, who makes it, and the way to the store.
import type { StoreRequest, StoreResponse } from "../request.js";
import type { WireRequest, WireResponse } from "../wire.js";
import type { Buckets } from "./buckets.js";
import type { Uploads } from "./uploads.js";

/** Who asks. */
export interface Caller {
  /** Out of the Authorization header or the URL's signature; empty for an anonymous request. */
  readonly accessKeyId: string;
  readonly bucket: string;
  /** The id that S3 gives a request, also in the answer's `x-amz-request-id`. */
  readonly requestId: string;
  /** `attempt=2; max=3`, from those SDKs that number their tries (`amz-sdk-request`). */
  readonly attempt: string | undefined;
  /** When the client says that it signed: its own clock, to the second. Milliseconds. */
  readonly signedAt: number | undefined;
  /** Called once if the client gives up, or its connection breaks, before it has its answer. */
  readonly onGone: (listener: () => void) => void;
}

/**
 * What stands behind the HTTP door. Status 0 breaks the connection instead of answering; a promise that stays open
 * leaves the client waiting.
 */
export type Answer = (request: StoreRequest, caller: Caller) => StoreResponse | Promise<StoreResponse>;

export interface Call {
  readonly wire: WireRequest;
  /** The body's bytes; the same as `wire.body`. */
  readonly bytes: Uint8Array;
  /** Headers with which the answer to an upload repeats the checksums that were checked. */
  readonly echoes: Readonly<Record<string, string>>;
  readonly caller: Caller;
  /** To the caller's bucket. */
  readonly send: (request: StoreRequest) => StoreResponse | Promise<StoreResponse>;
  readonly sendTo: (bucket: string, request: StoreRequest) => StoreResponse | Promise<StoreResponse>;
  readonly buckets: Buckets;
  readonly uploads: Uploads;
}

/** One of S3's operations. An answer with status 0 breaks the connection. Throws a `Refusal` for what S3 would not do. */
export type Operation = (call: Call) => WireResponse | Promise<WireResponse>;

/** The access key id of a request: signature version 4 in a header or in the URL, version 2, or none. */
export function accessKeyIdOf({ headers, query }: WireRequest): string {
  const authorization = headers["authorization"];
  if (authorization !== undefined) {
    const start = authorization.indexOf("Credential=");
    if (start !== -1) return upTo(authorization.slice(start + "Credential=".length), "/");
    return authorization.startsWith("AWS ") ? upTo(authorization.slice("AWS ".length), ":") : "";
  }
  return upTo(query["X-Amz-Credential"] ?? query["AWSAccessKeyId"] ?? "", "/");
}

const upTo = (text: string, end: string): string => text.split(end, 1)[0] ?? "";
