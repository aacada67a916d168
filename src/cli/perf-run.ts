// Runs series of points, says what came of them, and ends with the code that belongs to it.

import { CsvError } from "../perf/csv.js";
import { drawPicture, PicturesError, preparePython } from "../perf/pictures.js";
import { runSeries, type SeriesOptions, type SeriesResult } from "../perf/series.js";
import type { Settings } from "../perf/settings.js";
import { onEach, type Series } from "../perf/sweeps.js";
import { crossings } from "../perf/threshold.js";
import { driverLimit } from "../report/driver-limit.js";
import { ofSeveral, perfPage, pointOf } from "../report/perf.js";
import { wallClock } from "../run/choices.js";
import { CliError, EXIT } from "./exit.js";
import { interruption } from "./interruption.js";
import type { PerfFlags } from "./perf-flags.js";
import { placeOf } from "./perf-place.js";
import { ROOT } from "./version.js";

export async function perfRun(flags: PerfFlags, seriesOf: (base: Settings) => readonly Series[]): Promise<void> {
  const stop = interruption();
  const { base, targets, runner, close } = await placeOf(flags, stop.asked);
  const all = seriesOf(base).map((series) => onEach(series, targets));
  const options: SeriesOptions = {
    folder: flags.out,
    existing: flags.resume === true ? "resume" : flags.force === true ? "force" : "keep",
    runner,
    interrupted: stop.asked,
    onPoint: progress(all),
    ...(flags.history === undefined ? {} : { historyPath: historyPath(flags.history, all) }),
  };
  const results: SeriesResult[] = [];
  try {
    for (const series of all) {
      if (stop.asked()) break;
      const result = await saved(flags.out, () => runSeries(series, options));
      results.push(result);
      if (flags.json !== true) process.stdout.write(`${pageOf(result)}\n`);
      const limit = limitOf(result);
      if (limit !== undefined) process.stderr.write(`${limit}\n`);
    }
  } finally {
    const left = await close();
    if (left !== undefined) process.stderr.write(`${left}\n`);
  }
  const drawable = results.filter(({ rows }) => !ofSeveral(rows));
  const pictures = flags.plots === true && !stop.asked() ? await pictureAll(drawable) : [];
  stop.dispose();
  const crossed = results.flatMap(({ series, rows }) =>
    crossings(flags.threshold, rows, (row) => `${series.file}, ${series.column} ${row[series.column]}`),
  );
  for (const line of crossed) process.stderr.write(`threshold crossed: ${line}\n`);
  for (const path of results.flatMap(({ traces }) => traces))
    process.stderr.write(`a promise is broken; the history: npx manifest-chaos verify ${path}\n`);
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ ...documentOf(results, crossed), pictures })}\n`);
  process.exitCode = exitCode(results, crossed, stop.asked());
}

// --- internal ---

const draw = ({ path, series }: SeriesResult): string =>
  `python3 plot_results.py ${path} ${series.column} "${series.title}"`;

const pageOf = (result: SeriesResult): string =>
  perfPage({ path: result.path, column: result.series.column, rows: result.rows, draw: draw(result) });

const limitOf = ({ rows, series }: SeriesResult): string | undefined =>
  driverLimit(rows, (row) => pointOf(row, series.column, ofSeveral(rows)));

const documentOf = (results: readonly SeriesResult[], crossed: readonly string[]) => ({
  results: results.map((result) => ({
    file: result.path,
    column: result.series.column,
    draw: draw(result),
    interrupted: result.interrupted,
    traces: result.traces,
    rows: result.rows,
  })),
  crossed,
});

function exitCode(results: readonly SeriesResult[], crossed: readonly string[], interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  const verdicts = results.flatMap(({ rows }) => rows.map((row) => row["verdict"]));
  if (verdicts.includes("invalid")) return EXIT.violated;
  if (verdicts.includes("unknown")) return EXIT.unknown;
  return crossed.length > 0 ? EXIT.crossed : EXIT.good;
}

/** One file for one point; for several the point's name goes in front of the ending. */
function historyPath(path: string, all: readonly Series[]): (label: string) => string {
  const points = all.reduce((count, series) => count + series.points.length, 0);
  if (points === 1) return () => path;
  return (label) => path.replace(/(\.[^./]*)?$/, `-${label}$1`);
}

/** Points done and time left, a line a point on stderr. */
function progress(all: readonly Series[]): NonNullable<SeriesOptions["onPoint"]> {
  const points = all.reduce((count, series) => count + series.points.length, 0);
  const startMs = wallClock.now();
  let begun = 0;
  return (label) => {
    const perPointMs = begun === 0 ? 0 : (wallClock.now() - startMs) / begun;
    const left = begun === 0 ? "" : `, about ${Math.ceil((perPointMs * (points - begun)) / 1000)} s left`;
    begun += 1;
    process.stderr.write(`[${begun}/${points}] ${label}${left}\n`);
  };
}

/** Pictures of all results. Without them the results are whole all the same, so what is missing is only said. */
async function pictureAll(results: readonly SeriesResult[]): Promise<readonly string[]> {
  const say = (line: string): unknown => process.stderr.write(`${line}\n`);
  try {
    const python = await preparePython(ROOT, say);
    const drawn = await Promise.all(
      results.map(({ path, series }) =>
        drawPicture(python, ROOT, { csv: path, column: series.column, title: series.title }),
      ),
    );
    say(
      `pictures: ${drawn
        .flat()
        .filter((path) => path.endsWith(".png"))
        .join(", ")}, and as SVG`,
    );
    return drawn.flat();
  } catch (error) {
    if (!(error instanceof PicturesError)) throw error;
    say(`no pictures: ${error.message}`);
    return [];
  }
}

async function saved<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CsvError) throw new CliError(EXIT.data, error.message);
    const { code = "", message = "" } = error as { code?: string; message?: string };
    if (/^E[A-Z]+$/.test(code)) throw new CliError(EXIT.data, `--out ${folder}: results can't be written (${message})`);
    throw error;
  }
}
