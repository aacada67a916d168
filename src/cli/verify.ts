// `verify`: judges a history that was recorded elsewhere.
import { type Command, Option } from "commander";
import { verifyPage } from "../report/verify.js";
import { HistoryFileError } from "../trace/history/error.js";
import { type VerifyResult, verify } from "../trace/history/verify.js";
import { CliError, EXIT } from "./exit.js";
import { duration } from "./values.js";

interface VerifyFlags {
  readonly timeLimit: number;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  manifest-chaos verify history.jsonl
  manifest-chaos verify history.jsonl --time-limit 10m --json
  gunzip -c history.jsonl.gz | manifest-chaos verify -
`;

export function verifyCommand(program: Command): void {
  program
    .command("verify")
    .summary("judge a history recorded elsewhere")
    .description("Judges a history recorded elsewhere: does one order of its transactions explain every answer?")
    .argument("<file>", "JSON lines, as docs/history.md describes them; - reads standard input")
    .addOption(
      new Option("--time-limit <time>", "how long a search may take, such as 30s, 10m; then the verdict is unknown")
        .argParser(duration("--time-limit"))
        .default(60_000, "1m"),
    )
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(judge);
}

// --- internal ---

async function judge(file: string, flags: VerifyFlags): Promise<void> {
  const result = await resultOf(file, flags.timeLimit);
  process.stdout.write(flags.json === true ? `${JSON.stringify(result)}\n` : verifyPage(file, result));
  process.exitCode = { valid: EXIT.good, invalid: EXIT.violated, unknown: EXIT.unknown }[result.verdict];
}

async function resultOf(file: string, timeLimitMs: number): Promise<VerifyResult> {
  try {
    return await verify(file, { timeLimitMs });
  } catch (error) {
    if (!(error instanceof HistoryFileError)) throw error;
    const place = error.line === 0 ? file : `${file}:${error.line}`;
    throw new CliError(EXIT.data, `${place}: ${error.message}`);
  }
}
