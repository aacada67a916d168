// One point: a timed run, its verdict by every property, its row.
import { judgeAll } from "../../properties/index.js";
import type { TimedRun } from "../run/timed/timed-run.js";
import { attemptsOf } from "./attempts.js";
import { figuresOf } from "./figures.js";
import type { KeptHistory } from "./history-file.js";
import { type Judged, type Row, rowOf } from "./row.js";
import type { Settings } from "./settings.js";

/** Carries out one point; in virtual time or against a server. */
export type Runner = (settings: Settings) => Promise<TimedRun>;

export interface Point {
  readonly settings: Settings;
  readonly run: TimedRun;
  readonly row: Row;
  readonly verdict: Judged["verdict"];
}

export async function runPoint(settings: Settings, runner: Runner): Promise<Point> {
  const run = await runner(settings);
  const row = rowFrom(settings, run);
  return { settings, run, row, verdict: row["verdict"] as Judged["verdict"] };
}

/** The row of a history that was kept. What looks into the bucket can't be judged from it. */
export function analyze({ settings, tally, startMs, events }: KeptHistory): Row {
  const { leaseTtlMs } = settings.load;
  const disturbed = settings.clock === "wall" || tally.faults > 0;
  const record = { history: events, story: [], leaseTtlMs, disturbed, waived: [] };
  return rowFrom(settings, { record, startMs, tally, interrupted: false });
}

// --- internal ---

function rowFrom(settings: Settings, { record, startMs, tally }: TimedRun): Row {
  const { violation, unknown } = judgeAll(record);
  const because = unknown[0]?.message ?? tally.unseen;
  const judged: Judged =
    violation !== null
      ? {
          verdict: "invalid",
          because: `${violation.property.promise} ${violation.property.name}: ${violation.message}`,
        }
      : { verdict: unknown.length > 0 ? "unknown" : "valid", because: because ?? "" };
  const { warmUpMs, load } = settings;
  const window = { startMs, warmUpMs, durationMs: load.durationMs };
  return rowOf(settings, figuresOf(attemptsOf(record.history), tally, window), judged);
}
