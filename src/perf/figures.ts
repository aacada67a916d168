// The figures of one timed run, from its commands and its counts alone: so a kept history gives the same row again.
import { createHistogram } from "node:perf_hooks";
import type { TimedTally } from "../run/timed/timed-run.js";
import type { Attempt, TimedCommand } from "./commands.js";

/** Figures by column. Null where there is nothing to measure. */
export type Figures = Readonly<Record<string, number | null>>;

export interface Window {
  readonly startMs: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/**
 * Every figure is of one population: the commands that were over, with their last attempt, between the warm-up and the
 * end of the duration; all attempts of such a command count with it. By their intended starts they would be others than
 * those that throughput counts: a writer with a backlog spends the measured time on commands that were due in the
 * warm-up, and percentiles of the rest would be of a handful. A write's and a read's latency runs from its intended
 * start to its last answer; `precond_*` is that of one attempt, from its begin to the answer `conflict`.
 */
export function figuresOf(commands: readonly TimedCommand[], tally: TimedTally, window: Window): Figures {
  const fromMs = window.startMs + window.warmUpMs;
  const toMs = window.startMs + window.durationMs;
  const seconds = (toMs - fromMs) / 1000;
  const ended = commands.filter((command) => lastOf(command).endMs >= fromMs && lastOf(command).endMs < toMs);
  const writes = ended.filter(({ kind }) => kind === "write");
  const reads = ended.filter(({ kind }) => kind === "read");
  const unfinished = commands.filter((command) => lastOf(command).endMs >= toMs);
  const attempts = writes.flatMap((command) => command.attempts);
  const conflicts = attempts.filter(({ outcome }) => outcome === "conflict");
  const [writesOk, writesInfo, readsOk] = [having(writes, "ok"), having(writes, "info"), having(reads, "ok")];
  const write = percentiles(writesOk.map(fromIntent));
  const read = percentiles(readsOk.map(fromIntent));
  const precond = percentiles(conflicts.map(({ endMs, beginMs }) => endMs - beginMs));
  return {
    precondition_failure_rate: ratio(conflicts.length, attempts.length),
    write_tps: round(writesOk.length / seconds),
    read_tps: round(readsOk.length / seconds),
    write_p50_ms: write(50),
    write_p95_ms: write(95),
    write_p99_ms: write(99),
    precond_p50_ms: precond(50),
    precond_p99_ms: precond(99),
    read_p50_ms: read(50),
    read_p95_ms: read(95),
    read_p99_ms: read(99),
    avg_retry_count: ratio(attempts.length - writes.length, writes.length),
    writes_ok: writesOk.length,
    writes_failed: writes.length - writesOk.length - writesInfo.length,
    writes_info: writesInfo.length,
    writes_dropped: tally.writesDropped,
    writes_late: writes.filter(isLate).length,
    conflicts: conflicts.length,
    reads_ok: readsOk.length,
    reads_failed: reads.length - readsOk.length,
    reads_dropped: tally.readsDropped,
    requests: tally.requests,
    faults_struck: tally.faults,
    driver_cpu: tally.cpuShare === undefined ? null : round(tally.cpuShare),
    // Of the whole run, warm-up included: nobody notes when each request was made.
    requests_per_commit: tally.writerRequests === undefined ? null : ratio(tally.writerRequests, commitsOf(commands)),
    // Slow ones, where a server stalls at the end: whoever leaves them out has to say how many they are.
    writes_unfinished: unfinished.filter(({ kind }) => kind === "write").length,
    reads_unfinished: unfinished.filter(({ kind }) => kind === "read").length,
    driver_busy: tally.busyShare === undefined ? null : round(tally.busyShare),
  };
}

// --- internal ---

/** A begin is late from here on: on a wall clock nobody is on time to the millisecond. */
const LATE_MS = 10;

const NONE: Attempt = { beginMs: 0, endMs: 0, outcome: "info" };

const lastOf = ({ attempts }: TimedCommand): Attempt => attempts.at(-1) ?? NONE;

const having = (commands: readonly TimedCommand[], wanted: Attempt["outcome"]): readonly TimedCommand[] =>
  commands.filter((command) => lastOf(command).outcome === wanted);

const commitsOf = (commands: readonly TimedCommand[]): number =>
  having(commands, "ok").filter(({ kind }) => kind === "write").length;

const fromIntent = (command: TimedCommand): number => lastOf(command).endMs - command.intendedMs;

const isLate = ({ attempts, intendedMs }: TimedCommand): boolean =>
  (attempts[0] ?? NONE).beginMs - intendedMs >= LATE_MS;

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : round(part / whole));

/** Milliseconds. The histogram holds whole numbers, so microseconds go in. */
function percentiles(timesMs: readonly number[]): (percent: number) => number | null {
  const histogram = createHistogram({ figures: 4 });
  for (const ms of timesMs) histogram.record(Math.max(1, Math.round(1000 * ms)));
  return (percent) => (histogram.count === 0 ? null : histogram.percentile(percent) / 1000);
}
