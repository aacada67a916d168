// `doctor --measure`: a server's latencies, as the file that `perf --latency` reads.
import { writeFileSync } from "node:fs";
import { latencyFile, quantilesOf } from "../perf/latency-file.js";
import type { MeasuredRequests } from "../report/doctor.js";
import { wallClock } from "../run/choices.js";
import type { Endpoint } from "../run/endpoint.js";
import { type Measurement, measure, SORTS, type Sort } from "../run/timed/measure.js";
import { CliError, EXIT } from "./exit.js";
import { interruption } from "./interruption.js";

export const ROUNDS = 200;

export interface MeasureOptions {
  readonly file: string;
  /** What the server is called in the file. */
  readonly name: string;
  readonly rounds: number;
}

/** Measures and writes the file. Throws CliError, after Ctrl-C too: then nothing is written. */
export async function measureInto(
  { file, name, rounds }: MeasureOptions,
  send: Endpoint["send"],
  prefix: string,
): Promise<MeasuredRequests> {
  const signals = interruption();
  try {
    process.stderr.write(`measuring: ${rounds} requests of each kind, one at a time\n`);
    const measurement = await measure({ send, prefix, rounds, interrupted: signals.asked });
    if (measurement.left > 0) process.stderr.write(`left on the server: ${measurement.left} objects under ${prefix}\n`);
    if (measurement.interrupted) throw new CliError(EXIT.interrupted, "--measure was interrupted: nothing is written");
    return written(file, name, rounds, measurement);
  } finally {
    signals.dispose();
  }
}

// --- internal ---

const SHOWN: Readonly<Record<Sort, string>> = {
  GET: "GET",
  PUT: "PUT",
  create: "PUT If-None-Match: *",
  replace: "PUT If-Match",
  DELETE: "DELETE",
  LIST: "LIST",
};

function written(file: string, name: string, rounds: number, { sorts }: Measurement): MeasuredRequests {
  for (const sort of SORTS) {
    const { failed, timesMs } = sorts[sort];
    if (failed > timesMs.length)
      throw new CliError(EXIT.unknown, `--measure: ${failed} requests "${SHOWN[sort]}" failed, so nothing is written`);
  }
  const { GET, PUT, create, replace, DELETE, LIST } = sorts;
  const today = new Date(wallClock.now()).toISOString().slice(0, 10);
  const text = latencyFile(name, `doctor --measure, ${rounds} requests of each kind, one at a time, ${today}`, {
    GET: GET.timesMs,
    // A manifest sends all three, most of them with a condition.
    PUT: [...PUT.timesMs, ...create.timesMs, ...replace.timesMs],
    DELETE: DELETE.timesMs,
    LIST: LIST.timesMs,
  });
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CliError(EXIT.data, `--measure ${file} can't be written: ${(error as Error).message}`);
  }
  return { file, requests: SORTS.map((sort) => figuresOf(sort, sorts)) };
}

function figuresOf(sort: Sort, sorts: Measurement["sorts"]): MeasuredRequests["requests"][number] {
  const { timesMs, failed } = sorts[sort];
  const at = new Map(quantilesOf(timesMs));
  const ms = (percent: number): number => at.get(percent) ?? 0;
  return { kind: SHOWN[sort], count: timesMs.length, failed, p50Ms: ms(50), p90Ms: ms(90), p99Ms: ms(99) };
}
