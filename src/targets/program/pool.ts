// The processes of a target, and the endpoint that they talk to. Those that can be opened anew are used again; others
// are started ahead, so that they come up while something else runs.
import { after, systemClock } from "../../store/clock.js";
import { fixedBuckets } from "../../store/http/buckets.js";
import { type HttpDoor, listen } from "../../store/http/listen.js";
import { environmentOf } from "./environment.js";
import { Clocks, type Faking } from "./own-clock.js";
import { TargetProcess } from "./process.js";
import { ProgramError, type Ready } from "./protocol.js";
import type { Seat } from "./seat.js";

export interface PoolOptions {
  /** A command line for the shell. */
  readonly command: string;
  /** How long a process may take to write its first line, or to answer `open`. Milliseconds. */
  readonly startMs: number;
  /** How the clocks of its processes can be set; the machine's where that is undefined. */
  readonly faking: Faking | undefined;
}

/** What a process is started for. One that can't be opened anew serves this and nothing else. */
interface Purpose {
  readonly prefix: string;
  readonly leaseTtlMs: number;
}

const BUCKET = "manifest-chaos";
const LEASE_TTL_MS = 10_000;
/** More would only take memory: a plan has seven clients at most, and the auditor. */
const IDLE_MAX = 8;

export class Pool {
  private door: HttpDoor | undefined;
  private readonly byKey = new Map<string, Seat>();
  private readonly keys = new Map<TargetProcess, string>();
  private readonly processes = new Map<Seat, TargetProcess>();
  /** How many requests to open each has been given, so that only the last one counts. */
  private readonly openings = new Map<TargetProcess, number>();
  private idle: TargetProcess[] = [];
  private reusable = false;
  private fresh = false;
  private started = 0;
  private runs = 0;

  private readonly clocks: Clocks | undefined;

  constructor(private readonly options: PoolOptions) {
    this.clocks = options.faking === undefined ? undefined : new Clocks(options.faking);
  }

  /** Opens the endpoint, starts a first process and hears what it is. Rejects with ProgramError. */
  async open(): Promise<Ready> {
    this.door = await listen({
      host: "127.0.0.1",
      port: 0,
      buckets: fixedBuckets(BUCKET),
      now: () => systemClock.now(),
      // Whoever has no seat is a process of an earlier run: nobody listens to it any more.
      answer: (request, { accessKeyId }) =>
        this.byKey.get(accessKeyId)?.receive(request) ?? { status: 0, code: "ConnectionReset" },
    });
    const first = this.start(this.purpose());
    this.idle.push(first);
    try {
      const ready = await first.ready;
      this.reusable = ready.ops.includes("open");
      return ready;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** A run begins with so many clients, in fresh processes only if `fresh`. Returns the prefix to use. */
  begin(clients: number, fresh: boolean): string {
    this.fresh = fresh;
    this.runs += 1;
    if (!(fresh && this.reusable)) while (this.idle.length < clients) this.idle.push(this.start(this.purpose()));
    return this.purpose().prefix;
  }

  /** A process for a client that starts. It may be used once `opened` is there. */
  take(prefix: string, leaseTtlMs: number): { readonly process: TargetProcess; readonly opened: Promise<unknown> } {
    const wanted = this.fresh && this.reusable ? undefined : this.idle.shift();
    if (wanted === undefined || (!this.reusable && leaseTtlMs !== LEASE_TTL_MS)) {
      wanted?.kill();
      const process = this.start({ prefix, leaseTtlMs });
      return { process, opened: process.ready };
    }
    const opened = this.reusable ? this.reopen(wanted, prefix, leaseTtlMs) : wanted.ready;
    // Whoever asks hears of it; a client that crashes before it asks for anything does not.
    opened.catch(() => undefined);
    return { process: wanted, opened };
  }

  assign(process: TargetProcess, seat: Seat): void {
    this.byKey.set(this.keyOf(process), seat);
    this.processes.set(seat, process);
  }

  crash(seat: Seat): void {
    const process = this.part(seat);
    if (process !== undefined) this.end(process);
  }

  /** The run is over. Keeps the process where it can be used again. Returns the end of what it wrote to stderr. */
  release(seat: Seat): string {
    const { waiting } = seat;
    const process = this.part(seat);
    if (process === undefined) return "";
    process.hold(false);
    const again = this.reusable && process.usable && !process.busy && !waiting;
    if (again && this.idle.length < IDLE_MAX) this.idle.push(process);
    else this.end(process);
    return process.stderr;
  }

  async close(): Promise<void> {
    for (const process of this.keys.keys()) process.kill();
    await this.door?.close();
    await Promise.all([...this.keys.keys()].map((process) => process.ended));
    this.clocks?.close();
  }

  // --- internal ---

  private part(seat: Seat): TargetProcess | undefined {
    seat.close();
    const process = this.processes.get(seat);
    this.processes.delete(seat);
    if (process !== undefined) this.byKey.delete(this.keyOf(process));
    return process;
  }

  private end(process: TargetProcess): void {
    process.kill();
    this.keys.delete(process);
    this.openings.delete(process);
  }

  private keyOf(process: TargetProcess): string {
    return this.keys.get(process) ?? "";
  }

  /** Runs share a process that can be opened anew, and must not share a prefix: what an earlier one left behind may still speak. */
  private purpose(): Purpose {
    return { prefix: this.reusable ? `run-${this.runs}` : "run", leaseTtlMs: LEASE_TTL_MS };
  }

  private async reopen(process: TargetProcess, prefix: string, leaseTtlMs: number): Promise<void> {
    const opening = (this.openings.get(process) ?? 0) + 1;
    this.openings.set(process, opening);
    await process.ready;
    // A process that comes up after its run is over is given to the next run: it is asked once.
    if (this.openings.get(process) !== opening) return;
    const tooLate = after(this.options.startMs, () =>
      process.breakOff(`did not answer open within ${this.options.startMs} ms`),
    );
    try {
      const reply = await process.ask({ op: "open", prefix, lease_ttl_ms: leaseTtlMs });
      if (!("ok" in reply)) throw new ProgramError(`the target answered open with ${JSON.stringify(reply)}`);
    } finally {
      tooLate();
    }
  }

  private start({ prefix, leaseTtlMs }: Purpose): TargetProcess {
    this.started += 1;
    const accessKeyId = `CLIENT${String(this.started).padStart(14, "0")}`;
    const { command, startMs } = this.options;
    const clock = this.clocks?.make();
    const process = new TargetProcess({
      command,
      ...(clock === undefined ? {} : { clock }),
      startMs,
      env: environmentOf({ endpoint: this.door?.endpoint ?? "", bucket: BUCKET, prefix, leaseTtlMs, accessKeyId }),
    });
    this.keys.set(process, accessKeyId);
    return process;
  }
}
