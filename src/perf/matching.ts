// Which points of one result belong to which of another.
import { POINT_COLUMNS } from "./row.js";

export type TextRow = Readonly<Record<string, string>>;

export interface Pair {
  /** What the point is: the settings in which the points of a file differ among themselves. */
  readonly point: string;
  /** Its runs. */
  readonly before: readonly TextRow[];
  readonly after: readonly TextRow[];
}

export interface Matching {
  readonly pairs: readonly Pair[];
  /** Settings that are one in the whole of each file. */
  readonly steady: readonly string[];
  /** Points that only one of the files has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** How long a point was measured: what two runs of one load may differ in, and still be compared. */
export const TIMES = ["duration_s", "warm_up_s"];

/**
 * Rows of the same settings but for seed and repetition are runs of one point. A point without a counterpart is matched
 * with the one that differs from it in the time measured alone, where there is just one such on either side.
 */
export function matched(before: readonly TextRow[], after: readonly TextRow[]): Matching {
  const valuesIn = (rows: readonly TextRow[], column: string): number => new Set(rows.map((row) => row[column])).size;
  const varying = SETTINGS.filter((column) => valuesIn(before, column) > 1 || valuesIn(after, column) > 1);
  const [left, right] = [grouped(before, varying), grouped(after, varying)];
  const matches = new Map<Group, Group>();
  for (const group of left) {
    const same = right.find(({ load, time }) => load === group.load && time === group.time);
    if (same !== undefined) matches.set(group, same);
  }
  const alone = (groups: readonly Group[], load: string): readonly Group[] => {
    const taken = new Set([...matches].flat());
    return groups.filter((group) => group.load === load && !taken.has(group));
  };
  for (const { load } of left) {
    const [one, two] = [alone(left, load), alone(right, load)];
    if (one[0] !== undefined && two[0] !== undefined && one.length === 1 && two.length === 1)
      matches.set(one[0], two[0]);
  }
  // Its time is part of a point's name only where it tells two of one file apart.
  const isTimed = (load: string): boolean =>
    [left, right].some((groups) => groups.filter((group) => group.load === load).length > 1);
  const nameOf = ({ load, time }: Group): string =>
    isTimed(load) ? [load, time].filter((part) => part !== "").join(", ") : load || "all";
  const missing = (groups: readonly Group[]): readonly string[] =>
    [...new Set(groups.map(({ load }) => load))].flatMap((load) => alone(groups, load).map(nameOf));
  return {
    pairs: [...matches].map(([a, b]) => ({ point: nameOf(a), before: a.rows, after: b.rows })),
    steady: SETTINGS.filter((column) => !varying.includes(column)),
    onlyBefore: missing(left),
    onlyAfter: missing(right),
  };
}

// --- internal ---

const SETTINGS = POINT_COLUMNS.filter((column) => column !== "seed" && column !== "repeat");

interface Group {
  readonly load: string;
  readonly time: string;
  readonly rows: TextRow[];
}

/** In the order of the file. */
function grouped(rows: readonly TextRow[], varying: readonly string[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const named = (columns: readonly string[]): string =>
      columns.map((column) => `${column} ${row[column] ?? ""}`).join(", ");
    const load = named(varying.filter((column) => !TIMES.includes(column)));
    const time = named(TIMES.filter((column) => (row[column] ?? "") !== ""));
    const group = groups.get(`${load}|${time}`) ?? { load, time, rows: [] };
    groups.set(`${load}|${time}`, group);
    group.rows.push(row);
  }
  return [...groups.values()];
}
