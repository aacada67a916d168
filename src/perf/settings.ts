// The settings of one point: what a timed run does, and how its time is measured. A row begins with them.
import type { Workload } from "../run/timed/workload.js";

export interface Settings {
  readonly load: Workload;
  /** Commands meant to begin before this are left out of the figures. */
  readonly warmUpMs: number;
  /** An id, or the command that starts a program. */
  readonly target: string;
  /** `virtual`: requests take times drawn from the latency model. `wall`: they take as long as they take. */
  readonly clock: "virtual" | "wall";
  /** `simulated`, or the server's address. */
  readonly backend: string;
  /** The latency model's name, or what a program's request takes; empty on a real server. */
  readonly latency: string;
  /** Which of the repetitions of this point it is, from 0; each has a seed of its own. */
  readonly repeat: number;
}

/** What a run does unless told otherwise. */
export const DEFAULT_LOAD: Workload = {
  numWriters: 4,
  numReaders: 4,
  writerRate: 0.5,
  readerRate: 1,
  keyPoolSize: 200,
  keyOverlapRatio: 0.2,
  valueBytes: 100,
  writerMode: "rmw",
  retries: 5,
  backoffMs: 100,
  compactEveryMs: 2_000,
  leaseTtlMs: 30_000,
  durationMs: 120_000,
  seed: 1,
  faults: [],
  faultEveryMs: 30_000,
};
