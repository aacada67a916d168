// Thresholds such as `write_p99_ms<200`: what has to hold in every row.
import { FIGURE_COLUMNS, type Row } from "./row.js";

export interface Threshold {
  readonly text: string;
  readonly column: string;
  readonly holds: (value: number) => boolean;
}

const COMPARISONS: Readonly<Record<string, (limit: number) => (value: number) => boolean>> = {
  "<": (limit) => (value) => value < limit,
  "<=": (limit) => (value) => value <= limit,
  ">": (limit) => (value) => value > limit,
  ">=": (limit) => (value) => value >= limit,
};

/** Undefined where the text is none. */
export function parseThreshold(text: string): Threshold | undefined {
  const match = /^\s*(\w+)\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  const [, column = "", comparison = "", limit = ""] = match ?? [];
  const holds = COMPARISONS[comparison]?.(Number(limit));
  if (holds === undefined || !FIGURE_COLUMNS.includes(column)) return undefined;
  return { text: `${column}${comparison}${limit}`, column, holds };
}

/** A sentence for each row that a threshold does not hold in. A figure that there is none of holds nowhere. */
export const crossings = (thresholds: readonly Threshold[], rows: readonly Row[], name: (row: Row) => string) =>
  thresholds.flatMap(({ text, column, holds }) =>
    rows.flatMap((row) => {
      const cell = row[column] ?? "";
      if (cell === "")
        return [`${name(row)}: ${column}: nothing to measure, so it is not known to be ${text.slice(column.length)}`];
      return holds(Number(cell)) ? [] : [`${name(row)}: ${column} is ${cell}, not ${text.slice(column.length)}`];
    }),
  );
