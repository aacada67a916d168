// The plan: all that can vary in a run, as one JSON value. A run is a pure function of plan and target.
import type { Command } from "../../model/command.js";
import type { FaultSpec } from "../faults/fault.js";

export interface ClientPlan {
  /** Unique in the plan; also the first part of the values that the client writes. */
  readonly name: string;
  /** How far the client's own clock is off, milliseconds. */
  readonly skewMs: number;
  readonly commands: readonly Command[];
}

/** Which waiting request goes next: drawn by a strategy from a seed, or as recorded (a client's number a step). */
export type Schedule = { readonly strategy: string; readonly seed: number } | { readonly lanes: readonly number[] };

export interface Plan {
  readonly leaseTtlMs: number;
  /** How far the store's clock moves at each step. */
  readonly stepMs: number;
  readonly clients: readonly ClientPlan[];
  readonly faults: readonly FaultSpec[];
  readonly schedule: Schedule;
  /** Whether the run goes on when its faults are over, to see that everyone gets on (P9). */
  readonly progress?: true;
  /** How the simulated store breaks S3's contract, by name. Absent: not at all. */
  readonly personalities?: readonly string[];
}

/** True where a client's own clock is wrong. */
export const isSkewed = (plan: Plan): boolean => plan.clients.some(({ skewMs }) => skewMs !== 0);
