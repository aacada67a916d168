import type { Fault } from "./fault.js";

export const pause: Fault = {
  kind: "pause",
  says: "The client stands still before the request, longer than any lease, and then goes on as if nothing had happened.",
  takes: ["ms", "steps"],
  ruling: (spec) => ({
    apply: "once",
    answer: (own) => own ?? { status: 0 },
    pause: { ms: spec.ms ?? 0, steps: spec.steps ?? 0 },
  }),
};
