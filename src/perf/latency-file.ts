// Latency files: a latency model as JSON (docs/perf.md), read and written.
import { KINDS, type Kind, type LatencyModel, PERCENTS, type Quantiles, rounded } from "./latency.js";

/** What a file that claims to be a model lacks; the message says where. */
export class LatencyFileError extends Error {
  override readonly name = "LatencyFileError";
}

/** Reads a latency file. Throws LatencyFileError. */
export function parseLatency(text: string): LatencyModel {
  const file = parsed(text);
  if (file["latency"] !== 1) throw new LatencyFileError('no latency file: it does not say "latency": 1');
  const requests = file["requests"];
  if (!isRecord(requests)) throw new LatencyFileError('"requests" is missing');
  const found: Partial<Record<Kind, Quantiles>> = {};
  for (const [kind, points] of Object.entries(requests)) {
    if (!(KINDS as readonly string[]).includes(kind))
      throw new LatencyFileError(`requests.${kind}: known are ${KINDS.join(", ")}`);
    found[kind as Kind] = quantiles(kind, points);
  }
  const { GET, PUT } = found;
  if (GET === undefined || PUT === undefined) throw new LatencyFileError("requests needs GET and PUT");
  const field = (name: string) => (typeof file[name] === "string" ? file[name] : "");
  return { name: field("name") || "file", source: field("source"), requests: { ...found, GET, PUT } };
}

/**
 * The text of a latency file, from measured times in milliseconds by kind: what `parseLatency` reads. Throws
 * RangeError where GET or PUT was not measured.
 */
export function latencyFile(
  name: string,
  source: string,
  measuredMs: Readonly<Partial<Record<Kind, readonly number[]>>>,
): string {
  const requests: Record<string, Quantiles> = {};
  for (const kind of KINDS) {
    const times = measuredMs[kind] ?? [];
    if (times.length > 0) requests[kind] = quantilesOf(times);
  }
  if (requests["GET"] === undefined || requests["PUT"] === undefined) throw new RangeError("GET and PUT are needed");
  const lines = Object.entries(requests).map(([kind, points]) => `    "${kind}": ${JSON.stringify(points)}`);
  const head = `  "latency": 1,\n  "name": ${JSON.stringify(name)},\n  "source": ${JSON.stringify(source)},`;
  return `{\n${head}\n  "requests": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** The distribution of measured times, at the percents of a model. Milliseconds. */
export function quantilesOf(times: readonly number[]): Quantiles {
  const sorted = times.toSorted((a, b) => a - b);
  return PERCENTS.map((percent) => [percent, quantile(sorted, percent)] as const);
}

// --- internal ---

/** Sums of longer times would leave the whole numbers that a clock counts in. */
const MS_MAX = 3_600_000;

function quantile(sorted: readonly number[], percent: number): number {
  const at = ((sorted.length - 1) * percent) / 100;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return rounded(low + (high - low) * (at - Math.floor(at)));
}

function quantiles(kind: string, points: unknown): Quantiles {
  const wrong = (why: string) => new LatencyFileError(`requests.${kind}: ${why}`);
  if (!Array.isArray(points) || points.length < 2) throw wrong("a list of [percent, milliseconds] is needed");
  let before = [0, 0];
  for (const point of points as unknown[]) {
    if (!Array.isArray(point) || point.length !== 2 || !point.every((n) => typeof n === "number" && n >= 0))
      throw wrong(`${JSON.stringify(point)} is not [percent, milliseconds]`);
    if (point[1] > MS_MAX) throw wrong(`${JSON.stringify(point)}: milliseconds go up to ${MS_MAX}, an hour`);
    if (point[0] < (before[0] ?? 0) || point[1] < (before[1] ?? 0)) throw wrong("percents and times must not go down");
    before = point as number[];
  }
  if (points[0][0] !== 0 || before[0] !== 100) throw wrong("the first percent is 0, the last 100");
  return points as unknown as Quantiles;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new LatencyFileError("no latency file: it is not a JSON object");
}
