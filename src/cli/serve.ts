// `serve`: the simulated S3 as an endpoint for any client, until it is told to stop.
import type { Command } from "commander";
import { personalityNames } from "../run/choices.js";
import { isLoopback, type Served, ServeError, type ServeOptions, serve } from "../run/serve/serve.js";
import { type ServedFault, servedFaultKinds, servedFaultOfFlag } from "../run/serve/served-faults.js";
import { CliError, EXIT, usageError } from "./exit.js";
import { oneOf, wholeNumber } from "./values.js";

interface ServeFlags {
  readonly host: string;
  readonly port: number;
  readonly bucket: string;
  readonly data?: string;
  readonly fault: readonly ServedFault[];
  readonly personality: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  manifest-chaos serve                                         a free port; the first line says which
  manifest-chaos serve --port 9000 --data s3-data              what was acknowledged outlives the process
  manifest-chaos serve --fault "response-lost,request=PUT db/,every=10"
  manifest-chaos serve --personality stale-list
`;

export function serveCommand(program: Command): void {
  program
    .command("serve")
    .summary("a simulated S3 as an HTTP endpoint, faults by flag")
    .description(
      "Serves a simulated S3 over HTTP to any client, with faults and personalities, until it is told to stop.",
    )
    .option("--host <address>", "the address to listen on; other than loopback needs credentials", "127.0.0.1")
    .option("--port <n>", "the port; 0 takes a free one", wholeNumber("--port", 0, 65_535), 0)
    .option("--bucket <name>", "the bucket that is there from the start", "manifest-chaos")
    .option("--data <dir>", "keep everything in this folder (default: in memory)")
    .option(
      "--fault <spec>",
      `a kind, then any of client=, request=, nth=, every=, ms=, byte=, healRequests=; may be repeated; kinds: ${servedFaultKinds.join(",")}`,
      (text: string, before: readonly ServedFault[]) => [...before, faultOf(text)],
      [],
    )
    .option("--personality <names>", `none, or some of: ${personalityNames.join(",")}`, "none")
    .option("--json", "accepted for symmetry: the first line is JSON anyway")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(run);
}

// --- internal ---

async function run(flags: ServeFlags): Promise<void> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  const verify = !isLoopback(flags.host) && accessKeyId !== undefined && secretAccessKey !== undefined;
  const { host, port, bucket, data } = flags;
  const served = await started({
    host,
    port,
    bucket,
    ...(data === undefined ? {} : { dataFolder: data }),
    ...(verify ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    faults: flags.fault,
    personalities:
      flags.personality === "none"
        ? []
        : flags.personality.split(",").map((name) => oneOf("--personality", personalityNames, name.trim())),
    onBug: (error) => process.stderr.write(`a bug in this program, please report it: ${String(error)}\n`),
  });
  process.stdout.write(`${JSON.stringify({ endpoint: served.endpoint, bucket: served.bucket })}\n`);
  process.stderr.write(`serving until Ctrl-C; ${served.endpoint}/-/state shows faults and personalities\n`);
  await told();
  await served.close();
  // Pauses and zombies that still wait have nobody left to wait for.
  process.exit(EXIT.good);
}

function faultOf(text: string): ServedFault {
  try {
    return servedFaultOfFlag(text);
  } catch (error) {
    throw usageError(`--fault ${text}: ${error instanceof Error ? error.message : error}`);
  }
}

async function started(options: ServeOptions): Promise<Served> {
  try {
    return await serve(options);
  } catch (error) {
    if (!(error instanceof ServeError)) throw error;
    throw new CliError(
      { usage: EXIT.usage, data: EXIT.data, unavailable: EXIT.unavailable }[error.kind],
      error.message,
    );
  }
}

/** A server is told to stop: that is its good end, exit 0. */
const told = (): Promise<void> =>
  new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
