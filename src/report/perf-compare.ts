// What `perf compare` prints for people: the figures that changed, by how much, and how sure that is.
import { aligned } from "./perf.js";

interface Change {
  readonly point: string;
  readonly column: string;
  readonly before: { readonly mean: number; readonly runs: number };
  readonly after: { readonly mean: number; readonly runs: number };
  readonly interval: readonly [number, number] | null;
  readonly changed: boolean;
}

interface Comparison {
  readonly differing: readonly { readonly column: string; readonly before: string; readonly after: string }[];
  readonly changes: readonly Change[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export function comparePage({ differing, changes, onlyBefore, onlyAfter }: Comparison): string {
  const changed = changes.filter((change) => change.changed);
  const lines = changed.map(({ point, column, before, after, interval }) => [
    point,
    column,
    short(before.mean),
    short(after.mean),
    before.mean === 0 ? "-" : `${(100 * (after.mean / before.mean - 1)).toFixed(1)} %`,
    interval === null ? "single runs" : `${short(interval[0])} to ${short(interval[1])}`,
  ]);
  return [
    ...differing.map((each) => `${each.column}: ${each.before || "-"}, then ${each.after || "-"}`),
    `${changed.length} of ${changes.length} figures changed`,
    ...(lines.length === 0
      ? []
      : aligned([["point", "figure", "before", "after", "by", "95 % of the difference"], ...lines])),
    ...(onlyBefore.length === 0 ? [] : [`only in the first: ${onlyBefore.join("; ")}`]),
    ...(onlyAfter.length === 0 ? [] : [`only in the second: ${onlyAfter.join("; ")}`]),
    "",
  ].join("\n");
}

// --- internal ---

const short = (value: number): string => String(Number(value.toPrecision(4)));
