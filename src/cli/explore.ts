// `explore`: every schedule of a small plan.
import type { Command } from "commander";
import { exploreDocument, explorePage } from "../report/explore.js";
import { targetIds, targetOf, wallClock } from "../run/choices.js";
import { type Exploration, explore } from "../run/explore/explore.js";
import { smallPlan } from "../run/explore/small-plan.js";
import { saveTrace } from "../trace/finding.js";
import { EXIT } from "./exit.js";
import { interruption } from "./interruption.js";
import { duration, oneOf, wholeNumber } from "./values.js";
import { TOOL } from "./version.js";

interface ExploreFlags {
  readonly writers: number;
  readonly transactions: number;
  readonly readers: number;
  readonly reads?: true;
  readonly target: string;
  readonly out: string;
  readonly timeLimit: number;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  manifest-chaos explore                                     3 writers, a transaction each
  manifest-chaos explore --writers 2 --transactions 2
  manifest-chaos explore --writers 1 --readers 1 --target snapshot-not-pinned
`;

export function exploreCommand(program: Command): void {
  program
    .command("explore")
    .summary("every schedule of a small plan, without faults")
    .description("Runs every schedule of a small plan, each once up to the order of what commutes. No faults strike.")
    .option("--writers <n>", "clients that write one key", wholeNumber("--writers", 1, 6), 3)
    .option("--transactions <n>", "transactions of each client", wholeNumber("--transactions", 1, 6), 1)
    .option("--readers <n>", "clients that read the key twice in a session", wholeNumber("--readers", 0, 6), 0)
    .option("--reads", "writers read the key before they write it")
    .option("--target <id>", "what is checked: manifest, or a planted bug", "manifest")
    .option("--out <dir>", "where the trace of a violation goes", "traces")
    .option("--time-limit <time>", "end after this long: 30s, 10m", duration("--time-limit"), Number.POSITIVE_INFINITY)
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(run);
}

// --- internal ---

async function run(flags: ExploreFlags): Promise<void> {
  const { writers, transactions, readers, timeLimit: timeLimitMs, out: folder } = flags;
  const target = targetOf(oneOf("--target", targetIds, flags.target));
  const plan = smallPlan({ writers, transactions, readers, reads: flags.reads === true });
  const stop = interruption();
  const result = await explore({ plan, target, clock: wallClock, timeLimitMs, interrupted: stop.asked });
  stop.dispose();
  const { violation } = result;
  const trace = violation === null ? null : saveTrace(violation, { target, folder, tool: TOOL });
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify(exploreDocument(target.id, result, trace))}\n`
      : explorePage(target.id, result, trace),
  );
  process.exitCode = exitCode(result);
}

function exitCode({ interrupted, verdict }: Exploration): number {
  if (interrupted) return EXIT.interrupted;
  return verdict === "valid" ? EXIT.good : verdict === "invalid" ? EXIT.violated : EXIT.unknown;
}
