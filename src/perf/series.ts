// Runs a series of points into its CSV file, one after the other; a point that fails does not stop the others.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { appendRow, beginCsv, CsvError, freePath, readCsv, resumeCsv } from "./csv.js";
import { writeHistory } from "./history-file.js";
import { type Point, type Runner, runPoint } from "./point.js";
import { type Cell, configurationOf, POINT_COLUMNS, type Row } from "./row.js";
import type { Settings } from "./settings.js";
import type { Series } from "./sweeps.js";

export interface SeriesOptions {
  readonly folder: string;
  /** What happens to a file of that name: kept (the new one gets a suffix), gone on with, or overwritten. */
  readonly existing: "keep" | "resume" | "force";
  readonly runner: Runner;
  /** Where the point's whole history goes, if anywhere. */
  readonly historyPath?: (label: string) => string;
  readonly interrupted: () => boolean;
  readonly onPoint?: (label: string, done: number, of: number) => void;
}

export interface SeriesResult {
  readonly series: Series;
  readonly path: string;
  /** In the order of the file, those that were there before included. */
  readonly rows: readonly Row[];
  /** Histories of points that broke a promise. */
  readonly traces: readonly string[];
  readonly interrupted: boolean;
}

export async function runSeries(series: Series, options: SeriesOptions): Promise<SeriesResult> {
  const { folder, existing, runner, interrupted } = options;
  const wanted = join(folder, `${series.file}.csv`);
  const resuming = existing === "resume" && existsSync(wanted);
  const path = existing === "keep" ? freePath(wanted) : wanted;
  if (resuming) refuseStrangers(path, series);
  const rows: Row[] = resuming ? [...resumeCsv(path)] : [];
  const done = new Set(rows.map(nameOf));
  if (!resuming) beginCsv(path);
  const traces: string[] = [];
  for (const [i, settings] of series.points.entries()) {
    if (done.has(nameOf(configurationOf(settings)))) continue;
    if (interrupted()) return { series, path, rows, traces, interrupted: true };
    const label = labelOf(series, settings);
    options.onPoint?.(label, i, series.points.length);
    const point = await runPoint(settings, runner);
    if (point.run.interrupted) return { series, path, rows, traces, interrupted: true };
    if (point.verdict === "invalid") traces.push(keep(join(folder, `violation_${label}.jsonl`), point));
    if (options.historyPath !== undefined) keep(options.historyPath(label), point);
    appendRow(path, point.row);
    rows.push(point.row);
  }
  return { series, path, rows, traces, interrupted: false };
}

// --- internal ---

/** Rows of other settings in one file would be compared with these, though they can't be. Throws CsvError. */
function refuseStrangers(path: string, { points }: Series): void {
  const wanted = new Set(points.map((settings) => nameOf(configurationOf(settings))));
  for (const row of readCsv(path)) {
    if (wanted.has(nameOf(row))) continue;
    const closest = points.map((settings) => configurationOf(settings)).map((mine) => differences(row, mine));
    const least = closest.reduce((a, b) => (b.length < a.length ? b : a));
    throw new CsvError(`${path} has a row of other settings (${least.join(", ")}), so --resume can't go on with it`);
  }
}

const differences = (row: Row, mine: Readonly<Record<string, Cell>>): readonly string[] =>
  POINT_COLUMNS.flatMap((column) => {
    const [there, here] = [String(row[column] ?? ""), String(mine[column] ?? "")];
    return there === here ? [] : [`${column} is ${there} there, and ${here} here`];
  });

const nameOf = (row: Readonly<Record<string, Cell>>): string =>
  POINT_COLUMNS.map((column) => String(row[column] ?? "")).join("|");

/** Names a point in messages and in files: `sweep_overlap_0.2`, with its repetition where it is not the first, and its target where there are several. */
function labelOf({ file, column, points }: Series, settings: Settings): string {
  const value = file === "test_baseline" ? "" : `_${configurationOf(settings)[column]}`;
  const several = points.some(({ target }) => target !== settings.target);
  const target = several ? `_${settings.target.replace(/[^A-Za-z0-9]+/g, "-").slice(-NAME_MAX)}` : "";
  return `${file}${value}${target}${settings.repeat === 0 ? "" : `_repeat${settings.repeat}`}`;
}

const NAME_MAX = 30;

function keep(path: string, { settings, run }: Point): string {
  writeHistory(path, { settings, tally: run.tally, startMs: run.startMs, events: run.record.history });
  return path;
}
