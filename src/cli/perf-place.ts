// Where timed runs take place: in virtual time on the simulated store, or by the wall clock on a server.
import type { Runner } from "../perf/point.js";
import type { Settings } from "../perf/settings.js";
import { virtualRunner } from "../perf/virtual-runner.js";
import { wallRunner } from "../perf/wall-runner.js";
import { endpointOf, isReal } from "./endpoint.js";
import { usageError } from "./exit.js";
import { latencyModelOf, type PerfFlags, settingsOf } from "./perf-flags.js";

interface Where {
  /** The settings of a point, before a sweep varies them. */
  readonly base: Settings;
  readonly runner: Runner;
  /** Gives back what was taken, and says what is left. */
  readonly close: () => Promise<string | undefined>;
}

/** Throws CliError where the flags contradict each other or the server can't be used. */
export async function placeOf(flags: PerfFlags, interrupted: () => boolean): Promise<Where> {
  const model = latencyModelOf(flags.latency);
  const base = settingsOf(flags, model);
  if (!isReal(flags)) {
    if (flags.keep === true) throw usageError("--keep goes with --endpoint, --bucket or --real");
    return { base, runner: virtualRunner(model, interrupted), close: async () => undefined };
  }
  if (base.load.faults.length > 0)
    throw usageError("--faults need virtual time; on a server, let `serve --faults` stand in between");
  const endpoint = await endpointOf(flags);
  if (endpoint === undefined) throw usageError("--endpoint, --bucket or --real is needed");
  const { runner, left } = wallRunner({ endpoint, keep: flags.keep === true, interrupted });
  const close = async (): Promise<string> => {
    const said = await endpoint.close();
    return left().length === 0 ? said : left().join("\n");
  };
  return { base: { ...base, clock: "wall", backend: endpoint.name, latency: "" }, runner, close };
}
