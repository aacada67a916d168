// One client of a timed run: an open loop. Each command has an intended start, drawn before the run knows how it goes;
// a command that comes late because the one before took long counts its latency from there, and one that can't begin
// before the end is counted as dropped. (Otherwise a slow store would slow its own measurement down: "coordinated
// omission", as Gil Tene calls it.)
import { writtenValue } from "../../../model/command.js";
import type { Clock } from "../../store/clock.js";
import { type Random, seededRandom } from "../../store/random.js";
import type { Client } from "../../targets/target.js";
import { attemptOnce, call, look, type Recorder } from "../client.js";
import { batchSeed } from "../seeds.js";
import { gapMs, nextLook, nextTransact, type Workload } from "./workload.js";

export type Role = "writer" | "reader" | "keeper";

/** One client across its lives. After a crash the next life goes on with the next command. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
  op: string;
  readonly random: Random;
  /** Commands begun so far, and the intended start of the next one. */
  begun: number;
  nextMs: number;
}

/** What a life of an actor works with. `over`: no command begins any more, whatever the time. */
export interface Stage {
  readonly load: Workload;
  readonly startMs: number;
  readonly client: Client;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly over: () => boolean;
}

/** The clients of a run, in the order of their lanes: writers, readers, the keeper. */
export function actorsOf(load: Workload, startMs: number): readonly Actor[] {
  const named = (letter: string, role: Role, count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `${letter}${i}`, role }));
  const cast = [
    ...named("w", "writer", load.numWriters),
    ...named("r", "reader", load.numReaders),
    ...named("k", "keeper", load.compactEveryMs > 0 ? 1 : 0),
  ];
  return cast.map(({ name, role }, lane) => {
    const random = seededRandom(batchSeed(load.seed, lane));
    const actor: Actor = { name, role, op: "", random, begun: 0, nextMs: startMs };
    advance(actor, load);
    return actor;
  });
}

/** By its name: writers are w0, w1, ... */
export const isWriter = (name: string): boolean => /^w\d+$/.test(name);

/** Works off commands until the run's end. */
export async function act(actor: Actor, stage: Stage): Promise<void> {
  const { load, startMs, clock, over } = stage;
  const endMs = startMs + load.durationMs;
  while (actor.nextMs < endMs) {
    const waitMs = actor.nextMs - stage.recorder.nowMs();
    if (waitMs > 0) await clock.sleep(waitMs);
    if (stage.recorder.nowMs() >= endMs || over()) return;
    const intendedMs = actor.nextMs;
    const number = actor.begun;
    actor.begun += 1;
    advance(actor, load);
    await perform(actor, stage, number, intendedMs);
  }
}

/** The intended starts between two moments that never came to be: of what is left of the actor's list. Call it last. */
export function droppedBetween(actor: Actor, load: Workload, fromMs: number, toMs: number): number {
  let dropped = 0;
  while (actor.nextMs < toMs) {
    if (actor.nextMs >= fromMs) dropped += 1;
    advance(actor, load);
  }
  return dropped;
}

// --- internal ---

function advance(actor: Actor, load: Workload): void {
  if (actor.role === "keeper") actor.nextMs += load.compactEveryMs;
  else actor.nextMs += gapMs(actor.random, actor.role === "writer" ? load.writerRate : load.readerRate);
}

async function perform(actor: Actor, stage: Stage, number: number, intendedMs: number): Promise<void> {
  const { load, client, recorder } = stage;
  switch (actor.role) {
    case "writer":
      return transact(actor, stage, number, intendedMs);
    case "reader":
      return look(actor, client, recorder, nextLook(load, actor.random), { intendedMs, attempt: 0 });
    case "keeper":
      await call(actor, recorder, { op: "compact" }, () => client.compact());
      await call(actor, recorder, { op: "gc" }, () => client.gc());
  }
}

async function transact(actor: Actor, stage: Stage, number: number, intendedMs: number): Promise<void> {
  const { load, client, recorder, clock } = stage;
  const command = nextTransact(load, actor.random, actor.name);
  for (let attempt = 0; attempt <= command.retries; attempt += 1) {
    if (attempt > 0) await clock.sleep(actor.random.next() * load.backoffMs * 2 ** (attempt - 1));
    const value = writtenValue(actor.name, number, attempt).padEnd(load.valueBytes, ".");
    const outcome = await attemptOnce(actor, client, recorder, command, value, { intendedMs, attempt });
    if (outcome !== "conflict") return;
  }
}
