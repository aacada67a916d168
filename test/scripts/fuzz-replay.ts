// Spoils real traces and replays them: no crash, no hang, one clear line each. Exit 1 if any is dealt with badly.
// Usage: node dist/test/scripts/fuzz-replay.js [count [seed]]
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tracesIn } from "../../src/trace/files.js";
import { fuzzReplay } from "../fuzz-replay.js";

const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-fuzz-"));
const [count = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const { codes, wrong, slowestMs } = await fuzzReplay(tracesIn("traces"), { folder, count, seed });
process.stdout.write(
  `${wrong.map((line) => `${line}\n`).join("")}${count} mutations, exit codes ${JSON.stringify(codes)}, ${wrong.length} wrong, slowest ${slowestMs} ms\n`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
