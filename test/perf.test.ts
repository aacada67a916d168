// Timed runs as a user meets them: files, rows, verdicts, exit codes.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-perf-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
};
const read = (path: string): string => readFileSync(join(folder, path), "utf8");

describe("perf", () => {
  test("baseline: the columns of the contract, one row, the command that draws it", () => {
    const { status, stdout } = run("perf", "baseline", "--duration", "20s", "--out", "one");
    expect(status).toBe(0);
    expect(stdout).toContain('python3 plot_results.py one/test_baseline.csv num_writers "Baseline"');
    const [header = "", row, ...rest] = read("one/test_baseline.csv").trimEnd().split("\n");
    expect(header.split(",").slice(0, 20)).toEqual(
      (
        "num_writers num_readers writer_rate key_pool_size key_overlap_ratio duration_s backend seed " +
        "precondition_failure_rate write_tps read_tps write_p50_ms write_p95_ms write_p99_ms precond_p50_ms " +
        "precond_p99_ms read_p50_ms read_p95_ms read_p99_ms avg_retry_count"
      ).split(" "),
    );
    expect(row).toMatch(/^4,4,0.5,200,0.2,20,simulated,1,/);
    expect(rest).toEqual([]);
  });

  test("the same seed twice: the same bytes; what is there is kept, unless forced", () => {
    const flags = ["--duration", "10s", "--out", "twice"];
    run("perf", "sweep", "num_writers=1,3", ...flags);
    run("perf", "sweep", "num_writers=1,3", ...flags);
    expect(readdirSync(join(folder, "twice")).sort()).toEqual(["sweep_num_writers-2.csv", "sweep_num_writers.csv"]);
    const first = read("twice/sweep_num_writers.csv");
    expect(read("twice/sweep_num_writers-2.csv")).toBe(first);
    run("perf", "sweep", "num_writers=2", ...flags, "--force");
    expect(read("twice/sweep_num_writers.csv")).not.toBe(first);
    expect(readdirSync(join(folder, "twice"))).toHaveLength(2);
  });

  test("--resume makes what is missing, also after a row that was cut off", () => {
    const flags = ["--duration", "10s", "--out", "broken"];
    run("perf", "sweep", "overlap=0,0.5,1", ...flags);
    const whole = read("broken/sweep_overlap.csv");
    const second = whole.indexOf("\n", whole.indexOf("\n") + 1);
    writeFileSync(join(folder, "broken/sweep_overlap.csv"), whole.slice(0, second + 30));
    const { status, stderr } = run("perf", "sweep", "overlap=0,0.5,1", ...flags, "--resume");
    expect(status).toBe(0);
    expect(stderr.match(/sweep_overlap_/g)).toHaveLength(2);
    expect(read("broken/sweep_overlap.csv")).toBe(whole);
    const other = run("perf", "sweep", "overlap=0,0.5,1", "--duration", "20s", "--out", "broken", "--resume");
    expect([other.status, other.stderr]).toEqual([65, expect.stringContaining("duration_s is 10 there, and 20 here")]);
    expect(read("broken/sweep_overlap.csv")).toBe(whole);
  });

  test("a broken promise fails its point, keeps the history, and the sweep goes on", () => {
    const flags = ["--duration", "20s", "--target", "lost-update", "--out", "bug", "--json"];
    const { status, stdout } = run("perf", "sweep", "num_writers=1,4", ...flags);
    expect(status).toBe(1);
    const [{ rows, traces }] = JSON.parse(stdout).results;
    expect(rows.map((row: { verdict: string }) => row.verdict)).toEqual(["valid", "invalid"]);
    expect(traces).toEqual(["bug/violation_sweep_num_writers_4.jsonl"]);
    expect(run("verify", traces[0]).status).toBe(1);
  });

  test("--history is accepted by verify; faults strike and nothing breaks", () => {
    const flags = ["--duration", "20s", "--faults", "all", "--fault-every", "5s", "--history", "h.jsonl"];
    const { status, stdout } = run("perf", "baseline", ...flags, "--out", "chaos", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout).results[0].rows[0].faults_struck).toBeGreaterThan(5);
    expect(run("verify", "h.jsonl").status).toBe(0);
    expect(run("perf", "analyze", "h.jsonl")).toMatchObject({ status: 0, stdout: read("chaos/test_baseline.csv") });
  });

  test("compare says what changed, with intervals of repeated points", () => {
    const flags = ["--duration", "20s", "--repeat", "3"];
    run("perf", "sweep", "num_writers=2", ...flags, "--out", "before");
    run("perf", "sweep", "num_writers=2", ...flags, "--out", "after", "--latency", "s3-express");
    const files = ["before/sweep_num_writers.csv", "after/sweep_num_writers.csv"];
    expect(run("perf", "compare", ...files).stdout).toMatch(
      /^latency_model: s3, then s3-express\n\d+ of \d+ figures changed/,
    );
    const { status, stdout } = run("perf", "compare", files[0] ?? "", files[0] ?? "", "--json");
    expect(status).toBe(0);
    const { changes } = JSON.parse(stdout);
    expect(changes.length).toBeGreaterThan(10);
    expect(changes.every((change: { changed: boolean }) => !change.changed)).toBe(true);
    expect(run("perf", "compare", files[0] ?? "", "h.jsonl")).toMatchObject({ status: 65, stdout: "" });
    writeFileSync(join(folder, "begun.csv"), read("before/sweep_num_writers.csv").replace(/\n.*/s, "\n"));
    expect(run("perf", "compare", files[0] ?? "", "begun.csv")).toMatchObject({
      status: 2,
      stdout: "nothing to compare\nonly in the first: all\n",
    });
  });

  test("a threshold that is crossed: exit 3, and which one", () => {
    const rule = ["--threshold", "write_p99_ms<1", "--threshold", "write_tps>0"];
    const { status, stderr } = run("perf", "baseline", "--duration", "10s", "--out", "slow", ...rule);
    expect(status).toBe(3);
    expect(stderr).toMatch(/threshold crossed: test_baseline, num_writers 4: write_p99_ms is \d+.*, not <1/);
    expect(stderr).not.toContain("write_tps is");
  });

  writeFileSync(join(folder, "bad.json"), '{"latency":1,"requests":{"GET":[[0,1],[50,2]]}}');
  test.each([
    [["baseline", "--writers", "0"], 64, "--writers takes a whole number from 1"],
    [["baseline", "--rate", "fast"], 64, "--rate takes a number"],
    [["baseline", "--overlap", "1.5"], 64, "--overlap takes a number from 0 to 1"],
    [["baseline", "--duration", "0s"], 64, "--duration must be more"],
    [["baseline", "--faults", "all", "--fault-every", "0"], 64, "--fault-every must be a millisecond or more"],
    [["baseline", "--warm-up", "3m"], 64, "--warm-up must be shorter"],
    [["baseline", "--threshold", "speed<3"], 64, "--threshold takes"],
    [["baseline", "--latency", "nowhere.json"], 64, "there is no file nowhere.json"],
    [["baseline", "--latency", "bad.json"], 65, "the first percent is 0, the last 100"],
    [["baseline", "--target", "lost-updat"], 64, "did you mean lost-update?"],
    [["sweep", "num_writer"], 64, "did you mean num_writers?"],
    [["sweep", "num_writers=1,two"], 64, 'not "two"'],
    [["sweep", "overlap=2"], 64, "numbers from 0 to 1"],
    [["baseline", "--resume", "--force"], 64, "exclude each other"],
    [["baseline", "--endpoint", "http://127.0.0.1:9", "--faults", "all"], 64, "serve --fault refused-503,every=10"],
    [["baseline", "--target-cmd", "x", "--endpoint", "http://127.0.0.1:9"], 64, "brings a store of its own"],
    [["baseline", "--target-cmd", "x", "--target", "lost-update"], 64, "two targets"],
    [["baseline", "--target-cmd", "x", "--faults", "all"], 64, "--faults need virtual time"],
  ])("%j is told what is wrong", (args, code, message) => {
    const { status, stdout, stderr } = run("perf", ...args);
    expect(status).toBe(code);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(existsSync(join(folder, "test_baseline.csv"))).toBe(false);
  });
});

describe("perf --target-cmd", () => {
  const typescript = `${process.execPath} ${join(main, "../../../targets/typescript/manifest.js")}`;
  const ours = `${process.execPath} ${main} target`;
  const load = ["--rate", "200", "--warm-up", "0", "--duration", "2s", "--blind", "--readers", "0"];

  test("two programs in one table, at one store: what a commit costs, a verdict with all that the bucket shows", () => {
    const commands = ["--target-cmd", ours, "--target-cmd", typescript];
    const flags = [...load, "--compact-every", "0", "--round-trip", "2ms", "--history", "p.jsonl", "--out", "programs"];
    const { status, stdout } = run("perf", "sweep", "num_writers=1,2", ...commands, ...flags, "--json");
    const { rows } = JSON.parse(stdout).results[0];
    expect(rows.map((row: { target: string; num_writers: number }) => [row.target, row.num_writers])).toEqual([
      [ours, 1],
      [ours, 2],
      [typescript, 1],
      [typescript, 2],
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ clock: "wall", backend: "simulated", latency_model: "2 ms", verdict: "valid" });
      expect(row.writes_ok).toBeGreaterThan(0);
    }
    // Alone: a first commit is 3 requests, each further one 2.
    // One that was answered after the end is a commit too.
    const commits = rows[0].writes_ok + rows[0].writes_unfinished;
    expect(rows[0].requests_per_commit).toBeCloseTo((2 * commits + 1) / commits, 3);
    expect(status).toBe(0);
    const kept = readdirSync(folder).filter((name) => name.startsWith("p-"));
    expect(kept).toHaveLength(4);
    for (const name of kept) expect(run("verify", name).status).toBe(0);
  });

  test("a bug planted in a program breaks its point", () => {
    const planted = `${ours} --target lost-update`;
    const flags = ["--writers", "4", "--round-trip", "2ms", "--out", "planted", "--json"];
    const { status, stdout } = run("perf", "baseline", "--target-cmd", planted, ...load, ...flags);
    expect([status, JSON.parse(stdout).results[0].rows[0].verdict]).toEqual([1, "invalid"]);
  });

  test.each([
    ["ends at once", 'node -e "process.exit(3)"', [], "ended by itself with exit code 3"],
    ["can't compact", typescript, ["--compact-every", "1s"], "--compact-every 0 does without"],
  ])("a program that %s is told, exit 2", (_what, command, more, message) => {
    const { status, stdout, stderr } = run(
      "perf",
      "baseline",
      "--target-cmd",
      command,
      ...load,
      ...more,
      "--out",
      "no",
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
