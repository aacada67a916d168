import type { Personality } from "./personality.js";
import { recentWrites } from "./recent.js";

export const staleGet: Personality = {
  name: "stale-get",
  says: "A GET or HEAD soon after an overwrite still gives what was there before.",
  waives: [],
  over: (store) => {
    const recent = recentWrites(store);
    return (request) => {
      const response = recent.apply(request);
      const before = recent.before(request.key);
      const reads = request.method === "GET" || request.method === "HEAD";
      if (!reads || before?.status !== 200 || response.status !== 200 || response.date === undefined) return response;
      const { body, ...head } = before;
      const old = { ...head, date: response.date };
      return request.method === "GET" && body !== undefined ? { ...old, body } : old;
    };
  },
};
