// One thing that a target has to do right, and what came of trying it.
import type { Bench } from "./bench.js";

export interface Step {
  readonly name: string;
  /** What has to hold, in a sentence. */
  readonly says: string;
  /** Operations that it needs: of a target that does not list them it is not asked. */
  readonly needs?: readonly string[];
  /** Throws Wrong, or ProgramError where the target breaks off. */
  readonly take: (bench: Bench) => Promise<Shown>;
}

/** `right` is null where it could not be told. */
export interface Shown {
  readonly right: boolean | null;
  readonly detail: string;
}

export const right = (detail: string): Shown => ({ right: true, detail });
export const untold = (detail: string): Shown => ({ right: null, detail });
