// Signals and time limits on a real process: what was found is saved, the summary is printed, the code is right.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { tracesIn } from "../src/trace/files.js";
import { killWhileShrinking } from "./kill-while-shrinking.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
}

/** Starts `check`, waits until `ready` says so, and sends the signals. */
async function check(
  args: readonly string[],
  { signals, ready }: { readonly signals: number; readonly ready: (stderr: string) => boolean },
): Promise<Ended> {
  const child = spawn(process.execPath, [main, "check", ...args]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  while (!ready(stderr) && child.exitCode === null) await sleep(5);
  for (let i = 0; i < signals; i += 1) {
    child.kill("SIGINT");
    while (!stderr.includes("interrupted") && child.exitCode === null) await sleep(5);
  }
  return { status: await closed, stdout };
}

const started = Date.now();
const elapsed = (ms: number): (() => boolean) => {
  const from = Date.now() - started;
  return () => Date.now() - started - from > ms;
};

describe("Ctrl-C", () => {
  test("in a campaign: the summary so far, exit 130", async () => {
    const { status, stdout } = await check(["--seed", "1", "--runs", "1000000", "--out", folder], {
      signals: 1,
      ready: elapsed(1500),
    });
    expect(status).toBe(130);
    expect(stdout).toContain("interrupted");
  });

  test("on threads: the same", async () => {
    const args = ["--seed", "1", "--runs", "1000000", "--workers", "2", "--out", folder];
    expect((await check(args, { signals: 1, ready: elapsed(2000) })).status).toBe(130);
  });

  test("twice: at once, exit 130", async () => {
    const args = ["--seed", "1", "--runs", "1000000", "--out", folder];
    expect((await check(args, { signals: 2, ready: elapsed(1000) })).status).toBe(130);
  });

  test("while shrinking: what was found is saved, and said", async () => {
    const out = join(folder, "shrinking");
    const args = ["--target", "stolen-commit", "--seed", "3", "--out", out, "--shrink-time", "60s", "--json"];
    const { status, stdout } = await check(args, { signals: 1, ready: () => tracesIn(out).length > 0 });
    expect(status).toBe(130);
    expect(tracesIn(out)).toEqual([JSON.parse(stdout).violation.trace]);
  });
});

test("a time limit ends a campaign cleanly", async () => {
  const { status, stdout } = await check(
    ["--seed", "1", "--runs", "1000000", "--time-limit", "1s", "--out", folder, "--json"],
    {
      signals: 0,
      ready: () => true,
    },
  );
  expect([status, JSON.parse(stdout).verdict]).toEqual([0, "valid"]);
});

test.each([1, 2, 3])("killed while shrinking (%i): the trace is whole and replays", async (seed) => {
  const { reproduced, strays } = await killWhileShrinking(seed, 1, seed);
  expect({ reproduced, strays }).toEqual({ reproduced: [true], strays: [] });
});
