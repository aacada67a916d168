// The door: one small request in, one small response out. Everything a client says to S3 passes through a `Send`.

/** S3 operations that a manifest needs. LIST is ListObjectsV2; its `key` is the prefix. */
export type Method = "GET" | "HEAD" | "PUT" | "DELETE" | "LIST";

/**
 * An object's content. A string stands for its UTF-8 bytes: manifests write JSON, and passing strings by
 * reference keeps the simulated store fast. Two bodies with equal bytes are equal, whichever form they have.
 */
export type Body = string | Uint8Array;

/** One request to the store. Absent fields mean what an absent header or query parameter means to S3. */
export interface StoreRequest {
  readonly method: Method;
  /** Object key inside the bucket; for LIST the prefix (may be empty). */
  readonly key: string;
  /** `If-Match`: a quoted ETag, or `*`. */
  readonly ifMatch?: string;
  /** `If-None-Match`: a quoted ETag, or `*`. */
  readonly ifNoneMatch?: string;
  readonly body?: Body;
  /** PUT only: the ETag that the object gets, where it is not the MD5 of its bytes (an upload in parts). */
  readonly etag?: string;
  /** PUT only: the parts of an upload in parts. */
  readonly parts?: readonly Part[];
  readonly contentType?: string;
  /** PUT only: other headers that S3 keeps with an object (`cache-control`, ...), names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** User metadata, names in lower case and without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** LIST only. */
  readonly startAfter?: string;
  readonly continuationToken?: string;
  readonly maxKeys?: number;
  /** Keys that go on after the prefix up to this text and beyond are rolled up into one common prefix. */
  readonly delimiter?: string;
}

/** One part of an object that was uploaded in parts. */
export interface Part {
  readonly number: number;
  /** In bytes. */
  readonly size: number;
}

/** One object in a LIST page. */
export interface ListEntry {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
  /** Milliseconds since the epoch on the store's clock, whole seconds. */
  readonly lastModified: number;
}

/** One page of ListObjectsV2. */
export interface ListPage {
  readonly entries: readonly ListEntry[];
  /** What a delimiter has rolled up, in key order; each counts as one key. */
  readonly commonPrefixes?: readonly string[];
  readonly isTruncated: boolean;
  readonly nextContinuationToken?: string;
}

/**
 * One response. `status` 0 says that nothing came back (`code` tells how: `Timeout`, `ConnectionReset`);
 * such a response has no `date`. Every answer of a store carries `date`, the moment of application.
 */
export interface StoreResponse {
  readonly status: number;
  /** S3's error code (`NoSuchKey`, `PreconditionFailed`, ...) when the request was not a success. */
  readonly code?: string;
  /** The store's clock at the moment of application: milliseconds since the epoch, whole seconds. */
  readonly date?: number;
  /** Quoted, as on the wire. */
  readonly etag?: string;
  readonly body?: Body;
  /** In bytes; to a HEAD, which has no body. */
  readonly size?: number;
  /** Of an object that was uploaded in parts. */
  readonly parts?: readonly Part[];
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, whole seconds. */
  readonly lastModified?: number;
  readonly page?: ListPage;
}

/** The door itself. It never rejects: what went wrong on the way is a response with status 0. */
export type Send = (request: StoreRequest) => Promise<StoreResponse>;

/** The same door where the answer is there at once: the simulated store. */
export type Apply = (request: StoreRequest) => StoreResponse;
