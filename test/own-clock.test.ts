// The own clocks of a program's processes go by the plan, skew and faults included, where libfaketime is there.
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProgram, type Program } from "../src/run/choices.js";
import { execute } from "../src/run/execute.js";
import type { Plan } from "../src/run/plan.js";
import { supportedPlan } from "../src/run/supported.js";
import { memoryTier } from "../src/run/tiers.js";
import { probeClock } from "../src/targets/program/clock-probe.js";
import { libfaketime } from "./servers/libfaketime.js";

const script = fileURLToPath(new URL("../dist/test/scripts/misbehaving-target.js", import.meta.url));
const patience = { settleMs: 1000, startMs: 60_000, hangMs: 60_000 };
const commandOf = (what: string): string => `${process.execPath} ${script} ${what}`;
const probe = (what: string) => probeClock({ command: commandOf(what), ...patience });

const found = await libfaketime();
const before = process.env["LIBFAKETIME"];
beforeAll(() => {
  if ("library" in found) process.env["LIBFAKETIME"] = found.library;
});
afterAll(() => {
  if (before === undefined) delete process.env["LIBFAKETIME"];
  else process.env["LIBFAKETIME"] = before;
});

test("without the library the clocks are the machine's, and that is said", async () => {
  const named = process.env["LIBFAKETIME"];
  process.env["LIBFAKETIME"] = "";
  const { says, faking } = await probe("tells-time");
  if (named === undefined) delete process.env["LIBFAKETIME"];
  else process.env["LIBFAKETIME"] = named;
  expect([says, faking]).toEqual(["the machine's (libfaketime is not installed)", undefined]);
});

/** Three looks with time in between; the one client is right, the other one ahead, and then set back. */
const HOUR = 3_600_000;
const look = { kind: "look", reads: ["k"] } as const;
const clientOf = (name: string, skewMs: number) =>
  ({ name, skewMs, commands: [look, { kind: "wait", ms: 50_000 }, look] }) as const;
const plan: Plan = {
  leaseTtlMs: 10_000,
  stepMs: 1000,
  clients: [clientOf("right", 0), clientOf("ahead", HOUR)],
  faults: [{ kind: "clock-back", at: { client: 1, nth: 1 }, ms: 2 * HOUR }],
  schedule: { strategy: "round-robin", seed: 1 },
};

if ("reason" in found) {
  // Skipped: there is no library to set them by; the title says why.
  test.skip(`clocks are set (skipped: ${found.reason})`, () => expect.unreachable());
} else
  describe("with the library", () => {
    test("a target that signs with its own time goes by it; who signs with another, or with none, does not", async () => {
      expect(await probe("tells-time")).toMatchObject({
        says: expect.stringContaining("the plan's"),
        faking: { library: found.library },
      });
      expect((await probe("old-date")).says).toBe("the machine's (the target does not go by libfaketime's)");
      expect((await probe("nothing")).says).toBe("the machine's (its requests carry no date)");
    });

    describe("a run", () => {
      let program: Program;
      beforeAll(async () => {
        program = await openProgram({ command: commandOf("tells-time"), ...patience, setClocks: true });
      });
      afterAll(() => program.close());

      test("every process has its own time: the plan's, the skew, and what a fault adds", async () => {
        expect(program.program.clocks.set).toBe(true);
        const run = await execute(supportedPlan(plan, program.program), program, memoryTier);
        const told = run.record.history.flatMap((event) =>
          event.type === "ok" && event.op === "get" && event.client !== "auditor"
            ? [{ client: event.client, offMs: Number(event.value) - event.atMs }]
            : [],
        );
        const base = told.find(({ client }) => client === "right")?.offMs ?? Number.NaN;
        const off = (name: string) =>
          told.filter(({ client }) => client === name).map(({ offMs }) => Math.round((offMs - base) / 60_000) + 0);
        // To the minute: the machine's time passes meanwhile. The plan's has moved by nearly one between the looks.
        expect(off("right")).toEqual([0, 0]);
        expect(off("ahead")).toEqual([60, -60]);
      });
    });
  });
