// A timed run's whole history on disk: JSON lines that `verify` accepts, and from which `perf analyze` makes the row again.
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../run/folder.js";
import type { TimedEvent, TimedTally } from "../run/timed/timed-run.js";
import type { Settings } from "./settings.js";

export interface KeptHistory {
  readonly settings: Settings;
  readonly tally: TimedTally;
  readonly startMs: number;
  readonly events: readonly TimedEvent[];
}

/** The file is no history of a timed run. */
export class KeptHistoryError extends Error {
  override readonly name = "KeptHistoryError";
}

/** Events are written in pieces: a history of a million operations is no string that one would want to hold. */
const PIECE = 5_000;

export function writeHistory(path: string, { settings, tally, startMs, events }: KeptHistory): void {
  makeFolder(dirname(path));
  const file = openSync(path, "w");
  writeSync(file, `${JSON.stringify({ history: 1, perf: { settings, tally, startMs } })}\n`);
  for (let from = 0; from < events.length; from += PIECE) {
    const lines = events.slice(from, from + PIECE).map((event) => JSON.stringify(event));
    writeSync(file, `${lines.join("\n")}\n`);
  }
  closeSync(file);
}

/** Throws KeptHistoryError, whose message names the line. */
export function readHistory(path: string): KeptHistory {
  const bytes = read(path);
  const events: TimedEvent[] = [];
  let head: Omit<KeptHistory, "events"> | undefined;
  let number = 0;
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(10, from);
    const to = at < 0 ? bytes.length : at;
    number += 1;
    const line = parsed(bytes.toString("utf8", from, to), `${path}:${number}`);
    from = to + 1;
    if (head === undefined) head = headOf(line, path);
    else events.push(line as unknown as TimedEvent);
  }
  if (head === undefined) throw new KeptHistoryError(`${path} is empty`);
  return { ...head, events };
}

// --- internal ---

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new KeptHistoryError(`${path} can't be read`);
  }
}

function parsed(text: string, place: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new KeptHistoryError(`${place}: not a JSON object`);
}

function headOf({ history, perf }: Record<string, unknown>, path: string): Omit<KeptHistory, "events"> {
  if (history !== 1 || typeof perf !== "object" || perf === null)
    throw new KeptHistoryError(`${path}:1: no history of a timed run (perf ... --history writes one)`);
  return perf as Omit<KeptHistory, "events">;
}
