// Replays each trace 100 times and compares every byte. Exit 1 if any differs. Traces of bugs that are fixed differ.
// Usage: node dist/test/scripts/repeat-replay.js FILE...
import { differing } from "../repeat-replay.js";

const TIMES = 100;
let worst = 0;
for (const file of process.argv.slice(2)) {
  const differ = await differing(file, TIMES);
  worst = Math.max(worst, differ);
  process.stdout.write(`${file}: ${TIMES} times, ${differ} differ\n`);
}
process.exitCode = worst === 0 ? 0 : 1;
