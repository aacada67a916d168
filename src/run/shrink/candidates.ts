// Smaller plans than a given one, the boldest first: what a person would try by hand.
import type { Command } from "../../../model/command.js";
import type { FaultSpec } from "../../faults/fault.js";
import type { Plan } from "../plan.js";
import { calmerSchedules } from "./calmer.js";
import { plainest, simplerThan } from "./commands.js";
import {
  keysOf,
  type Recording,
  withClientsMerged,
  withCommands,
  withKey,
  withLanes,
  withoutClient,
  withoutCommands,
} from "./edits.js";

/** Every candidate is simpler by one edit; none is the plan itself. `recording` is of a run of this very plan. */
export function* candidatesOf(plan: Plan, recording: Recording): Generator<Plan> {
  const recorded = withLanes(plan, recording.lanes);
  yield* endedSooner(recorded);
  yield* rescheduled(endedSooner(recorded), FEW);
  yield* clientsLeftOut(recorded, recording);
  yield* faultsLeftOut(recorded);
  yield* commandsLeftOut(recorded, recording);
  yield* clientsMerged(recorded, recording);
  yield* commandsSimplified(recorded);
  yield* numbersLowered(recorded);
  yield* waitedFor(recorded);
  yield* rescheduled(waitedFor(recorded), FEW);
  yield* fewerKeys(recorded);
  yield* calmerSchedules(recorded, recording.lanes);
  yield* pairsLeftOut(recorded, recording);
  yield* rescheduled(simplerIn(recorded, recording), FEW);
  yield* rescheduled(pairsLeftOut(recorded, recording), FEW);
  yield* rescheduled(simplerIn(recorded, recording), MANY);
}

// --- internal ---

/** Without what comes after the faults; or with the write that comes then as a command like the others. */
function* endedSooner({ progress, ...plan }: Plan): Generator<Plan> {
  if (progress !== true) return;
  yield plan;
  const write: Command = { kind: "transact", reads: [], writes: [{ key: "k0" }], retries: 0 };
  yield { ...plan, clients: plan.clients.map((client) => ({ ...client, commands: [...client.commands, write] })) };
}

function* clientsLeftOut(plan: Plan, { lanes }: Recording): Generator<Plan> {
  for (const client of plan.clients.keys()) yield withoutClient(plan, lanes, client);
}

function* faultsLeftOut(plan: Plan): Generator<Plan> {
  if (plan.faults.length > 1) yield { ...plan, faults: [] };
  for (const gone of plan.faults.keys()) yield { ...plan, faults: plan.faults.filter((_, fault) => fault !== gone) };
}

/** Halves first, then one by one from the last. With their steps, and once more with the schedule as it was. */
function* commandsLeftOut(plan: Plan, recording: Recording): Generator<Plan> {
  for (const [client, { commands }] of plan.clients.entries()) {
    const all = [...commands.keys()];
    const half = Math.floor(all.length / 2);
    const choices = half > 1 ? [all.slice(half), all.slice(0, half)] : [];
    for (const gone of [...choices, ...all.reverse().map((command) => [command])]) {
      const without = withoutCommands(plan, recording, client, gone);
      for (const candidate of [without, ...earlierFaults(without, client)]) {
        yield candidate;
        yield withLanes(candidate, recording.lanes);
      }
    }
  }
}

/** A client that makes fewer requests meets its faults at an earlier one of them. */
function* earlierFaults(plan: Plan, client: number): Generator<Plan> {
  for (const [place, fault] of plan.faults.entries()) {
    if (fault.at.client !== client) continue;
    for (let nth = fault.at.nth - 1; nth >= 0; nth -= 1)
      yield { ...plan, faults: plan.faults.with(place, { ...fault, at: { ...fault.at, nth } }) };
  }
}

/** One client does the work of two, one after the other. */
function* clientsMerged(plan: Plan, { lanes }: Recording): Generator<Plan> {
  for (const from of [...plan.clients.keys()].reverse())
    for (const to of plan.clients.keys()) if (to !== from) yield withClientsMerged(plan, lanes, from, to);
}

/** Two commands at once, of any clients: one may only make up for the other. */
function* pairsLeftOut(plan: Plan, recording: Recording): Generator<Plan> {
  for (const [client, { commands }] of plan.clients.entries()) {
    for (const command of commands.keys()) {
      const without = withoutCommands(plan, recording, client, [command]);
      for (const [other, { commands: others }] of plan.clients.entries()) {
        for (const second of others.keys()) {
          if (other < client || (other === client && second >= command)) continue;
          yield withCommands(withLanes(without, recording.lanes), other, (list) => list.toSpliced(second, 1));
          yield withCommands(without, other, (list) => list.toSpliced(second, 1));
        }
      }
    }
  }
}

/** How many schedules of each strategy are drawn for a plan that is smaller, but no longer fails under its old one. */
const [FEW, MANY] = [12, 150];

/** Plans that fail, if at all, only under another schedule, as a new search finds it. */
function* rescheduled(simpler: Iterable<Plan>, draws: number): Generator<Plan> {
  for (const candidate of simpler) {
    for (let seed = 1; seed <= draws; seed += 1)
      for (const strategy of ["sticky", "pos"]) yield { ...candidate, schedule: { strategy, seed } };
  }
}

function* simplerIn(plan: Plan, recording: Recording): Generator<Plan> {
  yield* clientsLeftOut(plan, recording);
  yield* clientsMerged(plan, recording);
  yield* commandsLeftOut(plan, recording);
  yield* commandsSimplified(plan);
}

function* commandsSimplified(plan: Plan): Generator<Plan> {
  yield { ...plan, clients: plan.clients.map((client) => ({ ...client, commands: client.commands.map(plainest) })) };
  for (const [client, { commands }] of plan.clients.entries()) {
    for (const [place, command] of commands.entries()) {
      for (const simpler of simplerThan(command))
        yield withCommands(plan, client, (list) => list.toSpliced(place, 1, ...simpler));
    }
  }
}

const CALM_STEP_MS = 5;
/** By which everybody's lease is over, and garbage old. */
const AFTER_LEASE_MS = 5_000;

function* numbersLowered(plan: Plan): Generator<Plan> {
  for (const [place, fault] of plan.faults.entries()) {
    for (const milder of milderThan(fault)) yield { ...plan, faults: plan.faults.with(place, milder) };
  }
  if (plan.stepMs > CALM_STEP_MS) yield { ...plan, stepMs: CALM_STEP_MS };
  for (const [place, client] of plan.clients.entries()) {
    if (client.skewMs !== 0) yield { ...plan, clients: plan.clients.with(place, { ...client, skewMs: 0 }) };
  }
}

/** Time that passes by one wait before a chore, where it passed step by step: all the steps that only took time can go then. */
function* waitedFor({ stepMs, ...plan }: Plan): Generator<Plan> {
  if (stepMs <= CALM_STEP_MS) return;
  const wait: Command = { kind: "wait", ms: plan.leaseTtlMs + AFTER_LEASE_MS };
  for (const [client, { commands }] of plan.clients.entries()) {
    for (const [place, { kind }] of commands.entries()) {
      if (kind !== "compact" && kind !== "gc") continue;
      yield withCommands({ ...plan, stepMs: CALM_STEP_MS }, client, (list) => list.toSpliced(place, 0, wait));
    }
  }
}

function* milderThan(fault: FaultSpec): Generator<FaultSpec> {
  const { nth } = fault.at;
  for (const lower of new Set([0, Math.floor(nth / 2), nth - 1])) {
    if (lower >= 0 && lower < nth) yield { ...fault, at: { ...fault.at, nth: lower } };
  }
  for (const field of ["steps", "healRequests"] as const) {
    const { [field]: size } = fault;
    if (size === undefined) continue;
    for (const fewer of new Set([1, Math.floor(size / 2), size - 1]))
      if (fewer > 0 && fewer < size) yield { ...fault, [field]: fewer };
  }
}

/** One key for two, and in the end the plainest names. */
function* fewerKeys(plan: Plan): Generator<Plan> {
  const keys = keysOf(plan);
  for (const from of keys.toReversed()) for (const to of keys) if (to !== from) yield withKey(plan, from, to);
  for (const [place, key] of keys.entries()) {
    const plain = `k${place}`;
    if (key.length > plain.length && !keys.includes(plain)) yield withKey(plan, key, plain);
  }
}
