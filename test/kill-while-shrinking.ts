// `check` killed with SIGKILL while it makes a failing run smaller: the trace on disk is whole, and replays.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { tracesIn } from "../src/trace/files.js";
import { readTrace } from "../src/trace/read.js";
import { replayTrace } from "../src/trace/replay.js";

export interface Killed {
  /** The process was still at work, and the trace had been replaced so often. */
  readonly replaced: number;
  /** Each trace on disk could be read, and its failure is there again. */
  readonly reproduced: readonly boolean[];
  /** Anything else in the folder. A half-written file bears another name, and is no trace. */
  readonly strays: readonly string[];
}

const MAIN = fileURLToPath(
  new URL(`${import.meta.url.includes("/dist/") ? "../" : "../dist/"}src/cli/main.js`, import.meta.url),
);
/** A bug whose runs take seconds to be made small. */
const TARGET = "watermark-off-by-one";
const GIVE_UP_MS = 60_000;

/** Kills one check after its trace has been replaced `replacements` times and `delayMs` more have passed. */
export async function killWhileShrinking(seed: number, replacements: number, delayMs: number): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-kill-"));
  const flags = ["check", "--target", TARGET, "--seed", String(seed), "--out", folder, "--shrink-time", "60s"];
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: "ignore" });
  const closed = new Promise((resolve) => child.on("close", resolve));
  const inodes = new Set<number>();
  for (let waitedMs = 0; waitedMs < GIVE_UP_MS && child.exitCode === null; waitedMs += 1) {
    for (const file of tracesIn(folder)) inodes.add(statSync(file, { throwIfNoEntry: false })?.ino ?? 0);
    if (inodes.size > replacements) break;
    await sleep(1);
  }
  await sleep(delayMs);
  const atWork = child.exitCode === null;
  child.kill("SIGKILL");
  await closed;
  const traces = tracesIn(folder);
  const reproduced: boolean[] = [];
  for (const file of traces) reproduced.push((await replayTrace(readTrace(file))).reproduced);
  const strays = readdirSync(folder).filter((name) => !traces.includes(join(folder, name)) && !name.endsWith(".new"));
  rmSync(folder, { recursive: true });
  return { replaced: atWork ? inodes.size - 1 : 0, reproduced, strays };
}
