// `bugs`: runs the checker against its catalogue of planted bugs.
import type { Command } from "commander";
import { bugsDocument, bugsPage } from "../report/bugs.js";
import { bugIds, type Catalogue, catalogue } from "../run/catalogue.js";
import { wallClock } from "../run/choices.js";
import { EXIT } from "./exit.js";
import { interruption } from "./interruption.js";
import { duration, oneOf, wholeNumber } from "./values.js";

interface BugsFlags {
  readonly seeds: number;
  readonly timeLimit: number;
  readonly json?: true;
}

const SEEDS = 25;

const EXAMPLES = `
Examples:
  manifest-chaos bugs                              all of them, from 25 seeds each
  manifest-chaos bugs lost-update --seeds 5        one of them
  manifest-chaos bugs --time-limit 2m --json
`;

export function bugsCommand(program: Command): void {
  program
    .command("bugs")
    .summary("find every planted bug, and none in the manifest that ships")
    .description(
      "Hunts each planted bug with default settings: how many runs it takes. Then as many runs of the manifest.",
    )
    .argument("[id...]", `some of: ${bugIds.join(", ")}`)
    .option("--seeds <n>", "seeds per bug", wholeNumber("--seeds", 1, 10_000), SEEDS)
    .option("--time-limit <time>", "end after this long: 30s, 10m", duration("--time-limit"), Number.POSITIVE_INFINITY)
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(bugs);
}

// --- internal ---

async function bugs(ids: readonly string[], flags: BugsFlags): Promise<void> {
  const wanted = ids.map((id) => oneOf("bug", bugIds, id));
  const stop = interruption();
  const result = await catalogue({
    ids: wanted.length === 0 ? bugIds : wanted,
    seeds: flags.seeds,
    timeLimitMs: flags.timeLimit,
    clock: wallClock,
    interrupted: stop.asked,
    onProgress: (message) => process.stderr.write(`${message}\n`),
  });
  stop.dispose();
  process.stdout.write(flags.json === true ? `${JSON.stringify(bugsDocument(result))}\n` : bugsPage(result));
  process.exitCode = stop.asked() ? EXIT.interrupted : exitCode(result);
}

/** A bug that was not found in the time there was says nothing; one that was not found in all its runs does. */
function exitCode({ bugs: rows, clean, complete }: Catalogue): number {
  if (clean.violations > 0) return EXIT.violated;
  if (!complete) return EXIT.unknown;
  return rows.every(({ found, seeds }) => found === seeds) ? EXIT.good : EXIT.violated;
}
