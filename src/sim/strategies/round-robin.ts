// Round-robin: one step each, in the order of lanes. No chance in it, and fair.
import type { Strategy } from "../waiting.js";

export function roundRobin(): Strategy {
  let lane = -1;
  return {
    pick: (waiting) => {
      const later = waiting.filter((entry) => entry.lane > lane);
      const next = (later.length > 0 ? later : waiting).reduce((a, b) => (b.lane < a.lane ? b : a));
      lane = next.lane;
      return waiting.indexOf(next);
    },
  };
}
