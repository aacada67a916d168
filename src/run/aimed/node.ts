// One run to be made: a plan with faults placed in it, and its schedule.
import type { Plan } from "../plan.js";

export interface Node {
  /** With its faults; its schedule is `lanes`. */
  readonly plan: Plan;
  readonly lanes: readonly number[];
  /** The step of the last decision, -1 where there is none: whatever is decided next comes later, so that no run is made twice. */
  readonly decided: number;
}
