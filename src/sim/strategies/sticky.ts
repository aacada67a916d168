// Sticky: stay with the same lane, and switch with a small probability at each step. Long undisturbed stretches, then
// a sharp turn: what a client that stalls looks like to the others.
import type { Random } from "../../store/random.js";
import type { Strategy } from "../waiting.js";

const SWITCH = 0.1;

export function sticky(random: Random): Strategy {
  let lane = -1;
  return {
    pick: (waiting) => {
      const same = waiting.findIndex((entry) => entry.lane === lane);
      const index = same >= 0 && random.next() >= SWITCH ? same : random.below(waiting.length);
      lane = waiting[index]?.lane ?? lane;
      return index;
    },
  };
}
