import type { Personality } from "./personality.js";
import { recentWrites } from "./recent.js";

export const wrong404: Personality = {
  name: "wrong-404",
  says: "A GET or HEAD soon after a PUT of the key is answered 404, though it is there.",
  waives: ["P7"],
  over: (store) => {
    const recent = recentWrites(store);
    return (request) => {
      const response = recent.apply(request);
      const reads = request.method === "GET" || request.method === "HEAD";
      if (!reads || response.status !== 200 || recent.before(request.key) === undefined) return response;
      return { status: 404, code: "NoSuchKey", ...(response.date === undefined ? {} : { date: response.date }) };
    };
  },
};
