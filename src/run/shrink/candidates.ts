// Smaller plans than a given one, the boldest first: what a person would try by hand.
import type { Command } from "../../../model/command.js";
import type { FaultSpec } from "../../faults/fault.js";
import type { Plan } from "../plan.js";
import { keysOf, type Recording, withCommands, withKey, withLanes, withoutClient, withoutCommands } from "./edits.js";

/** Every candidate is simpler by one edit; none is the plan itself. `recording` is of a run of this very plan. */
export function* candidatesOf(plan: Plan, recording: Recording): Generator<Plan> {
  const recorded = withLanes(plan, recording.lanes);
  yield* endedSooner(recorded);
  yield* clientsLeftOut(recorded, recording);
  yield* faultsLeftOut(recorded);
  yield* commandsLeftOut(recorded, recording);
  yield* commandsSimplified(recorded);
  yield* numbersLowered(recorded);
  yield* fewerKeys(recorded);
  yield* calmerSchedules(recorded, recording.lanes);
}

// --- internal ---

function* endedSooner({ progress, ...plan }: Plan): Generator<Plan> {
  if (progress === true) yield plan;
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
      yield withoutCommands(plan, recording, client, gone);
      yield withLanes(withoutCommands(plan, recording, client, gone), recording.lanes);
    }
  }
}

function* commandsSimplified(plan: Plan): Generator<Plan> {
  for (const [client, { commands }] of plan.clients.entries()) {
    for (const [place, command] of commands.entries()) {
      for (const simpler of simplerThan(command)) yield withCommands(plan, client, (list) => list.with(place, simpler));
    }
  }
}

function* simplerThan(command: Command): Generator<Command> {
  if (command.kind !== "transact" && command.kind !== "look") return;
  if (command.kind === "transact" && command.retries > 0) yield { ...command, retries: 0 };
  const least = command.kind === "look" ? 1 : 0;
  for (const gone of command.reads.keys()) {
    if (command.reads.length > least) yield { ...command, reads: command.reads.filter((_, read) => read !== gone) };
  }
  if (command.kind !== "transact") return;
  for (const gone of command.writes.keys()) {
    if (command.writes.length > 1) yield { ...command, writes: command.writes.filter((_, write) => write !== gone) };
  }
  for (const [place, { key, delete: gone }] of command.writes.entries()) {
    if (gone === true) yield { ...command, writes: command.writes.with(place, { key }) };
  }
}

const CALM_STEP_MS = 5;

function* numbersLowered(plan: Plan): Generator<Plan> {
  for (const [place, fault] of plan.faults.entries()) {
    for (const milder of milderThan(fault)) yield { ...plan, faults: plan.faults.with(place, milder) };
  }
  if (plan.stepMs > CALM_STEP_MS) yield { ...plan, stepMs: CALM_STEP_MS };
  for (const [place, client] of plan.clients.entries()) {
    if (client.skewMs !== 0) yield { ...plan, clients: plan.clients.with(place, { ...client, skewMs: 0 }) };
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

/**
 * A calmer schedule switches less. A switch is taken back by letting the lane before it go on, or by bringing the next
 * stretch of the same lane forward; a step that is left out lets whoever is running go on.
 */
function* calmerSchedules(plan: Plan, lanes: readonly number[]): Generator<Plan> {
  for (let size = Math.floor(lanes.length / 2); size >= 4; size = Math.floor(size / 2)) {
    for (let at = 0; at < lanes.length; at += size)
      yield withLanes(plan, [...lanes.slice(0, at), ...lanes.slice(at + size)]);
  }
  const stretches = stretchesOf(lanes);
  for (let i = 0; i + 2 < stretches.length; i += 1) {
    const [first, second] = [stretches[i], stretches[i + 1]];
    const again = stretches.findIndex((stretch, j) => j > i + 1 && stretch.lane === first?.lane);
    if (first === undefined || second === undefined || again < 0) continue;
    const merged = [
      ...stretches.slice(0, i + 1),
      ...stretches.slice(again, again + 1),
      ...stretches.slice(i + 1, again),
      ...stretches.slice(again + 1),
    ];
    yield withLanes(plan, lanesOf(merged));
  }
}

interface Stretch {
  readonly lane: number;
  readonly length: number;
}

function stretchesOf(lanes: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const lane of lanes) {
    const last = stretches.at(-1);
    if (last?.lane === lane) stretches[stretches.length - 1] = { lane, length: last.length + 1 };
    else stretches.push({ lane, length: 1 });
  }
  return stretches;
}

const lanesOf = (stretches: readonly Stretch[]): number[] =>
  stretches.flatMap(({ lane, length }) => Array.from({ length }, () => lane));
