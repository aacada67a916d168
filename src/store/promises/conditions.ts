// Promises on conditional requests, one at a time (Amazon S3 User Guide, "Conditional requests").
import { answered, type StorePromise, worst } from "./promise.js";

const NO_SUCH_ETAG = '"00000000000000000000000000000000"';

export const conditions: readonly StorePromise[] = [
  {
    name: "put-if-none-match",
    needed: true,
    otherwise: "two writers both win a segment's slot, and an acknowledged commit is overwritten",
    shows: async (send, at) => {
      const key = `${at}a`;
      const made = await send({ method: "PUT", key, body: "1", ifNoneMatch: "*" });
      const again = await send({ method: "PUT", key, body: "2", ifNoneMatch: "*" });
      const { body } = await send({ method: "GET", key });
      const kept = { kept: body === "1", detail: `the object is ${body === "1" ? "as it was" : "overwritten"}` };
      return worst(kept, answered("key missing", made, 200), answered("key there", again, 412));
    },
  },
  {
    name: "put-if-match",
    needed: true,
    otherwise: "two writers both advance HEAD, and one's commit is gone",
    shows: async (send, at) => {
      const key = `${at}a`;
      const { etag = "" } = await send({ method: "PUT", key, body: "1" });
      const good = await send({ method: "PUT", key, body: "2", ifMatch: etag });
      const stale = await send({ method: "PUT", key, body: "3", ifMatch: etag });
      return worst(answered("ETag as it is", good, 200), answered("ETag as it was", stale, 412));
    },
  },
  {
    name: "put-if-match-missing-key",
    needed: true,
    otherwise: "a HEAD that is gone is made anew by a writer that believes to replace it",
    shows: async (send, at) => {
      const missing = await send({ method: "PUT", key: `${at}none`, body: "1", ifMatch: NO_SUCH_ETAG });
      return answered("key missing", missing, 404, 412);
    },
  },
  {
    name: "get-conditions",
    needed: false,
    otherwise: "a client that revalidates what it has cached may be served it for ever",
    shows: async (send, at) => {
      const key = `${at}a`;
      const { etag = "" } = await send({ method: "PUT", key, body: "1" });
      const same = await send({ method: "GET", key, ifNoneMatch: etag });
      const other = await send({ method: "GET", key, ifMatch: NO_SUCH_ETAG });
      return worst(answered("If-None-Match, same ETag", same, 304), answered("If-Match, other ETag", other, 412));
    },
  },
  {
    name: "delete-if-match",
    needed: false,
    otherwise: "a manifest that deletes by ETag deletes what was written since (ours never does)",
    shows: async (send, at) => {
      const key = `${at}a`;
      await send({ method: "PUT", key, body: "1" });
      return answered("other ETag", await send({ method: "DELETE", key, ifMatch: NO_SUCH_ETAG }), 412);
    },
  },
];
