// What a timed run leaves behind: the record that every property judges, and what only timing asks for.
import type { HistoryEvent } from "../../../model/history.js";
import type { RunRecord } from "../../../model/story.js";
import { type Actor, droppedBetween } from "./actor.js";
import type { Workload } from "./workload.js";

/**
 * The begin of a session carries the command's intended start and the number of the attempt, from 0.
 * `atMs` is a clock of the run with fractions of milliseconds.
 */
export type TimedEvent = HistoryEvent & { readonly intendedMs?: number; readonly attempt?: number };

/** Who reads everything in the end. */
export const AUDITOR = "auditor";

export interface TimedRun {
  readonly record: RunRecord & { readonly history: readonly TimedEvent[] };
  readonly startMs: number;
  readonly tally: TimedTally;
  /** True where it was broken off: the figures mean nothing. */
  readonly interrupted: boolean;
}

/** Counts that the history does not show. */
export interface TimedTally {
  /** Commands whose intended start lay in the measured time, and that never began. */
  readonly writesDropped: number;
  readonly readsDropped: number;
  readonly requests: number;
  /** Those of the writers among them. */
  readonly writerRequests?: number;
  /** Faults that struck. */
  readonly faults: number;
  /** Wall clock: CPU time of this process over the run's time. Near 1, it is the limit and not the server. */
  readonly cpuShare?: number;
  /** Share of the time in which it had work, also where other programs had the core. */
  readonly busyShare?: number;
  /** Why the bucket's own story could not be judged, where that is so. */
  readonly unseen?: string;
}

/** Dropped commands by role. The part of the run before `warmUpMs` is left out. */
export function droppedOf(actors: readonly Actor[], load: Workload, startMs: number, warmUpMs: number) {
  let writesDropped = 0;
  let readsDropped = 0;
  for (const actor of actors) {
    const dropped = droppedBetween(actor, load, startMs + warmUpMs, startMs + load.durationMs);
    if (actor.role === "writer") writesDropped += dropped;
    if (actor.role === "reader") readsDropped += dropped;
  }
  return { writesDropped, readsDropped };
}
