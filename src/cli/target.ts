// `target`: our own manifest as a program that is driven over stdin and stdout.
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { targetIds, targetOf } from "../run/choices.js";
import { speak } from "../run/speak.js";
import { usageError } from "./exit.js";
import { oneOf } from "./values.js";

const EXAMPLES = `
Examples:
  manifest-chaos check --target-cmd "npx manifest-chaos target"
`;

export function targetCommand(program: Command): void {
  program
    .command("target")
    .summary("the manifest that ships, as a program for --target-cmd")
    .description("Speaks the protocol of targets on stdin and stdout (docs/your-own-manifest.md); check starts it.")
    .option("--target <id>", "manifest, or a planted bug", "manifest")
    .addHelpText("before", EXAMPLES.trimStart())
    .action(target);
}

// --- internal ---

async function target(flags: { readonly target: string }): Promise<void> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  await speak(lines, (line) => process.stdout.write(`${line}\n`), {
    endpoint: setting("MANIFEST_ENDPOINT"),
    bucket: setting("MANIFEST_BUCKET"),
    prefix: setting("MANIFEST_PREFIX"),
    region: setting("AWS_REGION"),
    target: targetOf(oneOf("--target", targetIds, flags.target)),
    leaseTtlMs: Number(setting("MANIFEST_LEASE_TTL_MS")),
    warn: (message) => process.stderr.write(`${message}\n`),
  });
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw usageError(`target: ${name} is not set; check --target-cmd sets it`);
  return value;
}
