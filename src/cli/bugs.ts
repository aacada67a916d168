// `bugs`: runs the checker against its catalogue of planted bugs.
import type { Command } from "commander";
import { bugsDocument, bugsPage } from "../report/bugs.js";
import { type Bug, type Catalogue, catalogue, IN_PROCESS, plantedBugs } from "../run/catalogue.js";
import { wallClock } from "../run/choices.js";
import { EXIT, usageError } from "./exit.js";
import { interruption } from "./interruption.js";
import { programOf, SETTLE, SETTLE_MS } from "./program.js";
import { commandLine, duration, oneOf, wholeNumber } from "./values.js";

interface BugsFlags {
  readonly seeds: number;
  readonly timeLimit: number;
  readonly targetCmd?: string;
  readonly settle: number;
  readonly json?: true;
}

const SEEDS = 25;
const bugIds = plantedBugs.map(({ id }) => id);

const EXAMPLES = `
Examples:
  manifest-chaos bugs                              all of them, from 25 seeds each
  manifest-chaos bugs lost-update --seeds 5        one of them
  manifest-chaos bugs --time-limit 2m --json
  manifest-chaos bugs --target-cmd "python3 targets/python/manifest.py" lost-update false-conflict
`;

export function bugsCommand(program: Command): void {
  program
    .command("bugs")
    .summary("find every planted bug, and none in the manifest that ships")
    .description(
      "Hunts each planted bug with default settings: how many runs it takes. Then as many runs of the manifest. With --target-cmd the program plants the bug that MANIFEST_BUG in its environment names; the control runs without.",
    )
    .argument("[id...]", `some of: ${bugIds.join(", ")}`)
    .option("--seeds <n>", "seeds per bug", wholeNumber("--seeds", 1, 10_000), SEEDS)
    .option("--time-limit <time>", "end after this long: 30s, 10m", duration("--time-limit"), Number.POSITIVE_INFINITY)
    .option("--target-cmd <command>", "hunt bugs that this program plants; name them", commandLine)
    .option("--settle <ms>", "how long to wait for a program's client that does nothing", SETTLE, SETTLE_MS)
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(bugs);
}

// --- internal ---

async function bugs(ids: readonly string[], flags: BugsFlags): Promise<void> {
  const planned = flags.targetCmd === undefined ? inProcess(ids) : inProgram(ids, flags.targetCmd, flags.settle);
  const stop = interruption();
  const result = await catalogue({
    ...planned,
    seeds: flags.seeds,
    timeLimitMs: flags.timeLimit,
    clock: wallClock,
    interrupted: stop.asked,
    onProgress: (message) => process.stderr.write(`${message}\n`),
  });
  stop.dispose();
  process.stdout.write(
    flags.json === true ? `${JSON.stringify(bugsDocument(result))}\n` : bugsPage(result, controlOf(flags)),
  );
  process.exitCode = stop.asked() ? EXIT.interrupted : exitCode(result);
}

function inProcess(ids: readonly string[]) {
  for (const id of ids) oneOf("bug", bugIds, id);
  return { ...IN_PROCESS, bugs: ids.length === 0 ? plantedBugs : plantedBugs.filter(({ id }) => ids.includes(id)) };
}

/** A run of a program takes some hundred times longer. */
const OF_PROGRAM = { controlRuns: 1, runs: 2000, shrinkTimeMs: 3_000 };

function inProgram(ids: readonly string[], command: string, settleMs: number) {
  if (ids.length === 0) throw usageError("name the bugs that the program of --target-cmd plants");
  const odd = ids.find((id) => !/^[\w.-]+$/.test(id));
  if (odd !== undefined) throw usageError(`${JSON.stringify(odd)} is no bug's name: letters, digits, - _ and . only`);
  const bugs = ids.map(
    (id): Bug => ({
      id,
      class: plantedBugs.find((bug) => bug.id === id)?.class ?? null,
      open: () => programOf(`export MANIFEST_BUG=${id}; ${command}`, settleMs),
    }),
  );
  return { ...OF_PROGRAM, bugs, control: () => programOf(`unset MANIFEST_BUG; ${command}`, settleMs) };
}

const controlOf = ({ targetCmd }: BugsFlags): string =>
  targetCmd === undefined ? "The manifest that ships" : `Without a bug, ${targetCmd}`;

/** A bug that was not found in the time there was says nothing; one that was not found in all its runs does. */
function exitCode({ bugs: rows, clean, complete }: Catalogue): number {
  if (clean.violations > 0) return EXIT.violated;
  if (!complete) return EXIT.unknown;
  return rows.every(({ found, seeds }) => found === seeds) ? EXIT.good : EXIT.violated;
}
