// The flags that all timed runs share, and what they make of the settings.
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { LatencyModel } from "../perf/latency.js";
import { LatencyFileError, parseLatency } from "../perf/latency-file.js";
import { models } from "../perf/latency-models.js";
import { DEFAULT_LOAD, type Settings } from "../perf/settings.js";
import { parseThreshold, type Threshold } from "../perf/threshold.js";
import { faultKinds, targetIds } from "../run/choices.js";
import { type EndpointFlags, endpointFlags } from "./endpoint.js";
import { CliError, EXIT, usageError } from "./exit.js";
import { commandLine, duration, fraction, oneOf, seedNumber, wholeNumber } from "./values.js";

export interface PerfFlags extends EndpointFlags {
  readonly writers: number;
  readonly readers: number;
  readonly rate: number;
  readonly readerRate: number;
  readonly keyPoolSize: number;
  readonly overlap: number;
  readonly valueSize: number;
  readonly blind?: true;
  readonly retries: number;
  readonly retryBackoff: number;
  readonly compactEvery: number;
  readonly duration: number;
  readonly warmUp?: number;
  readonly seed: number;
  readonly repeat: number;
  readonly latency: string;
  readonly faults: string;
  readonly faultEvery: number;
  readonly target: string;
  readonly targetCmd: readonly string[];
  readonly roundTrip: number;
  readonly out: string;
  readonly resume?: true;
  readonly force?: true;
  readonly history?: string;
  readonly threshold: readonly Threshold[];
  readonly json?: true;
  /** `perf all` alone: draw the pictures too. */
  readonly plots?: boolean;
}

const MILLION = 1_000_000;
const load = DEFAULT_LOAD;

/** Adds them to a command. */
export function withPerfFlags(command: Command): Command {
  return endpointFlags(command)
    .option("--writers <n>", "how many writers", wholeNumber("--writers", 1, 10_000), load.numWriters)
    .option("--readers <n>", "how many readers", wholeNumber("--readers", 0, 10_000), load.numReaders)
    .option("--rate <n>", "transactions a second that each writer is meant to begin", rate("--rate"), load.writerRate)
    .option("--reader-rate <n>", "read sessions a second and reader", rate("--reader-rate"), load.readerRate)
    .option("--key-pool-size <n>", "keys in each pool", wholeNumber("--key-pool-size", 1, MILLION), load.keyPoolSize)
    .option(
      "--overlap <ratio>",
      "share of keys from the common pool",
      fraction("--overlap", 0, 1),
      load.keyOverlapRatio,
    )
    .option("--value-size <bytes>", "bytes of a value", wholeNumber("--value-size", 0, MILLION), load.valueBytes)
    .option("--blind", "writers don't read what they write")
    .option("--retries <n>", "attempts after a conflict", wholeNumber("--retries", 0, 1000), load.retries)
    .option(
      "--retry-backoff <time>",
      "wait before a retry, doubled each time",
      duration("--retry-backoff"),
      load.backoffMs,
    )
    .option(
      "--compact-every <time>",
      "compaction and gc; 0 for never",
      duration("--compact-every"),
      load.compactEveryMs,
    )
    .option("--duration <time>", "how long each point runs", duration("--duration"), load.durationMs)
    .option("--warm-up <time>", "left out of the figures (default: a tenth, at most 10 s)", duration("--warm-up"))
    .option("--seed <n>", "the same seed gives the same run in virtual time", seedNumber, load.seed)
    .option("--repeat <n>", "runs of each point, each with the next seed", wholeNumber("--repeat", 1, 1000), 1)
    .option("--latency <model>", `${[...models.keys()].join(", ")}, or a latency file`, "s3")
    .option("--faults <kinds>", "all, none, or some of them (see check --help)", "none")
    .option("--fault-every <time>", "one fault a client, on average", duration("--fault-every"), load.faultEveryMs)
    .option("--target <id>", "the manifest, or a planted bug", "manifest")
    .option(
      "--target-cmd <command>",
      "a program, by the wall clock (repeatable: in one table)",
      (text: string, before: readonly string[]) => listed(commandLine(text), before),
      [],
    )
    .option("--round-trip <time>", "what a request of a program takes at the store", duration("--round-trip"), 10)
    .option("--keep", "leave the run's objects on the server")
    .option("--out <dir>", "where results go", ".")
    .option("--resume", "go on with results that are there")
    .option("--force", "overwrite results that are there")
    .option("--history <file>", "keep every operation, as a history that verify accepts")
    .option("--threshold <rule>", "such as write_p99_ms<200; exit 3 when crossed (repeatable)", threshold, [])
    .option("--json", "print one JSON document on stdout");
}

/** The settings that flags ask for. Throws CliError. */
export function settingsOf(flags: PerfFlags, model: LatencyModel): Settings {
  const durationMs = flags.duration;
  const warmUpMs = flags.warmUp ?? Math.min(10_000, durationMs / 10);
  if (durationMs <= 0) throw usageError("--duration must be more than nothing");
  if (flags.faultEvery < 1) throw usageError("--fault-every must be a millisecond or more");
  if (warmUpMs >= durationMs) throw usageError("--warm-up must be shorter than --duration");
  if (flags.resume === true && flags.force === true) throw usageError("--resume and --force exclude each other");
  return {
    load: {
      numWriters: flags.writers,
      numReaders: flags.readers,
      writerRate: flags.rate,
      readerRate: flags.readerRate,
      keyPoolSize: flags.keyPoolSize,
      keyOverlapRatio: flags.overlap,
      valueBytes: flags.valueSize,
      writerMode: flags.blind === true ? "blind" : "rmw",
      retries: flags.retries,
      backoffMs: flags.retryBackoff,
      compactEveryMs: flags.compactEvery,
      leaseTtlMs: load.leaseTtlMs,
      durationMs,
      seed: flags.seed,
      faults: faultsOf(flags.faults),
      faultEveryMs: flags.faultEvery,
    },
    warmUpMs,
    target: oneOf("--target", targetIds, flags.target),
    clock: "virtual",
    backend: "simulated",
    latency: model.name,
    repeat: 0,
  };
}

/** A model that ships, or a file's. Throws CliError. */
export function latencyModelOf(name: string): LatencyModel {
  const known = models.get(name);
  if (known !== undefined) return known;
  let text: string;
  try {
    text = readFileSync(name, "utf8");
  } catch {
    throw usageError(`--latency takes ${[...models.keys()].join(", ")} or a file, and there is no file ${name}`);
  }
  try {
    return parseLatency(text);
  } catch (error) {
    if (error instanceof LatencyFileError) throw new CliError(EXIT.data, `--latency ${name}: ${error.message}`);
    throw error;
  }
}

// --- internal ---

const rate = (flag: string) => fraction(flag, 0.001, 100_000);

const listed = (text: string, before: readonly string[]): readonly string[] => [...before, text];

function threshold(text: string, before: readonly Threshold[]): readonly Threshold[] {
  const parsed = parseThreshold(text);
  if (parsed === undefined)
    throw usageError(`--threshold takes a figure, a comparison and a number, such as write_p99_ms<200, not "${text}"`);
  return [...before, parsed];
}

const faultsOf = (text: string): readonly string[] =>
  text === "all"
    ? faultKinds
    : text === "none"
      ? []
      : text.split(",").map((kind) => oneOf("fault", faultKinds, kind.trim()));
