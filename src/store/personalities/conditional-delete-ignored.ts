import type { Personality } from "./personality.js";
import { unconditional } from "./precondition-ignored.js";

export const conditionalDeleteIgnored: Personality = {
  name: "conditional-delete-ignored",
  says: "A DELETE's condition is ignored.",
  waives: [],
  over: (store) => (request) => store(request.method === "DELETE" ? unconditional(request) : request),
};
