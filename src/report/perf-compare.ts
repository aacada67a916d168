// What `perf compare` prints for people: what was compared with what, the figures that changed, and how sure that is.
import { aligned } from "./perf.js";

interface Change {
  readonly point: string;
  readonly column: string;
  readonly before: { readonly mean: number; readonly runs: number };
  readonly after: { readonly mean: number; readonly runs: number };
  readonly interval: readonly [number, number] | null;
  readonly changed: boolean;
}

interface Difference {
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

interface Comparison {
  readonly differing: readonly Difference[];
  readonly changes: readonly Change[];
  readonly otherTimes: readonly { readonly point: string; readonly times: readonly Difference[] }[];
  readonly oneSided: readonly { readonly point: string; readonly column: string; readonly file: string }[];
  readonly doubtful: readonly { readonly point: string; readonly file: string; readonly verdict: string }[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export function comparePage(comparison: Comparison): string {
  const { differing, changes, onlyBefore, onlyAfter } = comparison;
  const changed = changes.filter((change) => change.changed);
  const lines = changed.map(({ point, column, before, after, interval }) => [
    point,
    column,
    short(before.mean),
    short(after.mean),
    before.mean === 0 ? "-" : `${(100 * (after.mean / before.mean - 1)).toFixed(1)} %`,
    interval === null ? withoutInterval(before.runs, after.runs) : `${short(interval[0])} to ${short(interval[1])}`,
  ]);
  return [
    ...differing.map(said),
    changes.length === 0 ? "nothing to compare" : `${changed.length} of ${changes.length} figures changed`,
    ...(lines.length === 0
      ? []
      : aligned([["point", "figure", "before", "after", "by", "95 % of the difference"], ...lines])),
    ...(changed.some(({ before, after }) => before.runs === 1 && after.runs === 1)
      ? ["single runs: chance alone moves figures, too; perf --repeat N on both sides says how far"]
      : []),
    ...leftOut(comparison),
    ...listed("only in the first", onlyBefore),
    ...listed("only in the second", onlyAfter),
    "",
  ].join("\n");
}

// --- internal ---

const said = ({ column, before, after }: Difference): string => `${column}: ${before || "-"}, then ${after || "-"}`;

const short = (value: number): string => String(Number(value.toPrecision(4)));

const withoutInterval = (before: number, after: number): string =>
  before > 1 && after > 1 ? "no run differs" : before > 1 || after > 1 ? "one side has one run" : "single runs";

const listed = (what: string, points: readonly string[]): readonly string[] =>
  points.length === 0 ? [] : [`${what}: ${points.join("; ")}`];

/** What was not compared, or is not worth much, and why. */
function leftOut({ differing, otherTimes, oneSided, doubtful }: Comparison): readonly string[] {
  const isTold = (time: Difference): boolean => differing.some(({ column }) => column === time.column);
  const where = otherTimes.flatMap(({ point, times }) => {
    const untold = times.filter((time) => !isTold(time)).map(said);
    return untold.length === 0 ? [] : [`${point} (${untold.join(", ")})`];
  });
  const columns = [...new Set(oneSided.map(({ file, column }) => `${column}, in the ${file}`))];
  const points = (wanted: string): string =>
    oneSided
      .filter(({ file, column }) => `${column}, in the ${file}` === wanted)
      .map(({ point }) => point)
      .join("; ");
  return [
    ...(otherTimes.length === 0
      ? []
      : [`counts are left out, since the time measured differs${where.length === 0 ? "" : `: ${where.join("; ")}`}`]),
    ...columns.map((column) => `${column} only: ${points(column)}`),
    ...doubtful.map(({ point, file, verdict }) => `${verdict} in the ${file}: ${point}`),
  ];
}
