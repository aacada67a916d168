// For timed runs: what is due first goes first, and of two at one moment the lower lane. Not for plans: it has no chance.
import type { Strategy } from "../waiting.js";

export const earliest: Strategy = {
  pick: (waiting) => {
    let best = 0;
    let bestMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < waiting.length; i += 1) {
      const dueMs = waiting[i]?.dueMs ?? 0;
      if (dueMs < bestMs) {
        best = i;
        bestMs = dueMs;
      }
    }
    return best;
  },
};
