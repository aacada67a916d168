// Runs plans in process and as a program, and compares verdicts, and without faults all answers. Exit 1 where they differ.
// Usage: node dist/test/scripts/both-ways.js [plans] [seed] [targets, with commas between]
import { compareBothWays } from "../both-ways.js";

const plans = Number(process.argv[2] ?? 1_000);
const seed = Number(process.argv[3] ?? 1);
const targets = (process.argv[4] ?? "manifest").split(",");

let same = true;
for (const target of targets) {
  const startMs = performance.now();
  const { differing, ...counts } = await compareBothWays(target, seed, plans);
  const seconds = Math.round((performance.now() - startMs) / 1000);
  for (const sentence of differing) process.stderr.write(`${sentence}\n`);
  process.stdout.write(`${JSON.stringify({ target, ...counts, differing: differing.length, seconds })}\n`);
  same &&= differing.length === 0;
}
process.exitCode = same ? 0 : 1;
