// `perf`: timed runs. The commands and what they have in common; each run's work is in perf-run.ts.
import type { Command } from "commander";
import { baselineSeries, type Sweep, sweepSeries, sweeps } from "../perf/sweeps.js";
import { usageError } from "./exit.js";
import { type PerfFlags, withPerfFlags } from "./perf-flags.js";
import { perfResultCommands } from "./perf-results.js";
import { perfRun } from "./perf-run.js";
import { oneOf } from "./values.js";

const EXAMPLES = `
Examples:
  manifest-chaos perf baseline                          one point in virtual time, test_baseline.csv
  manifest-chaos perf sweep num_writers                 1, 2, 4, 8, 16 writers
  manifest-chaos perf sweep writer_tps=0.5,1,1.5        values of one's own
  manifest-chaos perf all --out results                 everything
  manifest-chaos perf baseline --threshold 'write_p99_ms<2000'
`;

export function perfCommand(program: Command): void {
  const perf = program
    .command("perf")
    .summary("timed runs: throughput, latency and conflicts, as CSV")
    .description("Timed runs: how conflicts, throughput and latency move. Every run is judged by every property.")
    .addHelpText("before", EXAMPLES.trimStart());
  withPerfFlags(perf.command("baseline").description("One point: writes test_baseline.csv.")).action(
    (flags: PerfFlags) => perfRun(flags, (base) => [baselineSeries(base, flags.repeat)]),
  );
  const names = sweeps.map(({ name }) => name).join(", ");
  withPerfFlags(
    perf
      .command("sweep")
      .description("One column takes several values: writes sweep_NAME.csv.")
      .argument("<name>", `${names}, or NAME=v1,v2,...`),
  ).action((text: string, flags: PerfFlags) => {
    const { sweep, values } = sweepOf(text);
    return perfRun(flags, (base) => [sweepSeries(sweep, values, base, flags.repeat)]);
  });
  withPerfFlags(
    perf
      .command("all")
      .description("The baseline and every sweep, with their pictures.")
      .option("--no-plots", "without pictures"),
  ).action((flags: PerfFlags) =>
    perfRun(flags, (base) => [
      baselineSeries(base, flags.repeat),
      ...sweeps.map((sweep) => sweepSeries(sweep, sweep.values, base, flags.repeat)),
    ]),
  );
  perfResultCommands(perf);
}

// --- internal ---

/** `num_writers`, or `num_writers=1,3,9`. */
function sweepOf(text: string): { readonly sweep: Sweep; readonly values: readonly number[] } {
  const [name = "", list] = text.split("=", 2);
  const known = sweeps.map((sweep) => sweep.name);
  const sweep = sweeps.find((each) => each.name === oneOf("sweep", known, name));
  if (sweep === undefined) throw usageError(`sweep "${name}" is unknown`);
  if (list === undefined) return { sweep, values: sweep.values };
  const values = list.split(",").map((value) => (value.trim() === "" ? Number.NaN : Number(value)));
  const wrong = values.findIndex((value) => !sweep.takes.test(value));
  if (wrong >= 0) throw usageError(`sweep ${name} takes ${sweep.takes.says}, not "${list.split(",")[wrong]}"`);
  return { sweep, values };
}
