// What perf prints for people: a table of a result's rows, and a summary of what failed.
import { fewSamples } from "./few-samples.js";

type Cell = string | number | null | undefined;
type Row = Readonly<Record<string, Exclude<Cell, undefined>>>;

export interface PerfPage {
  readonly path: string;
  /** The column that the points differ in. */
  readonly column: string;
  readonly rows: readonly Row[];
  /** The command that draws the picture. */
  readonly draw: string;
}

const SHOWN: readonly (readonly [heading: string, column: string, digits: number])[] = [
  ["fail rate", "precondition_failure_rate", 3],
  ["write/s", "write_tps", 2],
  ["read/s", "read_tps", 2],
  ["write p50", "write_p50_ms", 0],
  ["p95", "write_p95_ms", 0],
  ["p99 ms", "write_p99_ms", 0],
  ["read p99", "read_p99_ms", 0],
  ["retries", "avg_retry_count", 2],
  ["dropped", "writes_dropped", 0],
  ["verdict", "verdict", 0],
];

/** Of programs, which may be several in one table: what tells them apart, and what each commit costs. */
const OF_PROGRAMS: typeof SHOWN = [
  ["write/s", "write_tps", 2],
  ["read/s", "read_tps", 2],
  ["requests a commit", "requests_per_commit", 1],
  ["fail rate", "precondition_failure_rate", 3],
  ["verdict", "verdict", 0],
];

const WIDTH = 100;

/** At most 100 characters across. */
export function perfPage({ path, column, rows, draw }: PerfPage): string {
  const programs = rows.some(ofProgram);
  const shown = programs ? OF_PROGRAMS : SHOWN;
  const headings = [...(programs ? ["target"] : []), column, ...shown.map(([heading]) => heading)];
  const body = rows.map((row) => [
    ...(programs ? [String(row["target"]).slice(-TARGET_MAX)] : []),
    String(row[column] ?? ""),
    ...shown.map(([, name, digits]) => cell(row[name], digits)),
  ]);
  const picture = ofSeveral(rows) ? [] : [`picture: ${draw}`];
  const lines = [`${path} (${clockOf(rows)})`, ...aligned([headings, ...body]), failures(rows, column), ...picture];
  return `${lines.join("\n")}\n`;
}

/** True where the rows are of more than one target: a picture would mix them. */
export const ofSeveral = (rows: readonly Row[]): boolean => new Set(rows.map((row) => row["target"])).size > 1;

/** Columns made equally wide, numbers to the right. */
export function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines.map((line) => `  ${line.map((text, i) => text.padStart(widths[i] ?? 0)).join("  ")}`);
}

/** `num_writers 4`, with its repetition and its target where that tells it apart. */
export const pointOf = (row: Row, column: string, several: boolean): string =>
  [
    `${column} ${row[column]}`,
    ...(Number(row["repeat"] ?? 0) > 0 ? [`repeat ${row["repeat"]}`] : []),
    ...(several ? [String(row["target"]).slice(-TARGET_MAX)] : []),
  ].join(" ");

// --- internal ---

/** The end of a command says more than its beginning. */
const TARGET_MAX = 24;

/** By the wall clock, yet on the simulated store. */
const ofProgram = (row: Row): boolean => row["clock"] === "wall" && row["backend"] === "simulated";

function cell(value: Cell, digits: number): string {
  if (value === null || value === undefined || value === "") return "-";
  const number = Number(value);
  return Number.isNaN(number) ? String(value) : number.toFixed(digits);
}

const clockOf = (rows: readonly Row[]): string => {
  const [first] = rows;
  if (first === undefined) return "no points";
  const how = first["clock"] === "virtual" ? `virtual time, latency model ${first["latency_model"]}` : wallOf(first);
  return `${how}, ${first["duration_s"]} s a point, seed ${first["seed"]}`;
};

const wallOf = (row: Row): string => {
  const travel = row["latency_model"];
  return travel === "" || travel === null ? "wall clock" : `wall clock, ${travel} a request`;
};

function rangeOf(percents: readonly number[]): string {
  if (percents.length === 0) return "no attempt ended";
  const [low, high] = [Math.min(...percents).toFixed(1), Math.max(...percents).toFixed(1)];
  return `${low === high ? low : `${low} to ${high}`} % of attempts`;
}

/** The failure-rate summary: all points together, then the broken promises. */
function failures(rows: readonly Row[], column: string): string {
  const several = ofSeveral(rows);
  const sum = (column: string): number => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  const rates = rows.flatMap((row) =>
    row["precondition_failure_rate"] === "" ? [] : (row["precondition_failure_rate"] ?? []),
  );
  const lines = [
    `precondition failures: ${rangeOf(rates.map((rate) => 100 * Number(rate)))}; ${sum("writes_ok")} writes ok, ${sum("writes_failed")} gave up, ${sum("writes_info")} unknown, ${sum("writes_dropped")} dropped`,
  ];
  lines.push(...fewSamples(rows, (row) => pointOf(row, column, several), WIDTH));
  for (const row of rows) {
    const point = pointOf(row, column, several);
    if (row["verdict"] !== "valid") lines.push(`${row["verdict"]} at ${point}: ${row["because"]}`);
    else if ((row["because"] ?? "") !== "") lines.push(`valid at ${point}, but: ${row["because"]}`);
  }
  return lines.join("\n");
}
