#!/usr/bin/env node
// The command line. Every error comes out here: one clear message on stderr, and the code that belongs to it.
import { Command, CommanderError } from "commander";
import { bugsCommand } from "./bugs.js";
import { checkCommand } from "./check.js";
import { doctorCommand } from "./doctor.js";
import { CliError, EXIT } from "./exit.js";
import { exploreCommand } from "./explore.js";
import { perfCommand } from "./perf.js";
import { replayCommand } from "./replay.js";
import { serveCommand } from "./serve.js";
import { targetCommand } from "./target.js";
import { verifyCommand } from "./verify.js";
import { VERSION } from "./version.js";

const EXAMPLES = `Examples:
  manifest-chaos check                         explore thousands of interleavings
  manifest-chaos check --target lost-update    see a broken promise found
  manifest-chaos bugs                          what it finds, and how soon
  manifest-chaos help check                    all flags of a command
`;

const program = new Command("manifest-chaos")
  .description("Finds the interleavings that lose data in manifests that live on S3.")
  .version(VERSION)
  .addHelpText("before", EXAMPLES)
  .showSuggestionAfterError(true)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });

checkCommand(program);
bugsCommand(program);
exploreCommand(program);
replayCommand(program);
perfCommand(program);
serveCommand(program);
targetCommand(program);
verifyCommand(program);
doctorCommand(program);

// Whoever reads the output may have seen enough, as `head` has. Then nobody is left to tell, and what is not done yet is cut off.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode ?? EXIT.interrupted);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.good : EXIT.usage;
  else if (error instanceof CliError) {
    process.stderr.write(`manifest-chaos: ${error.message}\n`);
    process.exitCode = error.exitCode;
  } else {
    process.stderr.write(
      `manifest-chaos: a bug in this program, please report it: ${error instanceof Error ? error.stack : error}\n`,
    );
    process.exitCode = EXIT.bug;
  }
}
