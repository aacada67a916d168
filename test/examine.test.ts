// `doctor --target-cmd`: a target that keeps to the protocol passes each step, one that does not fails at the right one.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { examine } from "../src/run/examine/examine.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const misbehaving = fileURLToPath(new URL("../dist/test/scripts/misbehaving-target.js", import.meta.url));
const options = { startMs: 30_000, answerMs: 20_000 };

/** A child must not keep the event loop from serving it: no spawnSync here. */
function doctor(command: string, ...flags: string[]) {
  const args = ["dist/src/cli/main.js", "doctor", "--target-cmd", command, ...flags];
  const child = spawn(process.execPath, args, { cwd: root });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on("close", (status) => resolve({ status, stdout, stderr })),
  );
}

const wrongSteps = async (what: string, answerMs = options.answerMs): Promise<readonly string[]> => {
  const command = `${process.execPath} ${misbehaving} ${what}`;
  const { steps } = await examine({ ...options, command, answerMs }, () => undefined);
  return steps.filter(({ right }) => right === false).map(({ name }) => name);
};

describe("what a target does wrong is named", () => {
  test.each([
    ["nothing", []],
    ["dirty-read", ["commit"]],
    ["end-keeps", ["end"]],
    ["no-delete", ["delete"]],
    ["no-condition", ["conflict"]],
    ["dies-of-unknown", ["unknown-op"]],
    ["open-keeps", ["open"]],
    ["no-answer-is-fail", ["lost-answer"]],
    ["dies-of-no-answer", ["lost-answer", "refused-503"]],
    ["own-key", ["requests"]],
    ["own-prefix", ["open", "requests"]],
    ["retries", ["retries"]],
    ["protocol-2", ["ready"]],
    ["no-end", ["ops"]],
  ])("%s: %j", async (what, steps) => {
    expect(await wrongSteps(what)).toEqual(steps);
  });

  test.each([
    ["early-answer", "restart"],
    ["shape", "empty"],
    ["chatty", "empty"],
  ])("%s: %s, and others that follow from it", async (what, step) => {
    expect(await wrongSteps(what)).toContain(step);
  });

  test("a target that does not answer is waited for once", async () => {
    expect(await wrongSteps("silent", 300)).toEqual(["empty"]);
  });
});

test("ours passes every step", async () => {
  const { status, stdout } = await doctor(`${process.execPath} dist/src/cli/main.js target`, "--json");
  const { target, promises } = JSON.parse(stdout);
  // Whether clocks can be set is a matter of the machine.
  const others = target.steps.filter(({ name }: { name: string }) => name !== "own-clock");
  expect(others.filter(({ right }: { right: boolean | null }) => right !== true)).toEqual([]);
  expect([status, promises, target.name, target.drivable]).toEqual([0, null, "manifest-chaos", true]);
});

test("exit 1 with what is wrong, 2 where it can't be driven, 64 with an endpoint", async () => {
  const [wrong, absent, both] = await Promise.all([
    doctor(`${process.execPath} ${misbehaving} no-condition`),
    doctor("no-such-program-here"),
    doctor("true", "--endpoint", "http://127.0.0.1:9"),
  ]);
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toMatch(/WRONG {2}conflict +of two sessions.*\n +both commits were answered ok/);
  expect(absent.status).toBe(2);
  expect(absent.stdout).toMatch(/WRONG {2}ready[\s\S]*no-such-program-here[\s\S]*It can't be driven/);
  expect([both.status, both.stdout]).toEqual([64, ""]);
});
