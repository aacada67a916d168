// What changed between two results: point by point, figure by figure, with confidence intervals where runs were repeated.
import { FIGURE_COLUMNS, POINT_COLUMNS } from "./row.js";

type TextRow = Readonly<Record<string, string>>;

export interface Change {
  /** What the point is: the settings in which the points of a file differ among themselves. */
  readonly point: string;
  readonly column: string;
  readonly before: Sample;
  readonly after: Sample;
  /**
   * 95 % interval of the difference of the means (Welch's t: B. L. Welch, Biometrika 34, 1947); null where a side has
   * one run only, or none of them varied.
   */
  readonly interval: readonly [low: number, high: number] | null;
  /** The interval excludes zero; without one: the figures differ at all. */
  readonly changed: boolean;
}

export interface Sample {
  readonly mean: number;
  readonly runs: number;
}

export interface Difference {
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

export interface Comparison {
  /** Settings that are one in the whole first file, and another in the whole second: what the comparison is about. */
  readonly differing: readonly Difference[];
  readonly changes: readonly Change[];
  /** Points that only one of the files has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** Rows of the same settings but for seed and repetition are runs of one point. Rows without a figure leave it out. */
export function compareRows(before: readonly TextRow[], after: readonly TextRow[]): Comparison {
  const settings = POINT_COLUMNS.filter((column) => column !== "seed" && column !== "repeat");
  const valuesIn = (rows: readonly TextRow[], column: string) => new Set(rows.map((row) => row[column] ?? ""));
  const varying = settings.filter((column) => valuesIn(before, column).size > 1 || valuesIn(after, column).size > 1);
  const differing = settings.flatMap((column): Difference[] => {
    const [one = "", other = ""] = [before[0]?.[column], after[0]?.[column]];
    return varying.includes(column) || one === other ? [] : [{ column, before: one, after: other }];
  });
  const nameOf = (row: TextRow): string =>
    varying.map((column) => `${column} ${row[column] ?? ""}`).join(", ") || "all";
  const [left, right] = [grouped(before, nameOf), grouped(after, nameOf)];
  const changes: Change[] = [];
  for (const [point, rows] of left) {
    const others = right.get(point);
    if (others === undefined) continue;
    for (const column of FIGURE_COLUMNS) {
      const [a, b] = [valuesOf(rows, column), valuesOf(others, column)];
      if (a.length > 0 && b.length > 0) changes.push(changeOf(point, column, a, b));
    }
  }
  const missing = (from: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) =>
    [...from.keys()].filter((name) => !other.has(name));
  return { differing, changes, onlyBefore: missing(left, right), onlyAfter: missing(right, left) };
}

// --- internal ---

function grouped(rows: readonly TextRow[], nameOf: (row: TextRow) => string): ReadonlyMap<string, readonly TextRow[]> {
  const groups = new Map<string, TextRow[]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group === undefined) groups.set(nameOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

const valuesOf = (rows: readonly TextRow[], column: string): readonly number[] =>
  rows
    .map((row) => row[column] ?? "")
    .flatMap((text) => (text === "" || Number.isNaN(Number(text)) ? [] : [Number(text)]));

function changeOf(point: string, column: string, a: readonly number[], b: readonly number[]): Change {
  const [before, after] = [meanOf(a), meanOf(b)];
  const interval = welch(a, b);
  const difference = after - before;
  const changed = interval === null ? difference !== 0 : interval[0] > 0 || interval[1] < 0;
  return {
    point,
    column,
    before: { mean: before, runs: a.length },
    after: { mean: after, runs: b.length },
    interval,
    changed,
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The variance of the mean. */
function spread(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares / (values.length - 1) / values.length;
}

function welch(a: readonly number[], b: readonly number[]): readonly [number, number] | null {
  if (a.length < 2 || b.length < 2) return null;
  const [va, vb] = [spread(a), spread(b)];
  if (va + vb === 0) return null;
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const half = tQuantile(freedom) * Math.sqrt(va + vb);
  const difference = meanOf(b) - meanOf(a);
  return [difference - half, difference + half];
}

/** Student's t, 97.5 %, by degrees of freedom from 1. Between them the lower one's: the interval is a little too wide. */
const T975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

const tQuantile = (freedom: number): number => T975[Math.max(1, Math.floor(freedom)) - 1] ?? 2.042;
