import type { Apply, ListPage, StoreRequest } from "../request.js";
import type { Personality } from "./personality.js";
import { recentWrites } from "./recent.js";

/** So short that a handful of objects overflow it. */
const TRUNCATED_AFTER = 3;

/** The store, with each page of a LIST changed. */
const changed =
  (change: (page: ListPage) => ListPage) =>
  (store: Apply): Apply =>
  (request: StoreRequest) => {
    const response = store(request);
    return response.page === undefined ? response : { ...response, page: change(response.page) };
  };

/** What is wrong with some stores' LIST. S3's is complete, in key order, and as of now. */
export const lists: readonly Personality[] = [
  {
    name: "stale-list",
    says: "A LIST does not show keys that were created a moment ago.",
    waives: ["P7"],
    over: (store) => {
      const recent = recentWrites(store);
      const isNew = (key: string): boolean => recent.before(key)?.status === 404;
      const known = (page: ListPage): ListPage => ({ ...page, entries: page.entries.filter(({ key }) => !isNew(key)) });
      return changed(known)(recent.apply);
    },
  },
  {
    name: "unordered-list",
    says: "The keys on a page of a LIST are in no order (directory buckets).",
    waives: [],
    over: changed((page) => ({ ...page, entries: page.entries.toReversed() })),
  },
  {
    name: "truncated-list",
    says: `A LIST ends after ${TRUNCATED_AFTER} keys, and nothing says that there are more.`,
    waives: ["P7"],
    over: changed(({ entries }) => ({ entries: entries.slice(0, TRUNCATED_AFTER), isTruncated: false })),
  },
];
