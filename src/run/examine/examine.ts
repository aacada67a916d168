// Examines a target step by step: does it keep to the protocol, and to the simplest of the promises? It is no check:
// nothing is interleaved, so whoever passes may still lose data.
import { ProgramError } from "../../targets/program/protocol.js";
import { missingOps } from "../supported.js";
import { Bench, type BenchOptions } from "./bench.js";
import { failureSteps } from "./failure-steps.js";
import { otherSteps } from "./other-steps.js";
import { sessionSteps } from "./session-steps.js";
import type { Shown, Step } from "./step.js";
import { wireSteps } from "./wire-steps.js";
import { Wrong } from "./wrong.js";

export interface Taken extends Shown {
  readonly name: string;
  readonly says: string;
}

export interface Examination {
  /** What the target calls itself; null where it has not said. */
  readonly name: string | null;
  readonly ops: readonly string[];
  /** False where `check` could not drive it either. */
  readonly drivable: boolean;
  readonly steps: readonly Taken[];
}

/** All steps in their order; `told` hears of each as it ends. Whatever the target does is a step's result. */
export async function examine(options: BenchOptions, told: (taken: Taken) => void): Promise<Examination> {
  const bench = new Bench(options);
  const steps: Taken[] = [];
  const take = async (step: Step): Promise<Shown> => {
    const shown = await tried(step, bench);
    const taken = { name: step.name, says: step.says, ...shown };
    steps.push(taken);
    told(taken);
    return shown;
  };
  try {
    await bench.open();
    const drivable = (await take(readyStep)).right === true && (await take(opsStep)).right === true;
    if (drivable)
      for (const step of [...sessionSteps, ...otherSteps, ...failureSteps, ...wireSteps, clockStep]) await take(step);
    return { name: bench.ready?.name ?? null, ops: bench.ops, drivable, steps };
  } finally {
    await bench.close();
  }
}

// --- internal ---

const readyStep: Step = {
  name: "ready",
  says: "the process starts, and its first line says what it is",
  take: async (bench) => {
    await bench.client("first");
    const { name = "", ops = [], unknownOps = [] } = bench.ready ?? {};
    const strange = unknownOps.length === 0 ? "" : `; it lists ${unknownOps.join(", ")}, which nobody will ask for`;
    return { right: true, detail: `"${name}", with ${ops.join(", ")}${strange}` };
  },
};

const opsStep: Step = {
  name: "ops",
  says: "it lists begin, put, commit, end, and get or scan",
  take: async (bench) => {
    const missing = missingOps({ ops: bench.ops });
    if (missing.length > 0) throw new Wrong(`it does not list ${missing.join(", ")}`);
    return { right: true, detail: "all that is needed" };
  },
};

const clockStep: Step = {
  name: "own-clock",
  says: "whether the clock of its processes can be set from here, so that faults of clocks can strike it",
  take: async (bench) => {
    const { says, faking } = await bench.probeClock();
    return { right: faking === undefined ? null : true, detail: says };
  },
};

async function tried(step: Step, bench: Bench): Promise<Shown> {
  const missing = (step.needs ?? []).filter((op) => !bench.ops.includes(op));
  if (missing.length > 0) return { right: null, detail: `it does not list ${missing.join(", ")}` };
  if (bench.silent) return { right: null, detail: "not tried, since the target did not answer before" };
  try {
    return await step.take(bench);
  } catch (error) {
    if (!(error instanceof Wrong) && !(error instanceof ProgramError)) throw error;
    bench.discard();
    return { right: false, detail: error.message };
  }
}
