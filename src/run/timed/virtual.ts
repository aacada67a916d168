// A timed run in virtual time: the manifest's real code in the simulated world, where what is due first goes first.
// A discrete-event simulation: requests take times drawn from a latency model, and 120 seconds pass in one.
import type { Applied } from "../../../model/story.js";
import { earliest } from "../../sim/strategies/earliest.js";
import { type Door, type StoreClock, type Told, World } from "../../sim/world.js";
import { bodyText } from "../../store/body.js";
import { systemClock } from "../../store/clock.js";
import { seededRandom } from "../../store/random.js";
import type { Method, Send } from "../../store/request.js";
import { SimulatedStore } from "../../store/simulated.js";
import type { Target } from "../../targets/target.js";
import { type Recorder, work } from "../client.js";
import { batchSeed } from "../seeds.js";
import { type Actor, act, actorsOf } from "./actor.js";
import { timedRule } from "./timed-faults.js";
import { droppedOf, type TimedEvent, type TimedRun } from "./timed-run.js";
import type { Workload } from "./workload.js";

export interface VirtualOptions {
  readonly load: Workload;
  /** Commands meant to begin before this are left out of the figures. */
  readonly warmUpMs: number;
  readonly target: Target;
  /** A request's time from its client to the store and back, milliseconds, given two numbers drawn from [0, 1). */
  readonly latencyMs: (method: Method, chance: number) => number;
  readonly interrupted?: () => boolean;
}

/** The simulated time at which each run starts: 2024-01-01T00:00:00Z. */
const START_MS = 1_704_067_200_000;
const PREFIX = "run/";
/**
 * How long a client waits for an answer that never comes: what AWS advises for requests below 512 KB ("Timeouts and
 * retries for latency-sensitive applications", Best Practices Design Patterns: Optimizing Amazon S3 Performance).
 */
const PATIENCE_MS = 2_000;
/** Between two looks at the world outside (Ctrl-C), in virtual milliseconds. */
const BREATH_MS = 2_000;

/** Runs it. The same load, target and latencies give the same run, to the last digit. */
export async function runVirtual(options: VirtualOptions): Promise<TimedRun> {
  const { load, target, warmUpMs } = options;
  const clock: StoreClock = { nowMs: START_MS, stepMs: 0 };
  const store = new SimulatedStore({ now: () => clock.nowMs });
  const actors = actorsOf(load, START_MS);
  const names = [...actors.map(({ name }) => name), "auditor", "breath"];
  const history: TimedEvent[] = [];
  const story: Applied[] = [];
  const travels = new Travels(options, names.length);
  const rule = timedRule(load, actors.length, START_MS, () => clock.nowMs);
  let requests = 0;
  let faults = 0;
  let stopped = false;
  let failure: unknown;
  const world = new World({
    clock,
    clients: names.length,
    strategy: earliest,
    stepsMax: Number.POSITIVE_INFINITY,
    apply: (request) => store.apply(request),
    travelMs: (client, request) => travels.draw(client, request.method),
    rule: (client, request) => {
      if (load.faults.length === 0) return undefined;
      const found = rule({ client, op: actors[client]?.op ?? "", key: request.key.slice(PREFIX.length), request });
      if (found !== undefined) faults += 1;
      return found;
    },
    onApplied: (told) => {
      requests += 1;
      const applied = appliedOf(told, names, clock.nowMs);
      if (applied !== undefined) story.push(applied);
    },
    onCrash: (client) => {
      history.push({ client: names[client] ?? "", type: "crash", step: world.lanes.length, atMs: clock.nowMs });
      live(client);
    },
  });
  const recorder: Recorder = { history, step: () => world.lanes.length, nowMs: () => clock.nowMs };
  let lives = 0;
  const open = (client: number, run: (door: Door, send: Send) => Promise<unknown>): void =>
    world.start(client, async () => {
      const door = world.door(client, 0);
      try {
        await run(
          door,
          patient(door, () => travels.back(client)),
        );
      } catch (error) {
        failure ??= error;
      }
    });
  const opened = (client: number, send: Send, door: Door) => {
    lives += 1;
    const nonce = nonces(`${names[client]}.${lives}`);
    return target.open({ send, clock: door.clock, nonce, prefix: PREFIX, leaseTtlMs: load.leaseTtlMs });
  };
  const live = (client: number): void => {
    const actor = actors[client] as Actor;
    open(client, (door, send) =>
      act(actor, {
        load,
        startMs: START_MS,
        client: opened(client, send, door),
        clock: door.clock,
        recorder,
        over: () => stopped || failure !== undefined,
      }),
    );
  };
  for (const client of actors.keys()) live(client);
  open(actors.length + 1, async ({ clock: own }) => {
    while (clock.nowMs < START_MS + load.durationMs && !stopped) {
      await own.sleep(BREATH_MS);
      await systemClock.sleep(0);
      stopped = options.interrupted?.() ?? false;
    }
  });
  await world.run();
  open(actors.length, (door, send) => {
    const auditor = {
      name: "auditor",
      commands: [{ kind: "look", reads: [null] } as const],
      next: 0,
      op: "",
      spans: [],
    };
    return work(auditor, { client: opened(actors.length, send, door), sleep: door.clock.sleep }, recorder);
  });
  await world.run();
  if (failure !== undefined) throw failure;
  return {
    record: { history, story, leaseTtlMs: load.leaseTtlMs, disturbed: faults > 0, waived: [] },
    startMs: START_MS,
    tally: { ...droppedOf(actors, load, START_MS, warmUpMs), requests, faults },
    interrupted: stopped,
  };
}

// --- internal ---

const JOURNEYS = 104729;

/** How long each client's requests are on their way: half there, half back. A stream of chance for each client. */
class Travels {
  private readonly streams;
  private readonly halves: number[];

  constructor(
    private readonly options: VirtualOptions,
    clients: number,
  ) {
    const { seed } = options.load;
    this.streams = Array.from({ length: clients }, (_, i) => seededRandom(batchSeed(seed, JOURNEYS + i)));
    this.halves = Array.from({ length: clients }, () => 0);
  }

  draw(client: number, method: Method): number {
    const chance = this.streams[client]?.next() ?? 0.5;
    // Whole microseconds: the sums stay exact, whatever the order.
    const half = Math.round(500 * this.options.latencyMs(method, chance)) / 1000;
    this.halves[client] = half;
    return half;
  }

  back(client: number): number {
    return this.halves[client] ?? 0;
  }
}

/** The door, with the way back: an answer takes as long as its request did, and a lost one all the client's patience. */
function patient(door: Door, backMs: () => number): Send {
  return async (request) => {
    const response = await door.send(request);
    const lost = response.status === 0 && response.code === "Timeout";
    await door.clock.sleep(lost ? PATIENCE_MS : backMs());
    return response;
  };
}

function nonces(life: string): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `${life}.${made}`;
  };
}

/** What the properties look at: the requests that changed something. A run of minutes has no room for the others. */
function appliedOf(
  { step, client, request, response }: Told,
  names: readonly string[],
  atMs: number,
): Applied | undefined {
  const { method, key, body } = request;
  if ((method !== "PUT" && method !== "DELETE") || response.status >= 300 || response.status < 200) return undefined;
  return {
    step,
    client: names[client] ?? "",
    method,
    key: key.slice(PREFIX.length),
    status: response.status,
    atMs,
    ...(body === undefined ? {} : { body: bodyText(body) }),
    ...(response.etag === undefined ? {} : { etag: response.etag }),
  };
}
