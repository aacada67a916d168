// Promises on what is read back: consistency, ETags, metadata, dates, listings.
import { answered, type Shown, type StorePromise, worst } from "./promise.js";

const shown = (kept: boolean, detail: string): Shown => ({ kept, detail });
/** More than a page of the listing below. */
const LISTED = 5;

export const objects: readonly StorePromise[] = [
  {
    name: "read-after-write",
    needed: true,
    otherwise: "a reader is served an older HEAD than one that was acknowledged",
    shows: async (send, at) => {
      const key = `${at}a`;
      for (let i = 0; i < LISTED; i += 1) {
        await send({ method: "PUT", key, body: `${i}` });
        const { body } = await send({ method: "GET", key });
        if (body !== `${i}`) return shown(false, `after overwrite ${i} a GET returned an older object`);
      }
      await send({ method: "DELETE", key });
      return answered("GET after DELETE", await send({ method: "GET", key }), 404);
    },
  },
  {
    name: "list-after-write",
    needed: true,
    otherwise: "a collector does not see a lease, and deletes what its owner reads",
    shows: async (send, at) => {
      const keys = Array.from({ length: LISTED }, (_, i) => `${at}${i}`);
      for (const key of keys.toReversed()) await send({ method: "PUT", key, body: "1" });
      const whole = await send({ method: "LIST", key: at });
      const seen = whole.page?.entries.map(({ key }) => key) ?? [];
      if (whole.page === undefined) return answered("LIST", whole, 200);
      const missing = keys.filter((key) => !seen.includes(key)).length;
      return shown(missing === 0, missing === 0 ? "a LIST shows every PUT before it" : `${missing} keys are missing`);
    },
  },
  {
    name: "list-pages",
    needed: true,
    otherwise: "a listing of many objects ends early: leases or segments are overlooked",
    shows: async (send, at) => {
      for (let i = 0; i < LISTED; i += 1) await send({ method: "PUT", key: `${at}${i}`, body: "1" });
      const seen: string[] = [];
      let token: string | undefined;
      for (let page = 0; page <= LISTED; page += 1) {
        const next = token === undefined ? {} : { continuationToken: token };
        const answer = await send({ method: "LIST", key: at, maxKeys: 2, ...next });
        if (answer.page === undefined) return answered("LIST", answer, 200);
        seen.push(...answer.page.entries.map(({ key }) => key.slice(at.length)));
        token = answer.page.nextContinuationToken;
        if (!answer.page.isTruncated) break;
      }
      const sorted = seen.join() === seen.toSorted().join();
      const all = new Set(seen).size === LISTED && seen.length === LISTED;
      return shown(all && sorted, all ? `pages ${sorted ? "in key order" : "out of order"}` : `saw ${seen.join()}`);
    },
  },
  {
    name: "etag-of-content",
    needed: true,
    otherwise: "a compare-and-swap on HEAD succeeds though HEAD has changed",
    shows: async (send, at) => {
      const key = `${at}a`;
      const first = await send({ method: "PUT", key, body: "1" });
      const got = await send({ method: "GET", key });
      const second = await send({ method: "PUT", key, body: "2" });
      if (first.etag === undefined || got.etag === undefined) return shown(false, "an answer has no ETag");
      return worst(
        shown(first.etag !== second.etag, "another content has another ETag"),
        shown(first.etag === got.etag, "GET and PUT name the same ETag"),
      );
    },
  },
  {
    name: "user-metadata",
    needed: true,
    otherwise: "segments can't be read by fusio-manifest, and checksums are lost",
    shows: async (send, at) => {
      const key = `${at}a`;
      await send({ method: "PUT", key, body: "1", metadata: { "fusio-txn-id": "7" } });
      const { metadata } = await send({ method: "GET", key });
      return shown(metadata?.["fusio-txn-id"] === "7", `came back as ${JSON.stringify(metadata ?? {})}`);
    },
  },
  {
    name: "dates",
    needed: true,
    otherwise: "nobody can tell whether a lease has run out",
    shows: async (send, at) => {
      const key = `${at}a`;
      await send({ method: "PUT", key, body: "1" });
      const { date, lastModified } = await send({ method: "GET", key });
      if (date === undefined || lastModified === undefined)
        return shown(false, `no ${date === undefined ? "Date" : "Last-Modified"} in the answer`);
      const apart = Math.abs(date - lastModified) / 1000;
      return shown(apart <= SECONDS_APART, `Date and Last-Modified of a fresh object are ${apart} s apart`);
    },
  },
];

/** Between a PUT and the GET behind it on a slow line. */
const SECONDS_APART = 30;
