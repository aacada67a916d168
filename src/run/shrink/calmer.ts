// Calmer schedules of a plan: fewer switches from client to client, fewer steps.
import type { Plan } from "../plan.js";
import { withLanes } from "./edits.js";

/**
 * A calmer schedule switches less. A switch is taken back by letting the lane before it go on, or by bringing the next
 * stretch of the same lane forward; a step that is left out lets whoever is running go on.
 */
export function* calmerSchedules(plan: Plan, lanes: readonly number[]): Generator<Plan> {
  for (let size = Math.floor(lanes.length / 2); size >= 4; size = Math.floor(size / 2)) {
    for (let at = 0; at < lanes.length; at += size)
      yield withLanes(plan, [...lanes.slice(0, at), ...lanes.slice(at + size)]);
  }
  const stretches = stretchesOf(lanes);
  for (let i = 0; i + 2 < stretches.length; i += 1) {
    const [first, second] = [stretches[i], stretches[i + 1]];
    const again = stretches.findIndex((stretch, j) => j > i + 1 && stretch.lane === first?.lane);
    if (first === undefined || second === undefined || again < 0) continue;
    const merged = [
      ...stretches.slice(0, i + 1),
      ...stretches.slice(again, again + 1),
      ...stretches.slice(i + 1, again),
      ...stretches.slice(again + 1),
    ];
    yield withLanes(plan, lanesOf(merged));
  }
}

// --- internal ---

interface Stretch {
  readonly lane: number;
  readonly length: number;
}

function stretchesOf(lanes: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const lane of lanes) {
    const last = stretches.at(-1);
    if (last?.lane === lane) stretches[stretches.length - 1] = { lane, length: last.length + 1 };
    else stretches.push({ lane, length: 1 });
  }
  return stretches;
}

const lanesOf = (stretches: readonly Stretch[]): number[] =>
  stretches.flatMap(({ lane, length }) => Array.from({ length }, () => lane));
