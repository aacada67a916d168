// One plan, two ways in: our manifest in this process, and as a program on the other side of HTTP and JSON lines.
import { fileURLToPath } from "node:url";
import { judgeAll } from "../properties/index.js";
import { isProgram, openProgram, ProgramError, type Target, targetOf } from "../src/run/choices.js";
import { execute, type Run } from "../src/run/execute.js";
import { DEFAULTS, plansIn } from "../src/run/generate.js";
import { firstDifference } from "../src/run/likeness.js";
import type { Plan } from "../src/run/plan.js";
import { BATCH } from "../src/run/seeds.js";
import { supportedPlan } from "../src/run/supported.js";
import { memoryTier } from "../src/run/tiers.js";

export interface BothWays {
  readonly runs: number;
  /** Of the runs, how many broke a promise in process. */
  readonly invalid: number;
  /** Runs in which no fault struck. */
  readonly undisturbed: number;
  readonly sameVerdict: number;
  /** Each client was answered the same in both, errors' words apart. */
  readonly sameHistory: number;
  /** A sentence on each run with two verdicts, and on each undisturbed one with two histories. */
  readonly differing: readonly string[];
}

const main = fileURLToPath(
  new URL(`${import.meta.url.endsWith(".ts") ? "../dist/" : "../"}src/cli/main.js`, import.meta.url),
);
const PATIENCE = { settleMs: 400, startMs: 60_000, hangMs: 60_000, setClocks: false };

/**
 * Runs the plans that `check` draws for a program, each both ways. Without faults every client has to be answered the
 * same, unless somebody goes through leases, by their random names. After a fault the manifest waits before it tries again: in process in the plan's time, a step of the schedule;
 * a program in the machine's, so from there on the two take different schedules, and a planted bug may show in one alone.
 */
export async function compareBothWays(target: string, seed: number, runs: number): Promise<BothWays> {
  const program = await openProgram({ command: `${process.execPath} ${main} target --target ${target}`, ...PATIENCE });
  const pairs: Pair[] = [];
  try {
    for (let number = 0; number < runs; number += 1) {
      const drawn = plansIn(seed, Math.floor(number / BATCH), DEFAULTS)[number % BATCH];
      if (drawn === undefined) throw new Error(`there is no plan ${number}`);
      const plan = supportedPlan(drawn, program.program);
      pairs.push(pairOf(await judged(plan, targetOf(target)), await judged(plan, program)));
    }
  } finally {
    await program.close();
  }
  const told = pairs.flatMap(({ says }, i) =>
    says === undefined ? [] : [`${target}, run ${i} of seed ${seed}: ${says}`],
  );
  const count = (which: (pair: Pair) => boolean): number => pairs.filter(which).length;
  return {
    runs,
    invalid: count(({ invalid }) => invalid),
    undisturbed: count(({ undisturbed }) => undisturbed),
    sameVerdict: count(({ sameVerdict }) => sameVerdict),
    sameHistory: count(({ sameHistory }) => sameHistory),
    differing: told,
  };
}

// --- internal ---

interface Judged {
  readonly verdict: string;
  readonly run?: Run;
}

interface Pair {
  readonly invalid: boolean;
  readonly undisturbed: boolean;
  readonly sameVerdict: boolean;
  readonly sameHistory: boolean;
  readonly says: string | undefined;
}

function pairOf(inProcess: Judged, asProgram: Judged): Pair {
  const [first, second] = [inProcess.run, asProgram.run];
  const difference =
    first === undefined || second === undefined ? null : firstDifference(first.record.history, second.record.history);
  const undisturbed = first?.struck.length === 0;
  const sameVerdict = inProcess.verdict === asProgram.verdict;
  const where =
    difference === null ? "" : `; at step ${difference.step} ${difference.expected}, and then ${difference.got}`;
  const wrong = !sameVerdict || (undisturbed && difference !== null && !ordersLeases(first));
  return {
    invalid: !["valid", "unknown"].includes(inProcess.verdict),
    undisturbed,
    sameVerdict,
    sameHistory: difference === null,
    says: wrong ? `${inProcess.verdict} in process, ${asProgram.verdict} as a program${where}` : undefined,
  };
}

/** A program's leases have random names, so whoever lists several of them goes through them in another order. */
const ordersLeases = (run: Run | undefined): boolean =>
  (run?.record.story ?? []).filter(({ method, key }) => method === "GET" && key.startsWith("leases/")).length > 1;

async function judged(plan: Plan, target: Target): Promise<Judged> {
  try {
    const run = await execute(plan, target, memoryTier);
    const { violation, unknown } = judgeAll(run.record);
    const open = run.exhausted || unknown.length > 0 ? "unknown" : "valid";
    return { verdict: violation?.property.name ?? open, run };
  } catch (error) {
    if (error instanceof ProgramError && isProgram(target)) return { verdict: `not driven: ${error.message}` };
    throw error;
  }
}
