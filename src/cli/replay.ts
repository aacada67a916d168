// `replay`: runs recorded traces again.
import { statSync } from "node:fs";
import type { Command } from "commander";
import { replayPage } from "../report/replay.js";
import { walkOf } from "../report/walk.js";
import { type Target, targetIds, targetOf } from "../run/choices.js";
import type { Exchange } from "../run/watched.js";
import { tracesIn } from "../trace/files.js";
import { readTrace, TraceError } from "../trace/read.js";
import { type Replayed, replayTrace } from "../trace/replay.js";
import type { Trace } from "../trace/trace.js";
import { CliError, EXIT, usageError } from "./exit.js";
import { Programs, SETTLE } from "./program.js";
import { stepThrough } from "./step-through.js";
import { commandLine, oneOf } from "./values.js";

interface ReplayFlags {
  readonly target?: string;
  readonly targetCmd?: string;
  readonly settle?: number;
  readonly verbose?: true;
  readonly step?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  manifest-chaos replay traces/lost-update.json
  manifest-chaos replay traces                        every trace in the folder
  manifest-chaos replay traces --target manifest      planted bugs' traces on the real manifest
  manifest-chaos replay traces/lost-update.json --step
`;

export function replayCommand(program: Command): void {
  program
    .command("replay")
    .summary("run recorded traces again")
    .description("Runs recorded traces again: reproduced, fixed, or diverged and where.")
    .argument("<file...>", "trace files, or folders of them")
    .option("--target <id>", "another target than the recorded one")
    .option("--target-cmd <command>", "another program than the recorded one", commandLine)
    .option("--settle <ms>", "how long to wait for a program's client that does nothing (default: as recorded)", SETTLE)
    .option("--verbose", "print each request, its answer, and what it changes in the bucket")
    .option("--step", "the same, step by step on a terminal")
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(replay);
}

/** What became of one file: a run, or why there was none. */
export type Outcome =
  | { readonly file: string; readonly replayed: Replayed; readonly exchanges: readonly Exchange[] }
  | { readonly file: string; readonly error: string };

/** Who a trace is replayed on; undefined: on the target in process that it names. */
type Chooser = (trace: Trace) => Promise<Target | undefined>;

/**
 * Replays one file, on its own target or on another; on another one (`elsewhere`) only the verdict counts. Rejects only
 * where this program is wrong, or a target can't be driven. @internal
 */
export async function outcomeOf(file: string, choose?: Chooser, elsewhere = false): Promise<Outcome> {
  try {
    const exchanges: Exchange[] = [];
    const trace = readTrace(file);
    const replayed = await replayTrace(trace, await choose?.(trace), (exchange) => exchanges.push(exchange));
    return { file, exchanges, replayed: elsewhere ? { ...replayed, diverged: null } : replayed };
  } catch (error) {
    if (error instanceof TraceError) return { file, error: error.message };
    throw error;
  }
}

/** One code for all of them: a file that is broken counts before a run that diverged, that before a violation. @internal */
export function exitCode(outcomes: readonly Outcome[]): number {
  const results = outcomes.flatMap((outcome) => ("replayed" in outcome ? [outcome.replayed] : []));
  if (results.length < outcomes.length) return EXIT.data;
  if (results.some(({ diverged }) => diverged !== null)) return EXIT.diverged;
  if (results.some(({ verdict }) => verdict === "invalid")) return EXIT.violated;
  return results.some(({ verdict }) => verdict === "unknown") ? EXIT.unknown : EXIT.good;
}

// --- internal ---

async function replay(paths: readonly string[], flags: ReplayFlags): Promise<void> {
  const { verbose, step, json } = flags;
  if (flags.target !== undefined && flags.targetCmd !== undefined)
    throw usageError("--target and --target-cmd are two targets; give one");
  const target = flags.target === undefined ? undefined : targetOf(oneOf("--target", targetIds, flags.target));
  if (json === true && (verbose === true || step === true))
    throw usageError("--json prints a document; --verbose and --step are for people");
  if (step === true && !(process.stdin.isTTY && process.stdout.isTTY))
    throw usageError("--step needs a terminal; --verbose prints the same at once");
  const files = paths.flatMap(filesIn);
  if (files.length === 0) throw new CliError(EXIT.data, `no traces in ${paths.join(", ")}`);
  const programs = new Programs(flags.targetCmd, flags.settle);
  try {
    const choose: Chooser = async (trace) => target ?? (await programs.of(trace.target));
    await replayAll(files, flags, (file) => outcomeOf(file, choose, target !== undefined));
  } finally {
    await programs.close();
  }
}

async function replayAll(
  files: readonly string[],
  flags: ReplayFlags,
  replayed: (file: string) => Promise<Outcome>,
): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const outcome = await replayed(file);
    outcomes.push(outcome);
    if ("error" in outcome) process.stderr.write(`manifest-chaos: ${outcome.error}\n`);
    else if (flags.json !== true && (await show(outcome, flags)) === "interrupted") {
      process.exitCode = EXIT.interrupted;
      return;
    }
  }
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ traces: outcomes.map(rowOf) })}\n`);
  process.exitCode = exitCode(outcomes);
}

async function show(
  { file, replayed, exchanges }: Extract<Outcome, { replayed: Replayed }>,
  { verbose, step }: ReplayFlags,
): Promise<"interrupted" | undefined> {
  const page = replayPage(file, replayed);
  if (step === true) {
    const terminal = { input: process.stdin, output: process.stdout };
    if ((await stepThrough(walkOf(replayed.run, exchanges), terminal)) === "interrupted") return "interrupted";
  } else if (verbose === true) process.stdout.write(`${walkOf(replayed.run, exchanges).join("\n")}\n\n`);
  process.stdout.write(page);
  return undefined;
}

function rowOf(outcome: Outcome): object {
  const { file } = outcome;
  if ("error" in outcome)
    return { file, verdict: "unknown", reproduced: false, divergedAt: null, personalities: [], error: outcome.error };
  const { verdict, reproduced, diverged, personalities } = outcome.replayed;
  return { file, verdict, reproduced, divergedAt: diverged?.step ?? null, personalities };
}

/** The file itself, or the traces in a folder, by name. */
const filesIn = (path: string): readonly string[] =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? tracesIn(path) : [path];
