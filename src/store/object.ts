// An object in the simulated bucket.
import type { Body, Part } from "./request.js";

/** An object as it lies in the bucket. */
export interface StoredObject {
  readonly body: Body;
  /** The quoted MD5 of the bytes, as for a single-part upload: the same bytes have the same ETag. */
  readonly etag: string;
  /** Milliseconds, whole seconds. */
  readonly lastModified: number;
  readonly contentType: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly parts: readonly Part[] | undefined;
}
