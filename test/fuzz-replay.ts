// Replays spoiled traces, as the command line does, and says which of them are dealt with badly.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT } from "../src/cli/exit.js";
import { exitCode, outcomeOf } from "../src/cli/replay.js";
import { replayPage } from "../src/report/replay.js";
import { wallClock } from "../src/run/choices.js";
import { seededRandom } from "../src/store/random.js";
import { mutationOf } from "./mutations.js";

export interface FuzzResult {
  /** How many mutations ended with which exit code. */
  readonly codes: Readonly<Record<string, number>>;
  /** One line for each that went wrong. */
  readonly wrong: readonly string[];
  readonly slowestMs: number;
}

const allowed: readonly number[] = [EXIT.good, EXIT.violated, EXIT.unknown, EXIT.diverged, EXIT.data];

/** `files`: whole traces. `folder`: for the spoiled ones. The same seed makes the same mutations. */
export async function fuzzReplay(
  files: readonly string[],
  { folder, count, seed }: { readonly folder: string; readonly count: number; readonly seed: number },
): Promise<FuzzResult> {
  const whole = files.map((file) => readFileSync(file));
  const random = seededRandom(seed);
  const codes: Record<string, number> = {};
  const wrong: string[] = [];
  let slowestMs = 0;
  mkdirSync(join(folder, "folder.json"), { recursive: true });
  for (let i = 0; i < count; i += 1) {
    const { what, bytes } = mutationOf(whole[random.below(whole.length)] ?? Buffer.alloc(0), random);
    const isFolder = i % 500 === 499;
    const file = join(folder, isFolder ? "folder.json" : "spoiled.json");
    if (!isFolder) writeFileSync(file, bytes);
    const startMs = wallClock.now();
    const { code, complaint } = await judged(file);
    slowestMs = Math.max(slowestMs, wallClock.now() - startMs);
    codes[code] = (codes[code] ?? 0) + 1;
    if (complaint !== null) {
      const kept = join(folder, `wrong-${wrong.length}.json`);
      if (!isFolder) writeFileSync(kept, bytes);
      wrong.push(`mutation ${i} (${what}, ${kept}): ${complaint}`);
    }
  }
  return { codes, wrong, slowestMs };
}

// --- internal ---

async function judged(file: string): Promise<{ readonly code: string; readonly complaint: string | null }> {
  try {
    const outcome = await outcomeOf(file);
    const code = exitCode([outcome]);
    if (!allowed.includes(code)) return { code: `${code}`, complaint: `exit ${code}` };
    const said = "error" in outcome ? outcome.error : replayPage(file, outcome.replayed).split("\n")[0];
    return { code: `${code}`, complaint: complaintAbout(said ?? "", file) };
  } catch (error) {
    return { code: "70", complaint: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** One line that names the file and says something. */
function complaintAbout(said: string, file: string): string | null {
  if (!said.startsWith(`${file}: `)) return `the file is not named: ${said}`;
  const isPlain = !/\p{Cc}|[\u2028\u2029]/u.test(said);
  return isPlain && said.length > file.length + 4 && said.length < 1000
    ? null
    : `no clear line: ${JSON.stringify(said)}`;
}
