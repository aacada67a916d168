// Where timed runs take place: in virtual time on the simulated store; by the wall clock on a server, or with processes.
import type { Runner } from "../perf/point.js";
import { programsRunner } from "../perf/programs-runner.js";
import type { Settings } from "../perf/settings.js";
import { virtualRunner } from "../perf/virtual-runner.js";
import { wallRunner } from "../perf/wall-runner.js";
import { ProgramError } from "../run/choices.js";
import { endpointOf, isReal } from "./endpoint.js";
import { CliError, EXIT, usageError } from "./exit.js";
import { latencyModelOf, type PerfFlags, settingsOf } from "./perf-flags.js";

interface Where {
  /** The settings of a point, before a sweep varies them. */
  readonly base: Settings;
  /** Every point is made for each of these. */
  readonly targets: readonly string[];
  readonly runner: Runner;
  /** Gives back what was taken, and says what is left. */
  readonly close: () => Promise<string | undefined>;
}

/** Throws CliError where the flags contradict each other or the server can't be used. */
export async function placeOf(flags: PerfFlags, interrupted: () => boolean): Promise<Where> {
  const model = latencyModelOf(flags.latency);
  const base = settingsOf(flags, model);
  const targets = [base.target];
  if (flags.targetCmd.length > 0) return programsPlace(flags, base, interrupted);
  if (!isReal(flags)) {
    if (flags.keep === true) throw usageError("--keep goes with --endpoint, --bucket or --real");
    return { base, targets, runner: virtualRunner(model, interrupted), close: async () => undefined };
  }
  if (base.load.faults.length > 0)
    throw usageError(
      "--faults need virtual time; by the wall clock let our own server have them: `serve --fault refused-503,every=10`, " +
        "then `perf --endpoint` with what it prints (docs/serve.md; PUT /-/faults changes them meanwhile)",
    );
  const endpoint = await endpointOf(flags);
  if (endpoint === undefined) throw usageError("--endpoint, --bucket or --real is needed");
  const { runner, left } = wallRunner({ endpoint, keep: flags.keep === true, interrupted });
  const close = async (): Promise<string> => {
    const said = await endpoint.close();
    // Where objects are left, so is a bucket that was made for them, and that is said too.
    if (left().length === 0) return said;
    return [...left(), ...(said.startsWith("nothing") ? [] : [said])].join("\n");
  };
  return { base: { ...base, clock: "wall", backend: endpoint.name, latency: "" }, targets, runner, close };
}

// --- internal ---

function programsPlace(flags: PerfFlags, base: Settings, interrupted: () => boolean): Where {
  if (isReal(flags) || flags.keep === true)
    throw usageError(
      "--target-cmd brings a store of its own; it does not go with --endpoint, --bucket, --real or --keep",
    );
  if (flags.target !== "manifest") throw usageError("--target and --target-cmd are two targets; give one");
  if (base.load.faults.length > 0) throw usageError("--faults need virtual time; check --target-cmd has them");
  const programs = programsRunner(flags.roundTrip, interrupted);
  const runner: Runner = (settings) =>
    programs(settings).catch((error: unknown) => {
      throw error instanceof ProgramError ? new CliError(EXIT.unknown, `--target-cmd: ${error.message}`) : error;
    });
  const latency = `${flags.roundTrip} ms`;
  return { base: { ...base, clock: "wall", latency }, targets: flags.targetCmd, runner, close: async () => undefined };
}
