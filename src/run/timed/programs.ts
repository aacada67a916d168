// A timed run of a program: a process for each client, all at one HTTP door, behind it the simulated store, which takes as
// long for a request as it is told. What happened to the bucket is known exactly, and every property judges it.
import type { Applied } from "../../../model/story.js";
import { type Clock, steadyClock, systemClock } from "../../store/clock.js";
import { fixedBuckets } from "../../store/http/buckets.js";
import { type HttpDoor, listen } from "../../store/http/listen.js";
import { SimulatedStore } from "../../store/simulated.js";
import { askingClient } from "../../targets/program/asking.js";
import { TargetProcess } from "../../targets/program/process.js";
import { ProgramError } from "../../targets/program/protocol.js";
import { actorsOf, isWriter } from "./actor.js";
import { playByTheClock } from "./by-the-clock.js";
import { changeOf } from "./change.js";
import { AUDITOR, type TimedRun } from "./timed-run.js";
import type { Workload } from "./workload.js";

export interface ProgramsOptions {
  readonly load: Workload;
  readonly warmUpMs: number;
  /** A command line for the shell. */
  readonly command: string;
  /** From a request's arrival at the door to its answer; it is applied half-way. Milliseconds. */
  readonly roundTripMs: number;
  readonly interrupted: () => boolean;
}

/** Runs it in fresh processes. Rejects with ProgramError where the program can't be driven. */
export async function runPrograms(options: ProgramsOptions): Promise<TimedRun> {
  const { load, warmUpMs, interrupted } = options;
  const clock = steadyClock();
  const bucket = new Bucket(clock, options.roundTripMs);
  const door = await bucket.open();
  const crew = new Map<string, TargetProcess>();
  try {
    for (const { name } of [...actorsOf(load, 0), { name: AUDITOR }]) crew.set(name, started(options, door, name));
    // The clock runs when all of them do.
    for (const process of crew.values()) expectOps(load, (await process.ready).ops);
    const { startMs, history, tally } = await playByTheClock({
      load,
      warmUpMs,
      clock,
      interrupted,
      step: () => bucket.requests,
      opened: (name) => askingClient((request) => processOf(crew, name).ask(request)),
    });
    const { story, requests, writerRequests } = bucket;
    return {
      record: { history, story, leaseTtlMs: load.leaseTtlMs, disturbed: false, waived: [] },
      startMs,
      tally: { ...tally, requests, writerRequests, faults: 0 },
      interrupted: interrupted(),
    };
  } finally {
    for (const process of crew.values()) process.kill();
    await door.close();
  }
}

// --- internal ---

const BUCKET = "manifest-chaos";
const PREFIX = "run";
/** Many interpreters that load an SDK at once take their time. */
const START_MS = 120_000;

/** The store behind the door. A client is told by its access key id, which is its name. */
class Bucket {
  readonly story: Applied[] = [];
  requests = 0;
  writerRequests = 0;
  private readonly store = new SimulatedStore({ now: systemClock.now });

  constructor(
    private readonly clock: Clock,
    private readonly roundTripMs: number,
  ) {}

  open(): Promise<HttpDoor> {
    return listen({
      host: "127.0.0.1",
      port: 0,
      buckets: fixedBuckets(BUCKET),
      now: systemClock.now,
      answer: async (request, { accessKeyId: client }) => {
        const arrivedMs = this.clock.now();
        this.requests += 1;
        if (isWriter(client)) this.writerRequests += 1;
        const step = this.requests;
        await this.until(arrivedMs + this.roundTripMs / 2);
        const response = this.store.apply(request);
        const change = changeOf({ step, atMs: this.clock.now(), client, request, response }, `${PREFIX}/`);
        if (change !== undefined) this.story.push(change);
        await this.until(arrivedMs + this.roundTripMs);
        return response;
      },
    });
  }

  /** Never early: timers cut off fractions of milliseconds. */
  private async until(ms: number): Promise<void> {
    for (let left = ms - this.clock.now(); left > 0; left = ms - this.clock.now()) await this.clock.sleep(left);
  }
}

function started({ command, load }: ProgramsOptions, { endpoint }: HttpDoor, name: string): TargetProcess {
  const process = new TargetProcess({
    command,
    startMs: START_MS,
    env: {
      MANIFEST_ENDPOINT: endpoint,
      MANIFEST_BUCKET: BUCKET,
      MANIFEST_PREFIX: PREFIX,
      MANIFEST_LEASE_TTL_MS: String(load.leaseTtlMs),
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: name,
      AWS_SECRET_ACCESS_KEY: "simulated",
    },
  });
  process.client = name;
  return process;
}

function processOf(crew: ReadonlyMap<string, TargetProcess>, name: string): TargetProcess {
  const process = crew.get(name);
  if (process === undefined) throw new RangeError(`no client is called ${name}`);
  return process;
}

function expectOps({ compactEveryMs }: Workload, ops: readonly string[]): void {
  const needed = ["begin", "get", "scan", "put", "commit", "end", ...(compactEveryMs > 0 ? ["compact", "gc"] : [])];
  const missing = needed.filter((op) => !ops.includes(op));
  if (missing.length > 0)
    throw new ProgramError(
      `the target does not list ${missing.join(", ")} among its ops (--compact-every 0 does without compact and gc)`,
    );
}
