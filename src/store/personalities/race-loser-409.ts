import { conditionalRequestConflict } from "../failure.js";
import type { Personality } from "./personality.js";
import { recentWrites } from "./recent.js";

export const raceLoser409: Personality = {
  name: "race-loser-409",
  says: "Whoever loses a race for a key is answered 409 at first, and 412 only when he asks again later.",
  waives: [],
  over: (store) => {
    const recent = recentWrites(store);
    return (request) => {
      const raced = recent.before(request.key) !== undefined;
      const response = recent.apply(request);
      return raced && response.status === 412 && request.method !== "GET" && request.method !== "HEAD"
        ? { ...response, ...conditionalRequestConflict }
        : response;
    };
  },
};
