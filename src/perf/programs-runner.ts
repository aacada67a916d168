// Points of programs by the wall clock: a setting's `target` is the command that starts one.
import { runPrograms } from "../run/timed/programs.js";
import type { Runner } from "./point.js";

export const programsRunner =
  (roundTripMs: number, interrupted: () => boolean): Runner =>
  ({ load, warmUpMs, target }) =>
    runPrograms({ load, warmUpMs, command: target, roundTripMs, interrupted });
