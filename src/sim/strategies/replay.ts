// Replay: the lanes of a recorded schedule, one after the other.
import type { Strategy } from "../waiting.js";

/** The first step at which a recorded lane was not among those that waited. */
export interface Departure {
  readonly step: number;
  readonly lane: number;
}

/**
 * Follows `lanes`. Where a lane does not wait (the plan was edited, or the target behaves differently) or the list has
 * ended, the lane that went last goes on if it can, else the lowest: so that any list of numbers is a schedule, and a
 * shorter one is a simpler one. `departed` hears of the first step where that was not what was recorded.
 */
export function replay(lanes: readonly number[], departed?: (departure: Departure) => void): Strategy {
  let step = 0;
  let last = -1;
  let told = false;
  return {
    wanted: () => lanes[step],
    pick: (waiting) => {
      const lane = lanes[step];
      let index = lane === undefined ? -1 : waiting.findIndex((entry) => entry.lane === lane);
      if (index < 0) {
        if (lane !== undefined && !told) {
          told = true;
          departed?.({ step, lane });
        }
        index = waiting.findIndex((entry) => entry.lane === last);
      }
      if (index < 0) index = waiting.reduce((low, entry, i) => (entry.lane < (waiting[low]?.lane ?? 0) ? i : low), 0);
      last = waiting[index]?.lane ?? last;
      step += 1;
      return index;
    },
  };
}
