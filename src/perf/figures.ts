// The figures of one timed run, from its attempts and its counts alone: so a kept history gives the same row again.
import { createHistogram } from "node:perf_hooks";
import type { TimedTally } from "../run/timed/timed-run.js";
import type { Attempt } from "./attempts.js";

/** Figures by column. Null where there is nothing to measure. */
export type Figures = Readonly<Record<string, number | null>>;

export interface Window {
  readonly startMs: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/**
 * A command counts if it was meant to begin after the warm-up; throughput counts what was answered ok between the
 * warm-up and the end of the duration. A write's and a read's latency runs from its intended start to its last answer;
 * `precond_*` is that of one attempt, from its begin to the answer `conflict`.
 */
export function figuresOf(attempts: readonly Attempt[], tally: TimedTally, window: Window): Figures {
  const fromMs = window.startMs + window.warmUpMs;
  const toMs = window.startMs + window.durationMs;
  const seconds = (toMs - fromMs) / 1000;
  const counted = attempts.filter(({ intendedMs }) => intendedMs >= fromMs);
  const writes = counted.filter(({ kind }) => kind === "write");
  const reads = counted.filter(({ kind }) => kind === "read");
  const conflicts = writes.filter(({ outcome }) => outcome === "conflict");
  const begun = writes.filter(({ attempt }) => attempt === 0);
  const inTime = (kind: Attempt["kind"]): number =>
    attempts.filter((each) => each.kind === kind && each.outcome === "ok" && each.endMs >= fromMs && each.endMs < toMs)
      .length;
  const fromIntent = ({ endMs, intendedMs }: Attempt): number => endMs - intendedMs;
  const write = latencies(writes, "ok", fromIntent);
  const read = latencies(reads, "ok", fromIntent);
  const precond = latencies(writes, "conflict", ({ endMs, beginMs }) => endMs - beginMs);
  return {
    precondition_failure_rate: ratio(conflicts.length, writes.length),
    write_tps: round(inTime("write") / seconds),
    read_tps: round(inTime("read") / seconds),
    write_p50_ms: write(50),
    write_p95_ms: write(95),
    write_p99_ms: write(99),
    precond_p50_ms: precond(50),
    precond_p99_ms: precond(99),
    read_p50_ms: read(50),
    read_p95_ms: read(95),
    read_p99_ms: read(99),
    avg_retry_count: ratio(writes.length - begun.length, begun.length),
    writes_ok: count(writes, "ok"),
    writes_failed: begun.length - count(writes, "ok") - count(writes, "info"),
    writes_info: count(writes, "info"),
    writes_dropped: tally.writesDropped,
    writes_late: begun.filter(({ beginMs, intendedMs }) => beginMs - intendedMs >= LATE_MS).length,
    conflicts: conflicts.length,
    reads_ok: count(reads, "ok"),
    reads_failed: reads.length - count(reads, "ok"),
    reads_dropped: tally.readsDropped,
    requests: tally.requests,
    faults_struck: tally.faults,
    driver_cpu: tally.cpuShare === undefined ? null : round(tally.cpuShare),
    // Of the whole run, warm-up included: nobody notes when each request was made.
    requests_per_commit: tally.writerRequests === undefined ? null : ratio(tally.writerRequests, commitsOf(attempts)),
  };
}

// --- internal ---

/** A begin is late from here on: on a wall clock nobody is on time to the millisecond. */
const LATE_MS = 10;

const commitsOf = (attempts: readonly Attempt[]): number =>
  attempts.filter(({ kind, outcome }) => kind === "write" && outcome === "ok").length;

const count = (attempts: readonly Attempt[], wanted: Attempt["outcome"]): number =>
  attempts.filter(({ outcome }) => outcome === wanted).length;

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : round(part / whole));

/** Percentiles, milliseconds. The histogram holds whole numbers, so microseconds go in. */
function latencies(
  attempts: readonly Attempt[],
  wanted: Attempt["outcome"],
  msOf: (attempt: Attempt) => number,
): (percent: number) => number | null {
  const histogram = createHistogram({ figures: 4 });
  for (const attempt of attempts) {
    if (attempt.outcome === wanted) histogram.record(Math.max(1, Math.round(1000 * msOf(attempt))));
  }
  return (percent) => (histogram.count === 0 ? null : histogram.percentile(percent) / 1000);
}
