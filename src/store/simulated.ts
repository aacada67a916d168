import { hash } from "node:crypto";
import type { Body, StoreRequest, StoreResponse } from "./request.js";
interface Obj { body: Body; etag: string; lastModified: number; metadata: StoreRequest["metadata"] }
export class SimulatedStore {
  readonly objects = new Map<string, Obj>();
  constructor(private readonly options: { now: () => number }) {}
  apply(r: StoreRequest): StoreResponse {
    const date = Math.floor(this.options.now() / 1000) * 1000;
    const o = this.objects.get(r.key);
    const no = (status: number, code: string): StoreResponse => ({ status, code, date });
    switch (r.method) {
      case "GET": case "HEAD":
        if (o === undefined) return no(404, "NoSuchKey");
        return { status: 200, date, etag: o.etag, body: o.body, lastModified: o.lastModified, ...(o.metadata ? { metadata: o.metadata } : {}) };
      case "PUT": {
        if (r.ifNoneMatch !== undefined && o !== undefined) return no(412, "PreconditionFailed");
        if (r.ifMatch !== undefined) { if (o === undefined) return no(404, "NoSuchKey"); if (o.etag !== r.ifMatch) return no(412, "PreconditionFailed"); }
        const etag = `"${hash("md5", r.body ?? "", "hex")}"`;
        this.objects.set(r.key, { body: r.body ?? "", etag, lastModified: date, metadata: r.metadata });
        return { status: 200, date, etag };
      }
      case "DELETE": this.objects.delete(r.key); return { status: 204, date };
      case "LIST": {
        const keys = [...this.objects.keys()].filter((k) => k.startsWith(r.key)).sort();
        return { status: 200, date, page: { isTruncated: false, entries: keys.map((key) => { const x = this.objects.get(key) as Obj; return { key, etag: x.etag, size: x.body.length, lastModified: x.lastModified }; }) } };
      }
    }
  }
}
