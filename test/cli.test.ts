// The command line as a user meets it: exit codes, where output goes, what bad input is told.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
};

describe("bugs", () => {
  test("--json: the table and the control, exit 0; progress on stderr", () => {
    const { status, stdout, stderr } = run("bugs", "lost-update", "--seeds", "2", "--json");
    expect(status).toBe(0);
    const { bugs, clean } = JSON.parse(stdout);
    expect(bugs).toMatchObject([{ id: "lost-update", class: 1, seeds: 2, found: 2 }]);
    expect(bugs[0].medianRuns).toBeLessThanOrEqual(bugs[0].maxRuns);
    expect(clean).toEqual({ runs: 1000, violations: 0 });
    expect(stderr).toContain("lost-update: found with 2 of 2 seeds");
  });

  test("out of time: exit 2; no such bug: exit 64 and what was meant", () => {
    expect(run("bugs", "lost-update", "--time-limit", "0s").status).toBe(2);
    const { status, stderr } = run("bugs", "lost-updat");
    expect(status).toBe(64);
    expect(stderr).toContain("did you mean lost-update?");
  });
});

describe("check", () => {
  test("--json prints one document, the same twice but for the time", () => {
    const [first, second] = [
      run("check", "--seed", "7", "--runs", "600", "--json"),
      run("check", "--seed", "7", "--runs", "600", "--json"),
    ];
    expect(first.status).toBe(0);
    expect(first.stderr).toBe("");
    const { elapsedMs, ...document } = JSON.parse(first.stdout);
    expect(elapsedMs).toBeGreaterThanOrEqual(0);
    expect(document).toMatchObject({ verdict: "valid", seed: 7, runs: 600, violation: null, interrupted: false });
    expect({ ...JSON.parse(second.stdout), elapsedMs: 0 }).toEqual({ ...document, elapsedMs: 0 });
  });

  test("a violation: exit 1, a trace with plan and history, and where it is", () => {
    const { status, stdout } = run(
      "check",
      "--seed",
      "1",
      "--runs",
      "3000",
      "--target",
      "lost-update",
      "--out",
      "found",
      "--json",
    );
    expect(status).toBe(1);
    const { violation } = JSON.parse(stdout);
    const trace = JSON.parse(readFileSync(join(folder, violation.trace), "utf8"));
    expect(trace).toMatchObject({
      version: 2,
      target: { id: "lost-update" },
      verdict: { property: violation.property },
    });
    expect(trace.plan.schedule.lanes).toHaveLength(violation.steps);
    expect(trace.history.length).toBeGreaterThan(0);
    expect(readdirSync(join(folder, "found"))).toHaveLength(1);
  });

  test("a page for people names verdict, seed and what was reached", () => {
    const { status, stdout } = run("check", "--runs", "300", "--seed", "-3");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^VALID: manifest kept every promise/);
    expect(stdout).toContain("seed -3");
    expect(stdout.split("\n").every((line) => line.length <= 80 || line.startsWith("never reached"))).toBe(true);
  });

  test("--faults none strikes nothing; --time-limit ends a campaign", () => {
    const { stdout } = run(
      "check",
      "--runs",
      "1000000000",
      "--seed",
      "1",
      "--faults",
      "none",
      "--time-limit",
      "500ms",
      "--json",
    );
    const document = JSON.parse(stdout);
    expect(document.struck).toEqual({});
    expect(document.runs).toBeGreaterThan(0);
  });

  test("--strategy aimed at the plan of a trace: one bug with one fault, and what is a trace is not a bug of the manifest", () => {
    const trace = fileURLToPath(new URL("../traces/false-conflict.json", import.meta.url));
    const aimed = ["check", "--strategy", "aimed", "--plan", trace, "--json"];
    const found = run(...aimed, "--target", "false-conflict", "--out", "aimed");
    expect(found.status).toBe(1);
    expect(JSON.parse(found.stdout)).toMatchObject({ violation: { faults: 1 }, aimed: { plans: 1, complete: false } });
    expect(run("replay", "aimed").stdout).toContain("reproduced");
    const clean = run(...aimed, "--faults", "zombie,crash-after");
    expect(clean.status).toBe(0);
    const { aimed: count, runs } = JSON.parse(clean.stdout);
    expect(count).toMatchObject({ counted: true, complete: true, tried: count.places });
    expect(runs).toBeGreaterThan(count.places);
  });

  writeFileSync(join(folder, "file"), "");
  test.each([
    [["chekc"], 64, "Did you mean check?"],
    [["check", "--sed", "1"], 64, "Did you mean --seed?"],
    [["check", "--seed", "seven"], 64, "--seed takes a whole number"],
    [["check", "--seed", ""], 64, "--seed takes a whole number"],
    [["check", "--runs", "0"], 64, "--runs takes a whole number from 1"],
    [["check", "--time-limit", "soon"], 64, "--time-limit takes a time"],
    [["check", "--target", "lost-updat"], 64, "did you mean lost-update?"],
    [["check", "--faults", "zombi"], 64, "did you mean zombie?"],
    [["check", "--strategy", "stiky"], 64, "did you mean sticky?"],
    [["check", "--target-cmd", ""], 64, "--target-cmd takes the command line"],
    [["doctor", "--target-cmd", " "], 64, "--target-cmd takes the command line"],
    [["check", "--target", "lost-update", "--target-cmd", "x"], 64, "cannot be used with"],
    [["explore", "--writers", "0"], 64, "--writers takes a whole number from 1"],
    [["check", "--plan", "x.json"], 64, "--plan is for --strategy aimed"],
    [["check", "--strategy", "aimed", "--workers", "2"], 64, "--strategy aimed has one thread"],
    [["check", "--strategy", "aimed", "--endpoint", "http://127.0.0.1:9"], 64, "on the simulated store"],
    [["replay", "traces/lost-update.json", "--target-cmd", " "], 64, "this one is empty"],
    [["bugs", "lost-update", "--target-cmd", ""], 64, "this one is empty"],
    [["perf", "baseline", "--target-cmd", ""], 64, "this one is empty"],
    [["check", "--strategy", "aimed", "--plan", "gone.json"], 65, "gone.json: no such file"],
    [["check", "--out", "file/traces"], 65, "--out file/traces"],
    [["check", "extra"], 64, "too many arguments"],
  ])("%j is told what is wrong", (args, code, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(code);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("help and version go to stdout, exit 0", () => {
    expect(run("--help")).toMatchObject({ status: 0, stderr: "" });
    expect(run("check", "--help").stdout).toContain("Examples:");
    expect(run("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(existsSync(join(folder, "traces"))).toBe(true);
  });
});

test("a reader that goes away ends it without a word; it is cut off, or has its verdict already", () => {
  const script = `"$0" "$1" replay traces traces traces | head -n 1; exit \${PIPESTATUS[0]}`;
  const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
  const { status, stderr } = spawnSync("bash", ["-c", script, process.execPath, main], { encoding: "utf8" });
  expect(stderr).toBe("");
  // One of these traces diverges.
  expect([130, 4]).toContain(status);
});
