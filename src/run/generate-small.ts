// Small plans without faults, drawn by fast-check: for whoever tries out every fault at every request of one.
import fc from "fast-check";
import type { Command } from "../../model/command.js";
import { commandsOf, type Habits } from "./generate-commands.js";
import type { GenerateOptions } from "./generate-options.js";
import type { ClientPlan, Plan } from "./plan.js";
import { batchSeed } from "./seeds.js";

/** Who is in a plan, with how many commands: few, for the runs grow with the square of the requests. */
const CASTS: readonly (readonly (readonly [name: string, commands: number])[])[] = [
  [["w0", 2]],
  [
    ["w0", 1],
    ["w1", 1],
  ],
  [
    ["w0", 1],
    ["r0", 2],
  ],
  [
    ["w0", 1],
    ["k0", 2],
  ],
];

const HABITS: Habits = { leaseTtlMs: 10_000, pool: 1, overlap: 1, deletes: true, retries: true };

/**
 * One plan of each cast, the same for the same seed. Time stands still but in waits and pauses, so that requests commute;
 * half of them go on when the faults are over (P9).
 */
export const smallPlans = (seed: number, options: GenerateOptions): readonly Plan[] =>
  CASTS.flatMap((cast, i) => fc.sample(planOf(cast, options), { seed: batchSeed(seed, i), numRuns: 1 }));

// --- internal ---

const planOf = (cast: (typeof CASTS)[number], { strategies, personalities }: GenerateOptions): fc.Arbitrary<Plan> =>
  fc
    .record({
      clients: fc.tuple(...cast.map(clientOf)),
      strategy: fc.constantFrom(...strategies),
      seed: fc.integer({ min: 0, max: 0x7fffffff }),
      progress: fc.boolean(),
    })
    .map(
      ({ clients, strategy, seed, progress }): Plan => ({
        leaseTtlMs: HABITS.leaseTtlMs,
        stepMs: 0,
        clients,
        faults: [],
        schedule: { strategy, seed },
        ...(progress && personalities.length === 0 ? { progress: true } : {}),
        ...(personalities.length === 0 ? {} : { personalities }),
      }),
    );

const clientOf = ([name, count]: (typeof CASTS)[number][number]): fc.Arbitrary<ClientPlan> =>
  commandsOf(name, HABITS).map((commands) => ({
    name,
    skewMs: 0,
    commands: commands.slice(0, count).map(shorter),
  }));

const shorter = (command: Command): Command =>
  command.kind === "look" || command.kind === "transact" ? { ...command, reads: command.reads.slice(0, 2) } : command;
