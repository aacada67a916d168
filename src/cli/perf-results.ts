// `perf compare` and `perf analyze`: work on what timed runs have left on disk.
import type { Command } from "commander";
import { compareRows } from "../perf/compare.js";
import { CsvError, readCsv, rowLine } from "../perf/csv.js";
import { KeptHistoryError, readHistory } from "../perf/history-file.js";
import { analyze } from "../perf/point.js";
import { comparePage } from "../report/perf-compare.js";
import { CliError, EXIT } from "./exit.js";

interface JsonFlag {
  readonly json?: true;
}

export function perfResultCommands(perf: Command): void {
  perf
    .command("compare")
    .description("What changed between two results: with 95 % intervals where points were repeated (--repeat).")
    .argument("<before>", "a CSV file of perf")
    .argument("<after>", "another one")
    .option("--json", "print one JSON document on stdout")
    .action(compare);
  perf
    .command("analyze")
    .description("Makes the row again from a history that --history kept, and judges it again.")
    .argument("<file>", "the history")
    .option("--json", "print one JSON document on stdout")
    .action(analyzeFile);
}

// --- internal ---

function compare(before: string, after: string, flags: JsonFlag): void {
  const comparison = dataOf(() => compareRows(readCsv(before), readCsv(after)));
  process.stdout.write(flags.json === true ? `${JSON.stringify(comparison)}\n` : comparePage(comparison));
  if (comparison.changes.length === 0) process.exitCode = EXIT.unknown;
}

function analyzeFile(file: string, flags: JsonFlag): void {
  const row = dataOf(() => analyze(readHistory(file)));
  process.stdout.write(flags.json === true ? `${JSON.stringify(row)}\n` : rowLine(row));
  const codes: Readonly<Record<string, number>> = { valid: EXIT.good, invalid: EXIT.violated, unknown: EXIT.unknown };
  process.exitCode = codes[String(row["verdict"])] ?? EXIT.bug;
}

function dataOf<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CsvError || error instanceof KeptHistoryError) throw new CliError(EXIT.data, error.message);
    throw error;
  }
}
