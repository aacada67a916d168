// `replay`: runs recorded traces again.
import { statSync } from "node:fs";
import type { Command } from "commander";
import { replayPage } from "../report/replay.js";
import { targetIds } from "../run/choices.js";
import { tracesIn } from "../trace/files.js";
import { readTrace, TraceError } from "../trace/read.js";
import { type Replayed, replayTrace } from "../trace/replay.js";
import type { Trace } from "../trace/trace.js";
import { CliError, EXIT } from "./exit.js";
import { oneOf } from "./values.js";

interface ReplayFlags {
  readonly target?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  manifest-chaos replay traces/lost-update-durable-1f2e3d4c.json
  manifest-chaos replay traces                        every trace in the folder
  manifest-chaos replay traces --target manifest      planted bugs' traces on the real manifest
`;

export function replayCommand(program: Command): void {
  program
    .command("replay")
    .summary("run recorded traces again")
    .description("Runs recorded traces again: reproduced, fixed, or diverged and where.")
    .argument("<file...>", "trace files, or folders of them")
    .option("--target <id>", "another target than the recorded one")
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(replay);
}

// --- internal ---

async function replay(paths: readonly string[], flags: ReplayFlags): Promise<void> {
  const target = flags.target === undefined ? undefined : oneOf("--target", targetIds, flags.target);
  const files = paths.flatMap(filesIn);
  if (files.length === 0) throw new CliError(EXIT.data, `no traces in ${paths.join(", ")}`);
  const traces = files.map((file) => ({ file, trace: read(file) }));
  const results: { readonly file: string; readonly replayed: Replayed }[] = [];
  for (const { file, trace } of traces) results.push({ file, replayed: await replayTrace(trace, target) });
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ traces: results.map(rowOf) })}\n`
      : results
          .map(({ file, replayed }) =>
            replayPage(file, target === undefined ? replayed : { ...replayed, diverged: null }),
          )
          .join(""),
  );
  process.exitCode = exitCode(
    results.map(({ replayed }) => replayed),
    target !== undefined,
  );
}

const rowOf = ({ file, replayed }: { readonly file: string; readonly replayed: Replayed }) => ({
  file,
  verdict: replayed.verdict,
  reproduced: replayed.reproduced,
  divergedAt: replayed.diverged?.step ?? null,
  personalities: replayed.personalities,
});

/** On another target the run is meant to go differently; only its verdict counts then. */
function exitCode(results: readonly Replayed[], elsewhere: boolean): number {
  if (!elsewhere && results.some(({ diverged }) => diverged !== null)) return EXIT.diverged;
  if (results.some(({ verdict }) => verdict === "invalid")) return EXIT.violated;
  return results.some(({ verdict }) => verdict === "unknown") ? EXIT.unknown : EXIT.good;
}

function read(file: string): Trace {
  try {
    return readTrace(file);
  } catch (error) {
    if (error instanceof TraceError) throw new CliError(EXIT.data, error.message);
    throw error;
  }
}

/** The file itself, or the traces in a folder, by name. */
const filesIn = (path: string): readonly string[] =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? tracesIn(path) : [path];
