// Whether the program that drives a timed run limits it, rather than what is measured: then it is told.

type Row = Readonly<Record<string, string | number | null>>;

/** From here on it has little more to give. A server on the same machine may be short of a core before that. */
const BUSY = 0.8;

/** One sentence on the points at which this process was busy, undefined where there are none. `nameOf`: which point. */
export function driverLimit(rows: readonly Row[], nameOf: (row: Row) => string): string | undefined {
  const busy = rows.filter((row) => Number(row["driver_busy"] ?? 0) >= BUSY);
  if (busy.length === 0) return undefined;
  const percent = (row: Row, column: string): string => `${Math.round(100 * Number(row[column]))} %`;
  const points = busy.map((row) => {
    const perSecond = Math.round(Number(row["requests"]) / Number(row["duration_s"]));
    const share = `busy ${percent(row, "driver_busy")} of the time, on ${percent(row, "driver_cpu")} of a core`;
    return `${nameOf(row)} (${perSecond} requests/s; ${share})`;
  });
  const ofProgram = busy.some((row) => row["backend"] === "simulated");
  const [work, other] = ofProgram ? ["the HTTP door", "the program"] : ["the AWS SDK", "the server"];
  return `this process, not ${other}, limits the rate at ${points.join(", ")}; most of its time goes into ${work}`;
}
