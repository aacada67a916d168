// One row of a result: the columns and their order, which other people's programs rely on (DESIGN of perf results).
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** How a point's run was judged. */
export interface Judged {
  readonly verdict: "valid" | "invalid" | "unknown";
  /** The broken promise, or why nothing can be concluded; empty where all is well. */
  readonly because: string;
}

/** The settings that stand first in a row. */
const CONFIGURATION = [
  "num_writers",
  "num_readers",
  "writer_rate",
  "key_pool_size",
  "key_overlap_ratio",
  "duration_s",
  "backend",
  "seed",
];

const FIGURES = [
  "precondition_failure_rate",
  "write_tps",
  "read_tps",
  "write_p50_ms",
  "write_p95_ms",
  "write_p99_ms",
  "precond_p50_ms",
  "precond_p99_ms",
  "read_p50_ms",
  "read_p95_ms",
  "read_p99_ms",
  "avg_retry_count",
];

const COUNTS = [
  "writes_ok",
  "writes_failed",
  "writes_info",
  "writes_dropped",
  "writes_late",
  "conflicts",
  "reads_ok",
  "reads_failed",
  "reads_dropped",
  "requests",
  "faults_struck",
  "driver_cpu",
  "requests_per_commit",
  "writes_unfinished",
  "reads_unfinished",
  "driver_busy",
];

/** Settings that stand further back, since whoever reads by position must not be disturbed. */
const FURTHER = [
  "clock",
  "latency_model",
  "target",
  "repeat",
  "warm_up_s",
  "reader_rate",
  "value_bytes",
  "writer_mode",
  "retries",
  "backoff_ms",
  "compact_every_s",
  "lease_ttl_s",
  "faults",
  "fault_every_s",
];

export const COLUMNS: readonly string[] = [...CONFIGURATION, ...FIGURES, ...FURTHER, ...COUNTS, "verdict", "because"];

/** Columns that hold a figure: those a threshold can speak of, and a comparison compares. */
export const FIGURE_COLUMNS: readonly string[] = [...FIGURES, ...COUNTS];

/** Those of them that grow with the time measured. */
export const COUNT_COLUMNS: readonly string[] = COUNTS.filter(
  (column) => column !== "driver_cpu" && column !== "driver_busy" && column !== "requests_per_commit",
);

/** Columns that say which point a row is of; `seed` and `repeat` tell its repetitions apart. */
export const POINT_COLUMNS: readonly string[] = [...CONFIGURATION, ...FURTHER];

export function rowOf(settings: Settings, figures: Figures, judged: Judged): Row {
  return inOrder({ ...configurationOf(settings), ...figures, ...judged });
}

/** The part of a row that is known before its run. */
export function configurationOf({ load, warmUpMs, target, clock, backend, latency, repeat }: Settings): Row {
  return {
    num_writers: load.numWriters,
    num_readers: load.numReaders,
    writer_rate: load.writerRate,
    key_pool_size: load.keyPoolSize,
    key_overlap_ratio: load.keyOverlapRatio,
    duration_s: load.durationMs / 1000,
    backend,
    seed: load.seed,
    clock,
    latency_model: latency,
    target,
    repeat,
    warm_up_s: warmUpMs / 1000,
    reader_rate: load.readerRate,
    value_bytes: load.valueBytes,
    writer_mode: load.writerMode,
    retries: load.retries,
    backoff_ms: load.backoffMs,
    compact_every_s: load.compactEveryMs / 1000,
    lease_ttl_s: load.leaseTtlMs / 1000,
    faults: load.faults.join(" "),
    fault_every_s: load.faults.length === 0 ? null : load.faultEveryMs / 1000,
  };
}

// --- internal ---

const inOrder = (cells: Row): Row => Object.fromEntries(COLUMNS.map((column) => [column, cells[column] ?? null]));
