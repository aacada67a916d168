// PCT, probabilistic concurrency testing: fixed random priorities, and a few steps at which the leader falls to the bottom.
// Burckhardt, Kothari, Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic Guarantees, ASPLOS 2010.
import type { Random } from "../../store/random.js";
import type { Strategy } from "../waiting.js";

/** Number of change points plus one: finds, with a known probability, every bug that needs at most so many orderings. */
const DEPTH = 3;
/** Change points are drawn from so many steps: about the length of a run. */
const LENGTH = 120;

export function pct(random: Random): Strategy {
  const priorities = new Map<number, number>();
  const changes = new Set(Array.from({ length: DEPTH - 1 }, () => random.below(LENGTH)));
  let step = 0;
  let lowest = 0;
  const priority = (lane: number): number => {
    const known = priorities.get(lane) ?? random.next();
    priorities.set(lane, known);
    return known;
  };
  return {
    pick: (waiting) => {
      const ranked = waiting.map((entry) => priority(entry.lane));
      const leader = ranked.indexOf(Math.max(...ranked));
      const lane = waiting[leader]?.lane;
      if (changes.has(step) && lane !== undefined) {
        lowest -= 1;
        priorities.set(lane, lowest);
      }
      step += 1;
      return leader;
    },
  };
}
