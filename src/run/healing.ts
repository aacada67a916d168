// What comes after the chaos, for P9: nothing is faulty or slow any more, and who is left has to get on.
import type { Command } from "../../model/command.js";
import type { Healed } from "../../model/story.js";
import type { StoreClock, World } from "../sim/world.js";
import { type Life, perform, type Recorder, type Worker } from "./client.js";

export interface Chaos {
  readonly world: World;
  readonly clock: StoreClock;
  readonly recorder: Recorder;
  readonly workers: readonly Worker[];
  /** Clients that have done all their commands, by their numbers. Who hangs is not among them. */
  readonly idle: ReadonlyMap<number, Life>;
  /** Ends the faults, and lets everyone have his turn from now on. */
  readonly calm: () => void;
  /** What a client can do of that. */
  readonly able: (commands: readonly Command[]) => readonly Command[];
  /** Runs a client that is new. */
  readonly last: () => Promise<void>;
}

/** Steps for all of it: many times what it takes, so that whoever uses them up is going round in circles. */
const STEPS = 4000;
/** Nobody is slow any more: no lease runs out in the middle of a read. */
const STEP_MS = 5;

/** What everybody writes when the faults are over. */
export const HEALING_KEY = "k0";
const write: Command = { kind: "transact", reads: [], writes: [{ key: HEALING_KEY }], retries: 0 };
export const look: Command = { kind: "look", reads: [null] };

/** The last client's commands: as P9 has it, a commit, a read, past every TTL, compact, gc, gc. And what was needed is still there. */
export const lastCommands = (leaseTtlMs: number): readonly Command[] => [
  write,
  look,
  { kind: "wait", ms: 2 * leaseTtlMs },
  { kind: "compact" },
  { kind: "gc" },
  { kind: "gc" },
  look,
];

/**
 * All survivors commit at once, then the first of them commits and reads alone, then a new client does its last commands.
 * The commits have read nothing, so none needs to lose. Whoever crashed or hangs stays away.
 */
export async function heal({ world, clock, recorder, workers, idle, calm, able, last }: Chaos): Promise<Healed> {
  const { history } = recorder;
  const crashed = new Set(history.flatMap(({ type, client }) => (type === "crash" ? [client] : [])));
  const survivors = workers.flatMap((worker, client): Survivor[] => {
    const life = idle.get(client);
    return life === undefined || crashed.has(worker.name) ? [] : [{ client, worker, life }];
  });
  const doing = ({ client, worker, life }: Survivor, commands: readonly Command[], from: number): void =>
    world.start(client, async () => {
      for (const [i, command] of able(commands).entries())
        await perform(worker, life, recorder, command, worker.commands.length + from + i);
    });
  calm();
  clock.stepMs = STEP_MS;
  world.limit(STEPS);
  const crowd = history.length;
  if (survivors.length > 1) for (const survivor of survivors) doing(survivor, [write], 0);
  await world.run();
  const alone = history.length;
  const [first] = survivors;
  if (first !== undefined) doing(first, [write, look], 1);
  await world.run();
  await last();
  return { crowd, alone, endless: world.exhausted };
}

// --- internal ---

interface Survivor {
  readonly client: number;
  readonly worker: Worker;
  readonly life: Life;
}
