// The simulated store: S3's contract for GET, HEAD, PUT, DELETE and ListObjectsV2, by the book, in memory.
// Strongly consistent, one request at a time; all that may go wrong on the way is the faults' business.
import { hash } from "node:crypto";
import { bodySize } from "./body.js";
import { SortedKeys } from "./keys.js";
import { listPage } from "./list.js";
import type { StoredObject } from "./object.js";
import type { StoreRequest, StoreResponse } from "./request.js";

export interface SimulatedStoreOptions {
  /** The store's clock, milliseconds since the epoch. */
  readonly now: () => number;
}

export class SimulatedStore {
  private readonly objects = new Map<string, StoredObject>();
  private readonly keys = new SortedKeys();

  constructor(private readonly options: SimulatedStoreOptions) {}

  /** Applies one request, now. */
  apply(request: StoreRequest): StoreResponse {
    const date = Math.floor(this.options.now() / 1000) * 1000;
    switch (request.method) {
      case "GET":
      case "HEAD":
        return this.read(request, date);
      case "PUT":
        return this.write(request, date);
      case "DELETE":
        return this.remove(request, date);
      case "LIST":
        return listPage(request, this.keys.sorted(), this.objects, date);
    }
  }

  /** The whole content in key order: for comparing two buckets. */
  content(): readonly (readonly [key: string, object: StoredObject])[] {
    return this.keys.sorted().flatMap((key) => {
      const object = this.objects.get(key);
      return object === undefined ? [] : [[key, object] as const];
    });
  }

  // --- internal ---

  private read({ method, key, ifMatch, ifNoneMatch }: StoreRequest, date: number): StoreResponse {
    const object = this.objects.get(key);
    if (object === undefined) return refused(404, "NoSuchKey", date);
    if (ifMatch !== undefined && !matches(ifMatch, object)) return refused(412, "PreconditionFailed", date);
    const { body, etag, lastModified, contentType, headers, metadata, parts } = object;
    if (ifNoneMatch !== undefined && matches(ifNoneMatch, object))
      return { status: 304, code: "NotModified", date, etag };
    return {
      status: 200,
      date,
      etag,
      lastModified,
      ...(method === "GET" ? { body } : { size: bodySize(body) }),
      ...(contentType === undefined ? undefined : { contentType }),
      ...(headers === undefined ? undefined : { headers }),
      ...(parts === undefined ? undefined : { parts }),
      ...(metadata === undefined ? undefined : { metadata }),
    };
  }

  /** The one who finishes first wins: here that is the order of calls. */
  private write(
    { key, ifMatch, ifNoneMatch, body = "", etag: given, contentType, headers, metadata, parts }: StoreRequest,
    date: number,
  ): StoreResponse {
    if (key === "") return refused(400, "InvalidRequest", date);
    const object = this.objects.get(key);
    // S3 takes only `*` here: "NotImplemented: A header you provided implies functionality that is not implemented".
    if (ifNoneMatch !== undefined && ifNoneMatch !== "*") return refused(501, "NotImplemented", date);
    if (ifMatch !== undefined && object === undefined) return refused(404, "NoSuchKey", date);
    if (ifMatch !== undefined && object !== undefined && !matches(ifMatch, object))
      return refused(412, "PreconditionFailed", date);
    if (ifNoneMatch !== undefined && object !== undefined) return refused(412, "PreconditionFailed", date);
    const etag = given ?? `"${hash("md5", body, "hex")}"`;
    if (object === undefined) this.keys.add(key);
    this.objects.set(key, { body, etag, lastModified: date, contentType, headers, metadata, parts });
    return { status: 200, date, etag };
  }

  private remove({ key, ifMatch }: StoreRequest, date: number): StoreResponse {
    const object = this.objects.get(key);
    if (ifMatch !== undefined && object === undefined) return refused(404, "NoSuchKey", date);
    if (ifMatch !== undefined && object !== undefined && !matches(ifMatch, object))
      return refused(412, "PreconditionFailed", date);
    if (object !== undefined) {
      this.objects.delete(key);
      this.keys.delete(key);
    }
    return { status: 204, date };
  }
}

const matches = (condition: string, { etag }: StoredObject): boolean => condition === "*" || condition === etag;

const refused = (status: number, code: string, date: number): StoreResponse => ({ status, code, date });
