// `replay`: runs recorded traces again.
import { statSync } from "node:fs";
import type { Command } from "commander";
import { replayPage } from "../report/replay.js";
import { walkOf } from "../report/walk.js";
import { targetIds } from "../run/choices.js";
import type { Exchange } from "../run/watched.js";
import { tracesIn } from "../trace/files.js";
import { readTrace, TraceError } from "../trace/read.js";
import { type Replayed, replayTrace } from "../trace/replay.js";
import { CliError, EXIT, usageError } from "./exit.js";
import { stepThrough } from "./step-through.js";
import { oneOf } from "./values.js";

interface ReplayFlags {
  readonly target?: string;
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

/** Replays one file, on its own target or on another. Rejects only where this program is wrong. @internal */
export async function outcomeOf(file: string, target?: string): Promise<Outcome> {
  try {
    const exchanges: Exchange[] = [];
    const replayed = await replayTrace(readTrace(file), target, (exchange) => exchanges.push(exchange));
    // On another target the run is meant to go differently; only its verdict counts then.
    return { file, exchanges, replayed: target === undefined ? replayed : { ...replayed, diverged: null } };
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
  const target = flags.target === undefined ? undefined : oneOf("--target", targetIds, flags.target);
  if (json === true && (verbose === true || step === true))
    throw usageError("--json prints a document; --verbose and --step are for people");
  if (step === true && !(process.stdin.isTTY && process.stdout.isTTY))
    throw usageError("--step needs a terminal; --verbose prints the same at once");
  const files = paths.flatMap(filesIn);
  if (files.length === 0) throw new CliError(EXIT.data, `no traces in ${paths.join(", ")}`);
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const outcome = await outcomeOf(file, target);
    outcomes.push(outcome);
    if ("error" in outcome) process.stderr.write(`manifest-chaos: ${outcome.error}\n`);
    else if (json !== true && (await show(outcome, flags)) === "interrupted") {
      process.exitCode = EXIT.interrupted;
      return;
    }
  }
  if (json === true) process.stdout.write(`${JSON.stringify({ traces: outcomes.map(rowOf) })}\n`);
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
