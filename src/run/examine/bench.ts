// Where a target is examined: processes of it, a simulated store behind an endpoint, and all that was asked of that.
import { bodyText } from "../../store/body.js";
import { systemClock } from "../../store/clock.js";
import type { Caller } from "../../store/http/call.js";
import { type HttpDoor, listen } from "../../store/http/listen.js";
import type { StoreRequest, StoreResponse } from "../../store/request.js";
import { SimulatedStore } from "../../store/simulated.js";
import { type Probed, probeClock } from "../../targets/program/clock-probe.js";
import { environmentOf } from "../../targets/program/environment.js";
import { TargetProcess } from "../../targets/program/process.js";
import type { Ready } from "../../targets/program/protocol.js";
import { Speaker } from "./speaker.js";

export interface BenchOptions {
  /** A command line for the shell. */
  readonly command: string;
  /** How long a process may take to write its first line. Milliseconds. */
  readonly startMs: number;
  /** How long it may take for one answer. Milliseconds. */
  readonly answerMs: number;
}

/** What becomes of a request instead of being applied and answered; undefined leaves it as it is. */
type Rule = (request: StoreRequest, apply: () => StoreResponse) => StoreResponse | Promise<StoreResponse> | undefined;

interface Start {
  readonly prefix: string;
  readonly leaseTtlMs: number;
}

const BUCKET = "manifest-chaos";
/** Of most processes; `lease-ttl` starts others. */
export const HOME: Start = { prefix: "examined", leaseTtlMs: 10_000 };

export class Bench {
  /** Requests that came to the endpoint. */
  requests = 0;
  /** What an SDK says of its tries, each saying once. */
  readonly attempts = new Set<string>();
  /** A sentence on each request that was not where it belongs. */
  readonly strayed: string[] = [];
  /** The first line of its first process. */
  ready: Ready | undefined;
  /** Put on by a step, and taken off again. */
  rule: Rule = () => undefined;
  /** A process has not answered in time: others will not either, and waiting for each is long. */
  silent = false;
  private readonly store = new SimulatedStore({ now: () => this.nowMs() });
  private door: HttpDoor | undefined;
  private readonly clients = new Map<string, Speaker>();
  private readonly processes: TargetProcess[] = [];
  private readonly prefixes = new Map<string, string>();

  constructor(private readonly options: BenchOptions) {}

  async open(): Promise<void> {
    this.door = await listen({
      host: "127.0.0.1",
      port: 0,
      // Whoever asks for another bucket is heard too, and told that there is none.
      buckets: { has: () => true, names: () => [BUCKET] },
      now: () => this.nowMs(),
      answer: (request, caller) => this.answer(request, caller),
    });
  }

  /** What the target listed in its first line. */
  get ops(): readonly string[] {
    return this.ready?.ops ?? [];
  }

  /** Starts a process. Rejects with ProgramError. */
  async start({ prefix, leaseTtlMs }: Start = HOME): Promise<Speaker> {
    const accessKeyId = `EXAMINED${String(this.processes.length).padStart(12, "0")}`;
    const { command, startMs, answerMs } = this.options;
    const around = { endpoint: this.door?.endpoint ?? "", bucket: BUCKET, prefix, leaseTtlMs, accessKeyId };
    const process = new TargetProcess({ command, startMs, env: environmentOf(around) });
    this.processes.push(process);
    this.prefixes.set(accessKeyId, prefix);
    const ready = await process.ready;
    this.ready ??= ready;
    const onSilence = (): void => {
      this.silent = true;
    };
    return new Speaker({ process, answerMs, accessKeyId, ops: this.ops, onSilence });
  }

  /** The client of that name at the usual prefix, started where there is none, or none that can be used any more. */
  async client(name: "first" | "second"): Promise<Speaker> {
    const known = this.clients.get(name);
    if (known?.usable === true) return known;
    const speaker = await this.start();
    this.clients.set(name, speaker);
    return speaker;
  }

  /** A step went wrong: what its clients remember would follow into the next ones. */
  discard(): void {
    for (const client of this.clients.values()) client.kill();
  }

  /** What a process may write to from now on, beside what it was started with. */
  moved({ accessKeyId }: Speaker, prefix: string): void {
    this.prefixes.set(accessKeyId, prefix);
  }

  /** The objects under a prefix, as text. */
  objects(prefix: string): readonly string[] {
    return this.store.content().flatMap(([key, { body }]) => (key.startsWith(prefix) ? [bodyText(body)] : []));
  }

  /** In processes of its own. Rejects with ProgramError. */
  probeClock(): Promise<Probed> {
    const { command, startMs, answerMs } = this.options;
    return probeClock({ command, startMs, hangMs: answerMs });
  }

  nowMs(): number {
    return systemClock.now();
  }

  async close(): Promise<void> {
    for (const process of this.processes) process.kill();
    await this.door?.close();
  }

  // --- internal ---

  private answer(request: StoreRequest, caller: Caller): StoreResponse | Promise<StoreResponse> {
    this.requests += 1;
    if (caller.attempt !== undefined) this.attempts.add(caller.attempt);
    const complaint = this.complaintOf(request, caller);
    if (complaint !== undefined) this.strayed.push(complaint);
    if (caller.bucket !== BUCKET) return { status: 404, code: "NoSuchBucket", date: this.nowMs() };
    const apply = (): StoreResponse => this.store.apply(request);
    return this.rule(request, apply) ?? apply();
  }

  private complaintOf({ method, key }: StoreRequest, { accessKeyId, bucket }: Caller): string | undefined {
    const what = `${method} ${bucket}/${key}`;
    const prefix = this.prefixes.get(accessKeyId);
    if (prefix === undefined)
      return `${what} came with the access key "${accessKeyId}", which is none of those in AWS_ACCESS_KEY_ID`;
    if (bucket !== BUCKET) return `${what} went to another bucket than MANIFEST_BUCKET, "${BUCKET}"`;
    return key.startsWith(prefix) ? undefined : `${what} is not under MANIFEST_PREFIX (or open's), "${prefix}"`;
  }
}
