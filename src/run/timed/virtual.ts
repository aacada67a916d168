// A timed run in virtual time: the manifest's real code in the simulated world, where what is due first goes first.
// A discrete-event simulation: requests take times drawn from a latency model, and 120 seconds pass in one.
import type { Applied } from "../../../model/story.js";
import { earliest } from "../../sim/strategies/earliest.js";
import { type Door, type StoreClock, World } from "../../sim/world.js";
import { systemClock } from "../../store/clock.js";
import { seededRandom } from "../../store/random.js";
import type { Method, Send } from "../../store/request.js";
import { SimulatedStore } from "../../store/simulated.js";
import type { Client, Target } from "../../targets/target.js";
import { type Recorder, work } from "../client.js";
import { batchSeed } from "../seeds.js";
import { type Actor, act, actorsOf, isWriter } from "./actor.js";
import { changeOf } from "./change.js";
import { timedRule } from "./timed-faults.js";
import { AUDITOR, droppedOf, type TimedEvent, type TimedRun } from "./timed-run.js";
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
  const run = new VirtualRun(options);
  await run.play();
  await run.audit();
  return run.result();
}

// --- internal ---

class VirtualRun {
  private readonly clock: StoreClock = { nowMs: START_MS, stepMs: 0 };
  private readonly actors: readonly Actor[];
  /** The actors in the order of their lanes, then the auditor, then the one who looks at the world outside. */
  private readonly names: readonly string[];
  private readonly history: TimedEvent[] = [];
  private readonly story: Applied[] = [];
  private readonly travels: Travels;
  private readonly world: World;
  private readonly recorder: Recorder;
  private requests = 0;
  private writerRequests = 0;
  private faults = 0;
  private lives = 0;
  private stopped = false;
  private failure: unknown;

  constructor(private readonly options: VirtualOptions) {
    const { clock, history } = this;
    this.actors = actorsOf(options.load, START_MS);
    this.names = [...this.actors.map(({ name }) => name), AUDITOR, "breath"];
    this.travels = new Travels(options, this.names.length);
    this.world = this.makeWorld();
    this.recorder = { history, step: () => this.world.lanes.length, nowMs: () => clock.nowMs };
  }

  /** All clients, until the last one has come to its end. */
  async play(): Promise<void> {
    const { load, interrupted } = this.options;
    for (const client of this.actors.keys()) this.live(client);
    this.start(this.actors.length + 1, async ({ clock }) => {
      while (this.clock.nowMs < START_MS + load.durationMs && !this.stopped) {
        await clock.sleep(BREATH_MS);
        await systemClock.sleep(0);
        this.stopped = interrupted?.() ?? false;
      }
    });
    await this.world.run();
  }

  /** One more client reads everything: what was acknowledged has to be there. */
  async audit(): Promise<void> {
    const lane = this.actors.length;
    const commands = [{ kind: "look", reads: [null] } as const];
    this.start(lane, (door, send) => {
      const auditor = { name: AUDITOR, commands, next: 0, op: "", spans: [] };
      return work(auditor, { client: this.opened(lane, send, door), sleep: door.clock.sleep }, this.recorder);
    });
    await this.world.run();
  }

  result(): TimedRun {
    if (this.failure !== undefined) throw this.failure;
    const { load, warmUpMs } = this.options;
    const { history, story, requests, writerRequests, faults } = this;
    return {
      record: { history, story, leaseTtlMs: load.leaseTtlMs, disturbed: faults > 0, waived: [] },
      startMs: START_MS,
      tally: { ...droppedOf(this.actors, load, START_MS, warmUpMs), requests, writerRequests, faults },
      interrupted: this.stopped,
    };
  }

  private makeWorld(): World {
    const { clock, names, actors, options } = this;
    const store = new SimulatedStore({ now: () => clock.nowMs });
    const rule = timedRule(options.load, actors.length, START_MS, () => clock.nowMs);
    return new World({
      clock,
      clients: names.length,
      strategy: earliest,
      stepsMax: Number.POSITIVE_INFINITY,
      apply: (request) => store.apply(request),
      travelMs: (client, request) => this.travels.draw(client, request.method),
      rule: (client, request) => {
        if (options.load.faults.length === 0) return undefined;
        const found = rule({ client, op: actors[client]?.op ?? "", key: request.key.slice(PREFIX.length), request });
        if (found !== undefined) this.faults += 1;
        return found;
      },
      onApplied: (told) => {
        this.requests += 1;
        const { client: lane, ...exchange } = told;
        const client = names[lane] ?? "";
        if (isWriter(client)) this.writerRequests += 1;
        const applied = changeOf({ ...exchange, client, atMs: clock.nowMs }, PREFIX);
        if (applied !== undefined) this.story.push(applied);
      },
      onCrash: (client) => {
        const step = this.world.lanes.length;
        this.history.push({ client: names[client] ?? "", type: "crash", step, atMs: clock.nowMs });
        this.live(client);
      },
    });
  }

  private live(client: number): void {
    const actor = this.actors[client];
    if (actor === undefined) return;
    this.start(client, (door, send) =>
      act(actor, {
        load: this.options.load,
        startMs: START_MS,
        client: this.opened(client, send, door),
        clock: door.clock,
        recorder: this.recorder,
        over: () => this.stopped || this.failure !== undefined,
      }),
    );
  }

  private start(client: number, run: (door: Door, send: Send) => Promise<unknown>): void {
    this.world.start(client, async () => {
      const door = this.world.door(client, 0);
      try {
        await run(
          door,
          patient(door, () => this.travels.back(client)),
        );
      } catch (error) {
        this.failure ??= error;
      }
    });
  }

  /** A client of the target with an empty memory. */
  private opened(client: number, send: Send, { clock }: Door): Client {
    this.lives += 1;
    const nonce = nonces(`${this.names[client]}.${this.lives}`);
    const { target, load } = this.options;
    return target.open({ send, clock, nonce, prefix: PREFIX, leaseTtlMs: load.leaseTtlMs });
  }
}

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
