// Whether a process sleeps, its children too.
import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { isAsleep } from "./asleep.js";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const { pid } of children.splice(0)) if (pid !== undefined) process.kill(-pid, "SIGKILL");
});

function started(command: string): number {
  const child = spawn(command, { shell: true, detached: true, stdio: "ignore" });
  children.push(child);
  return child.pid ?? 0;
}

// Skipped: elsewhere nothing can be told, which the last test says.
const onLinux = test.skipIf(process.platform !== "linux");

onLinux("one that waits sleeps; one that works does not, nor a shell whose child works", async () => {
  const [sleeper, worker, shell] = [
    started("sleep 60"),
    started("while :; do :; done"),
    started("(while :; do :; done) & wait"),
  ];
  await expect.poll(() => isAsleep(sleeper), { timeout: 10_000 }).toBe(true);
  // Long enough after its start, it is seen at work each time.
  await expect.poll(() => isAsleep(shell), { timeout: 10_000 }).toBe(false);
  for (let i = 0; i < 20; i += 1) expect([isAsleep(worker), isAsleep(shell)]).toEqual([false, false]);
});

test("of one that is not there nothing can be told", () => {
  expect(isAsleep(999_999_999)).toBeUndefined();
});
