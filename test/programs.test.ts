// Targets as programs: ours in process and out of process come to the same verdict; the targets that ship are clean, and
// what is planted in the one in Python is found; a program that can't be driven is told in a few lines.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pythonWithBoto3 } from "./servers/boto3.js";
import { buildGoTarget, NO_GO } from "./servers/go-target.js";

const go = await buildGoTarget();
const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "dist/src/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-programs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** With libfaketime there would be other plans, and more processes to start; test/own-clock.test.ts has that. */
const THE_MACHINES = { LIBFAKETIME: "" };

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    env: { ...process.env, ...THE_MACHINES, ...env },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

const check = (command: string, runs: number, env: Readonly<Record<string, string>> = {}): Promise<Ended> => {
  const out = mkdtempSync(join(folder, "out-"));
  const flags = ["--seed", "2", "--runs", String(runs), "--shrink-time", "2s", "--out", out, "--json"];
  return cli(["check", "--target-cmd", command, ...flags], env);
};

describe("our manifest as a program", () => {
  const ours = `${process.execPath} ${main} target`;
  test("is as clean as in process", async () => {
    const { status, stdout } = await check(ours, 12);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: "valid", runs: 12, violation: null });
  });

  test("a bug planted in it is found, and its trace replays on the program that it names", async () => {
    const { status, stdout } = await check(`${ours} --target ack-before-publish`, 12);
    const { violation } = JSON.parse(stdout);
    expect([status, violation.property]).toEqual([1, "durable"]);
    const again = await cli(["replay", violation.trace, "--json"]);
    expect(JSON.parse(again.stdout).traces[0]).toMatchObject({ reproduced: true, divergedAt: null });
  });
});

test("faults are aimed at a program: every place for one, or the bug that one shows", async () => {
  const aimed = [
    "--strategy",
    "aimed",
    "--shrink-time",
    "1s",
    "--plan",
    "traces/false-conflict.json",
    "--faults",
    "failed-after,request-lost",
    "--json",
  ];
  const at = (id: string) =>
    cli(["check", ...aimed, "--out", folder, "--target-cmd", `${process.execPath} ${main} target --target ${id}`]);
  const clean = await at("manifest");
  const { verdict, runs, aimed: count } = JSON.parse(clean.stdout);
  expect([clean.status, verdict, count.counted, count.complete]).toEqual([0, "valid", true, false]);
  expect(count.one.places).toBeGreaterThan(3);
  expect(count.one.tried).toBe(count.one.places);
  expect(count.two.tried).toBe(0);
  expect(runs).toBe(count.one.places + 1);
  const planted = await at("false-conflict");
  const { violation } = JSON.parse(planted.stdout);
  expect([planted.status, violation.promise, violation.faults]).toEqual([1, "P3", 1]);
});

test("P9 is judged of a program: what is stuck after the faults is found", async () => {
  const command = `${process.execPath} ${main} target --target slot-left-taken`;
  const out = mkdtempSync(join(folder, "out-"));
  const { status, stdout } = await cli([
    "check",
    "--target-cmd",
    command,
    "--seed",
    "8",
    "--runs",
    "60",
    "--shrink-time",
    "1s",
    "--out",
    out,
    "--json",
  ]);
  expect(JSON.parse(stdout).violation).toMatchObject({ property: "progress", promise: "P9" });
  expect(status).toBe(1);
});

test("without a commit nothing was tested: unknown", async () => {
  const command = `${process.execPath} ${join(root, "dist/test/scripts/misbehaving-target.js")} never-commits`;
  const flags = ["--runs", "3", "--faults", "none", "--json"];
  const { status, stdout } = await cli(["check", "--target-cmd", command, ...flags]);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: "unknown",
    unknown: { because: expect.stringContaining("no commit") },
  });
  expect(status).toBe(2);
});

test("answers that make no history are told: unknown", async () => {
  const command = `${process.execPath} ${join(root, "dist/test/scripts/misbehaving-target.js")} begin-fails-yet-opens`;
  const { status, stdout } = await cli(["check", "--target-cmd", command, "--runs", "5", "--faults", "none", "--json"]);
  const { verdict, unknown } = JSON.parse(stdout);
  expect([status, verdict, unknown.because]).toEqual([2, "unknown", expect.stringContaining("make no history")]);
});

test("flags that do not go with a program end at once, and nothing is left running", async () => {
  for (const [flags, told] of [
    [["--strategy", "aimed", "--workers", "2"], "aimed"],
    [["--workers", "2"], "--workers"],
  ] as const) {
    const { status, stderr } = await cli(["check", "--target-cmd", "sleep 1000", ...flags]);
    expect([status, stderr]).toEqual([64, expect.stringContaining(told)]);
  }
});

test("faults of clocks where clocks can't be set: usage", async () => {
  const flags = ["check", "--target-cmd", `${process.execPath} ${main} target`, "--faults", "clock-back"];
  const { status, stderr } = await cli(flags, { LIBFAKETIME: "" });
  expect([status, stderr]).toEqual([64, expect.stringContaining("libfaketime is not installed")]);
});

test("bugs --target-cmd hunts what the program plants, and its control is without", async () => {
  const command = `${process.execPath} ${main} target --target "\${MANIFEST_BUG:-manifest}"`;
  const flags = ["bugs", "--target-cmd", command, "--seeds", "1", "--json"];
  const { status, stdout } = await cli([...flags, "ack-before-publish"], { MANIFEST_BUG: "lost-update" });
  const { bugs, clean } = JSON.parse(stdout);
  expect(bugs).toMatchObject([{ id: "ack-before-publish", class: 24, property: "durable", seeds: 1, found: 1 }]);
  expect(clean).toEqual({ runs: expect.any(Number), violations: 0 });
  expect(status).toBe(0);
  const unnamed = await cli(flags);
  expect([unnamed.status, unnamed.stderr]).toEqual([64, expect.stringContaining("name the bugs")]);
});

test("the target in TypeScript is clean", async () => {
  const { status, stdout } = await check(`${process.execPath} dist/targets/typescript/manifest.js`, 12);
  expect([status, JSON.parse(stdout).verdict]).toEqual([0, "valid"]);
});

describe("the target in Go", () => {
  // Where the toolchain is there, CI has to run it: a build that fails must not look like a choice.
  test("is built, or there is no Go, or nobody who insists", () => {
    const reason = go.program === undefined ? go.reason : "built";
    expect(process.env["CI"] === "true" ? ["built", NO_GO] : [reason]).toContain(reason);
  });

  if (go.program === undefined) {
    // Skipped: there is nothing to run; the title says why.
    test.skip(`is clean (skipped: ${go.reason})`, () => expect.unreachable());
  } else {
    const { program } = go;
    test("is clean", async () => {
      const { status, stdout } = await check(program, 40);
      expect([status, JSON.parse(stdout).verdict]).toEqual([0, "valid"]);
    });
  }
});

describe("the target in Python", () => {
  let command: string;
  beforeAll(async () => {
    command = `${await pythonWithBoto3()} targets/python/manifest.py`;
  }, 240_000);

  test("is clean", async () => {
    const { status, stdout } = await check(command, 12);
    expect([status, JSON.parse(stdout).verdict]).toEqual([0, "valid"]);
  });

  test.each(["lost-update", "reader-before-lease"])(
    "with %s it is found out",
    async (bug) => {
      const { status, stdout } = await check(command, 100, { MANIFEST_BUG: bug });
      expect([status, JSON.parse(stdout).verdict]).toEqual([1, "invalid"]);
    },
    240_000,
  );
});

test.each([
  ["ends at once", 'node -e "process.exit(3)"', /ended by itself with exit code 3/],
  ["says nothing of use", "node -e \"console.log('hello')\"", /hello/],
  ["is not there", "no-such-program-here", /no-such-program-here/],
])("a program that %s is told, exit 2", async (_what, command, message) => {
  const { status, stdout, stderr } = await check(command, 5);
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(message);
});
