// Replay as a user meets it: what is said of whole and of broken files, with which code; and that it is the same every time.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { tracesIn } from "../src/trace/files.js";
import { fuzzReplay } from "./fuzz-replay.js";
import { differing } from "./repeat-replay.js";
import { SEED } from "./seed.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => spawnSync(process.execPath, [main, "replay", ...args], { encoding: "utf8" });
const whole = "traces/lost-update.json";
const text = readFileSync(whole, "utf8");
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test("500 spoiled traces: one clear line each, no crash", async () => {
  const { wrong, codes } = await fuzzReplay(tracesIn("traces"), { folder, count: 500, seed: SEED });
  expect(wrong).toEqual([]);
  expect(Object.keys(codes)).toEqual(expect.arrayContaining(["1", "4", "65"]));
});

test.each(tracesIn("traces").filter((name) => !name.includes("/manifest-")))(
  "%s: the same bytes, five times",
  async (name) => {
    expect(await differing(name, 5)).toBe(0);
  },
);

describe("the command", () => {
  const cut = file("cut.json", text.slice(0, 300));
  const newer = file("newer.json", text.replace(/"version": \d+/, '"version": 999'));

  test("broken files are named, the others are replayed all the same, exit 65", () => {
    const { status, stdout, stderr } = run(cut, whole, newer, join(folder, "none.json"));
    expect(status).toBe(65);
    expect(stdout).toMatch(/^traces\/lost-update.json: reproduced: /);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(`${cut}: not JSON, or cut off, at `);
    expect(lines[1]).toContain(`${newer}: a trace of version 999; this program reads up to`);
    expect(lines[2]).toContain("none.json: no such file");
  });

  test("--json prints one document, broken files included", () => {
    const { status, stdout } = run(cut, whole, "--json");
    expect(status).toBe(65);
    expect(JSON.parse(stdout).traces).toMatchObject([
      { file: cut, verdict: "unknown", reproduced: false, divergedAt: null, error: expect.stringContaining("cut off") },
      { file: whole, verdict: "invalid", reproduced: true, divergedAt: null },
    ]);
  });

  test("another history: diverged, where, expected and got, exit 4", () => {
    const other = file("other.json", text.replace('"op":"commit","step":', '"op":"commit","step":1'));
    const { status, stdout } = run(other);
    expect(status).toBe(4);
    expect(stdout).toMatch(/^\S+other.json: diverged at step \d+: expected \{.*\}, got \{.*\}\n/);
  });

  test("a folder, and on the real manifest everything is kept", () => {
    copyFileSync(whole, join(folder, "copy.json"));
    for (const name of ["cut.json", "newer.json", "spoiled.json", "other.json", "folder.json"]) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
    expect(run(folder)).toMatchObject({ status: 1 });
    expect(run(folder, "--target", "manifest")).toMatchObject({ status: 0 });
  });

  test("--verbose shows each request, its answer and the change in the bucket", () => {
    const { status, stdout } = run(whole, "--verbose");
    expect(status).toBe(1);
    const lanes = JSON.parse(text).plan.schedule.lanes.length;
    expect(stdout.match(/^step \d+, \w+: (GET|PUT|DELETE|LIST) /gm)).toHaveLength(lanes);
    expect(stdout).toMatch(/^ {2}the store: 200\n {2}bucket: \+ segments\/seg-0*1.json \{.*\n {2}heard: 200 "/m);
    expect(stdout.trimEnd().split("\n").at(-2)).toMatch(/^traces\/lost-update.json: reproduced: /);
  });

  test.each([
    [["--step"], "--step needs a terminal"],
    [["--json", "--verbose"], "--json prints a document"],
  ])("%j is told what is wrong", (flags, message) => {
    const { status, stdout, stderr } = run(whole, ...flags);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toContain(message);
  });
});
