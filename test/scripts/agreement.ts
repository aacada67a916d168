// The sweep, the cycle search and the search for an order against trying every order, on small random histories.
// Prints how often each decided; exit 1 at the first that is wrong. Usage: node dist/test/scripts/agreement.js [count]
import { agreementOn } from "../agreement.js";

const count = Number(process.argv[2] ?? 100_000);
const tally = new Map<string, number>();
for (let seed = 0; seed < count; seed += 1) {
  for (const { truth, verdicts, wrong } of agreementOn(seed)) {
    if (wrong !== null) {
      process.stdout.write(`${wrong}\n`);
      process.exit(1);
    }
    for (const [checker, verdict] of Object.entries(verdicts)) {
      const name = `${checker.padEnd(8)}${truth.padEnd(9)}${verdict}`;
      tally.set(name, (tally.get(name) ?? 0) + 1);
    }
  }
}
process.stdout.write(`${count} histories, with and without ids: no disagreement\nchecker truth    verdict\n`);
for (const [name, times] of [...tally].sort()) process.stdout.write(`${name.padEnd(26)}${times}\n`);
