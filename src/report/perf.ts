// What perf prints for people: a table of a result's rows, and a summary of what failed.

type Row = Readonly<Record<string, string | number | null>>;

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

/** At most 100 characters across. */
export function perfPage({ path, column, rows, draw }: PerfPage): string {
  const headings = [column, ...SHOWN.map(([heading]) => heading)];
  const body = rows.map((row) => [
    String(row[column] ?? ""),
    ...SHOWN.map(([, name, digits]) => cell(row[name], digits)),
  ]);
  return [`${path} (${clockOf(rows)})`, ...aligned([headings, ...body]), failures(rows), `picture: ${draw}`, ""].join(
    "\n",
  );
}

/** Columns made equally wide, numbers to the right. */
export function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  return lines.map((line) => `  ${line.map((text, i) => text.padStart(widths[i] ?? 0)).join("  ")}`);
}

// --- internal ---

/** From here on a process has little more to give: the server wants a part of the machine, too. */
const BUSY = 0.7;

function cell(value: string | number | null | undefined, digits: number): string {
  if (value === null || value === undefined || value === "") return "-";
  const number = Number(value);
  return Number.isNaN(number) ? String(value) : number.toFixed(digits);
}

const clockOf = (rows: readonly Row[]): string => {
  const [first] = rows;
  if (first === undefined) return "no points";
  const how = first["clock"] === "virtual" ? `virtual time, latency model ${first["latency_model"]}` : "wall clock";
  return `${how}, ${first["duration_s"]} s a point, seed ${first["seed"]}`;
};

/** The failure-rate summary: all points together, then the broken promises. */
function failures(rows: readonly Row[]): string {
  const sum = (column: string): number => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  const rates = rows.map((row) => Number(row["precondition_failure_rate"] ?? 0));
  const low = (100 * Math.min(...rates)).toFixed(1);
  const high = (100 * Math.max(...rates)).toFixed(1);
  const lines = [
    `precondition failures: ${low} to ${high} % of attempts; ${sum("writes_ok")} writes ok, ${sum("writes_failed")} gave up, ${sum("writes_info")} unknown, ${sum("writes_dropped")} dropped`,
  ];
  const busy = Math.max(...rows.map((row) => Number(row["driver_cpu"] ?? 0)));
  if (busy >= BUSY)
    lines.push(
      `this process was the limit, not the server: busy ${(100 * busy).toFixed(0)} % of the time, most of it in the AWS SDK`,
    );
  for (const row of rows) if (row["verdict"] !== "valid") lines.push(`${row["verdict"]}: ${row["because"]}`);
  return lines.join("\n");
}
