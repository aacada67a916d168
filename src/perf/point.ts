// One point: a timed run, its verdict by every property, its row.
import { judgeAll } from "../../properties/index.js";
import { AUDITOR, type TimedEvent, type TimedRun } from "../run/timed/timed-run.js";
import { commandsOf } from "./commands.js";
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

function rowFrom(settings: Settings, run: TimedRun): Row {
  const { warmUpMs, load } = settings;
  const window = { startMs: run.startMs, warmUpMs, durationMs: load.durationMs };
  return rowOf(settings, figuresOf(commandsOf(run.record.history), run.tally, window), judged(run));
}

/**
 * What was acknowledged is looked for in the end, by the auditor's scan. Where that failed, as when the server is gone,
 * nobody knows. Only the bucket's own story may be missing: the answers are judged without it, and the row says so.
 */
function judged({ record, tally }: TimedRun): Judged {
  const { violation, unknown } = judgeAll(record);
  if (violation !== null) {
    const { promise, name } = violation.property;
    return { verdict: "invalid", because: `${promise} ${name}: ${violation.message}` };
  }
  const open = unknown[0]?.message ?? auditFailure(record.history);
  return { verdict: open === undefined ? "valid" : "unknown", because: open ?? tally.unseen ?? "" };
}

/** Why nobody has seen whether what was acknowledged is there; undefined where the auditor has read it all. */
function auditFailure(history: readonly TimedEvent[]): string | undefined {
  const scans = history.filter(({ client, type }) => client === AUDITOR && type !== "invoke").filter(isScan);
  if (scans.some(({ type }) => type === "ok")) return undefined;
  const { error = "", message = "" } = scans.at(-1) ?? {};
  const why = scans.length === 0 ? "there was none" : [error, message].filter((text) => text !== "").join(", ");
  return `whether every acknowledged write is there was not seen: the final scan failed (${why})`;
}

const isScan = (event: TimedEvent): event is Extract<TimedEvent, { readonly type: "ok" | "fail" | "info" }> =>
  event.type !== "crash" && event.op === "scan";
