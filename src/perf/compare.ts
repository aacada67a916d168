// What changed between two results: point by point, figure by figure, with confidence intervals where runs were repeated.
import { matched, type Pair, type TextRow, TIMES } from "./matching.js";
import { COUNT_COLUMNS, FIGURE_COLUMNS } from "./row.js";
import { meanOf, welch } from "./welch.js";

export interface Change {
  readonly point: string;
  readonly column: string;
  readonly before: Sample;
  readonly after: Sample;
  /** 95 % interval of the difference of the means; null where a side has one run only, or none of them varied. */
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

type Side = "first" | "second";

export interface Comparison {
  /** Settings that are one in the whole first file, and another in the whole second: what the comparison is about. */
  readonly differing: readonly Difference[];
  readonly changes: readonly Change[];
  /** Points that were measured for another time in each file: rates and percentiles are compared, and counts are not. */
  readonly otherTimes: readonly { readonly point: string; readonly times: readonly Difference[] }[];
  /** Figures that a point has in one of the files only, such as the latency of conflicts where there were none. */
  readonly oneSided: readonly { readonly point: string; readonly column: string; readonly file: Side }[];
  /** Points with a run that was not valid: its figures are of a manifest that is wrong, or nobody knows. */
  readonly doubtful: readonly { readonly point: string; readonly file: Side; readonly verdict: string }[];
  /** Points that only one of the files has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export function compareRows(before: readonly TextRow[], after: readonly TextRow[]): Comparison {
  const { pairs, steady, onlyBefore, onlyAfter } = matched(before, after);
  const figures = pairs.flatMap(figuresOf);
  return {
    differing:
      before.length === 0 || after.length === 0 ? [] : steady.flatMap((column) => apart(before, after, column)),
    changes: figures.filter(({ a, b }) => a.length > 0 && b.length > 0).map(changeOf),
    otherTimes: pairs
      .map(({ point, before, after }) => ({ point, times: TIMES.flatMap((column) => apart(before, after, column)) }))
      .filter(({ times }) => times.length > 0),
    oneSided: figures
      .filter(({ a, b }) => a.length > 0 !== b.length > 0)
      .map(({ point, column, a }) => ({ point, column, file: a.length > 0 ? "first" : "second" })),
    doubtful: pairs.flatMap(({ point, before, after }) => [
      ...doubts(before).map((verdict) => ({ point, file: "first" as const, verdict })),
      ...doubts(after).map((verdict) => ({ point, file: "second" as const, verdict })),
    ]),
    onlyBefore,
    onlyAfter,
  };
}

// --- internal ---

interface Figure {
  readonly point: string;
  readonly column: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** What can be compared of a point. Counts grow with the time. */
function figuresOf({ point, before, after }: Pair): readonly Figure[] {
  const isSameTime = TIMES.every((column) => apart(before, after, column).length === 0);
  return FIGURE_COLUMNS.filter((column) => isSameTime || !COUNT_COLUMNS.includes(column)).map((column) => ({
    point,
    column,
    a: valuesOf(before, column),
    b: valuesOf(after, column),
  }));
}

/** A setting that is one in all of these rows, and another in all of those. */
function apart([a]: readonly TextRow[], [b]: readonly TextRow[], column: string): readonly Difference[] {
  const [before, after] = [a?.[column] ?? "", b?.[column] ?? ""];
  return before === after ? [] : [{ column, before, after }];
}

const valuesOf = (rows: readonly TextRow[], column: string): readonly number[] =>
  rows
    .map((row) => row[column] ?? "")
    .flatMap((text) => (text === "" || Number.isNaN(Number(text)) ? [] : [Number(text)]));

const doubts = (rows: readonly TextRow[]): readonly string[] => [
  ...new Set(rows.map((row) => row["verdict"] ?? "").filter((verdict) => verdict !== "valid" && verdict !== "")),
];

function changeOf({ point, column, a, b }: Figure): Change {
  const [before, after] = [meanOf(a), meanOf(b)];
  const interval = welch(a, b);
  const changed = interval === null ? after !== before : interval[0] > 0 || interval[1] < 0;
  return {
    point,
    column,
    before: { mean: before, runs: a.length },
    after: { mean: after, runs: b.length },
    interval,
    changed,
  };
}
