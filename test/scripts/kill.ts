// Kills `check` at random moments while it shrinks, and looks at what is on disk. Exit 1 if a trace is not whole.
// Usage: node dist/test/scripts/kill.js [times]
import { freshSeed } from "../../src/store/random.js";
import { killWhileShrinking } from "../kill-while-shrinking.js";

const times = Number(process.argv[2] ?? 50);
let [whole, traces, late] = [0, 0, 0];
for (let i = 0; i < times; i += 1) {
  const chance = freshSeed();
  const { replaced, reproduced, strays } = await killWhileShrinking(i + 1, 1 + (chance % 4), chance % 40);
  if (replaced === 0) late += 1;
  traces += reproduced.length;
  whole += reproduced.filter(Boolean).length;
  if (strays.length > 0) process.stdout.write(`left beside the trace: ${strays.join(", ")}\n`);
}
process.stdout.write(
  `${times} kills (${late} came after the shrinking): ${traces} traces, ${whole} whole and reproduced\n`,
);
process.exitCode = traces === times && whole === times ? 0 : 1;
