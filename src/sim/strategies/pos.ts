// POS, partial order sampling: random priorities, drawn again for what races with the step just taken.
// Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling, CAV 2018.
import type { Random } from "../../store/random.js";
import { races } from "../races.js";
import type { Strategy } from "../waiting.js";

export function pos(random: Random): Strategy {
  return {
    pick: (waiting) => {
      let best = 0;
      let bestRank = -1;
      for (let i = 0; i < waiting.length; i += 1) {
        const entry = waiting[i];
        if (entry === undefined) continue;
        entry.rank ??= random.next();
        if (entry.rank > bestRank) {
          best = i;
          bestRank = entry.rank;
        }
      }
      const taken = waiting[best];
      for (const entry of waiting)
        if (taken !== undefined && entry !== taken && races(taken.request, entry.request)) entry.rank = undefined;
      return best;
    },
  };
}
