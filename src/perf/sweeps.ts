// The sweeps: one column takes several values, everything else stays as it is (names and values: DESIGN of perf results).
import type { Workload } from "../run/timed/workload.js";
import type { Settings } from "./settings.js";

export interface Sweep {
  readonly name: string;
  /** The CSV column that it varies: the x axis of its picture. */
  readonly column: string;
  readonly title: string;
  readonly values: readonly number[];
  readonly set: (value: number) => Partial<Workload>;
  /** Whether a value makes sense, and the words for it. */
  readonly takes: { readonly says: string; readonly test: (value: number) => boolean };
}

const whole = (min: number) => ({
  says: `whole numbers from ${min} to 100000`,
  test: (value: number) => Number.isInteger(value) && value >= min && value <= 100_000,
});

export const sweeps: readonly Sweep[] = [
  {
    name: "overlap",
    column: "key_overlap_ratio",
    title: "Key overlap",
    values: [0, 0.1, 0.2, 0.5],
    set: (keyOverlapRatio) => ({ keyOverlapRatio }),
    takes: { says: "numbers from 0 to 1", test: (value) => value >= 0 && value <= 1 },
  },
  {
    name: "num_writers",
    column: "num_writers",
    title: "Number of writers",
    values: [1, 2, 4, 8, 16],
    set: (numWriters) => ({ numWriters }),
    takes: whole(1),
  },
  {
    name: "writer_tps",
    column: "writer_rate",
    title: "Transactions per second and writer",
    values: [0.1, 0.2, 0.5, 1, 2, 5],
    set: (writerRate) => ({ writerRate }),
    takes: { says: "numbers above 0, up to 100000", test: (value) => value > 0 && value <= 100_000 },
  },
  {
    name: "key_pool_size",
    column: "key_pool_size",
    title: "Key pool size",
    values: [50, 100, 200, 500, 1000],
    set: (keyPoolSize) => ({ keyPoolSize }),
    takes: whole(1),
  },
];

/** One series of points that goes into one CSV file. */
export interface Series {
  /** The file's name without `.csv`. */
  readonly file: string;
  readonly column: string;
  readonly title: string;
  readonly points: readonly Settings[];
}

/** The one point of `perf baseline`, as often as it is repeated. */
export const baselineSeries = (base: Settings, repeat: number): Series => ({
  file: "test_baseline",
  column: "num_writers",
  title: "Baseline",
  points: repeated(base, repeat),
});

export const sweepSeries = (sweep: Sweep, values: readonly number[], base: Settings, repeat: number): Series => ({
  file: `sweep_${sweep.name}`,
  column: sweep.column,
  title: sweep.title,
  points: values.flatMap((value) => repeated({ ...base, load: { ...base.load, ...sweep.set(value) } }, repeat)),
});

/** The same points for each of several targets, target by target. */
export const onEach = (series: Series, targets: readonly string[]): Series => ({
  ...series,
  points: targets.flatMap((target) => series.points.map((settings) => ({ ...settings, target }))),
});

// --- internal ---

const repeated = (settings: Settings, times: number): readonly Settings[] =>
  Array.from({ length: times }, (_, repeat) => ({
    ...settings,
    repeat,
    load: { ...settings.load, seed: settings.load.seed + repeat },
  }));
