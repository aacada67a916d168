// What a caller may choose from, by name: targets, faults, strategies. And the two things that come from outside a plan.
import { faults } from "../faults/index.js";
import { strategies } from "../sim/strategies/index.js";
import { type Clock, systemClock } from "../store/clock.js";
import { personalities } from "../store/personalities/index.js";
import { freshSeed } from "../store/random.js";
import { targets } from "../targets/index.js";
import { openProgram } from "../targets/program/program.js";
import { ProgramError } from "../targets/program/protocol.js";
import { isProgram, type Program, type Target } from "../targets/target.js";

export { isProgram, openProgram, type Program, ProgramError, type Target };

export const faultKinds: readonly string[] = [...faults.keys()];
export const personalityNames: readonly string[] = [...personalities.keys()];
export const strategyNames: readonly string[] = Object.keys(strategies);
export const targetIds: readonly string[] = [...targets.keys()];

/** The target of that id. Throws RangeError where there is none. */
export function targetOf(id: string): Target {
  const target = targets.get(id);
  if (target === undefined) throw new RangeError(`no target is called ${id}`);
  return target;
}

/** The machine's clock, for time limits and progress. Nothing in a run depends on it. */
export const wallClock: Clock = systemClock;

/** A seed for whoever gives none. */
export const newSeed = freshSeed;
