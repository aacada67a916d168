// Thresholds such as `write_p99_ms<200`: what has to hold in every row.
import { type Cell, FIGURE_COLUMNS, type Row } from "./row.js";

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

/** A sentence for each row that a threshold does not hold in. A figure that there is none of crosses nothing. */
export const crossings = (thresholds: readonly Threshold[], rows: readonly Row[], name: (row: Row) => string) =>
  thresholds.flatMap(({ text, column, holds }) =>
    rows
      .filter((row) => isFigure(row[column]) && !holds(Number(row[column])))
      .map((row) => `${name(row)}: ${column} is ${row[column]}, not ${text.slice(column.length)}`),
  );

// --- internal ---

const isFigure = (cell: Cell | undefined): boolean => cell !== undefined && cell !== null && cell !== "";
