// The clients of a timed run by the machine's clock: all in this process, each as fast as its answers come.
import { busyShare, type Clock } from "../../store/clock.js";
import type { Client } from "../../targets/target.js";
import { type Recorder, work } from "../client.js";
import { act, actorsOf } from "./actor.js";
import { AUDITOR, droppedOf, type TimedEvent, type TimedTally } from "./timed-run.js";
import type { Workload } from "./workload.js";

export interface PlayOptions {
  readonly load: Workload;
  readonly warmUpMs: number;
  readonly clock: Clock;
  /** A client by its name, ready to be used. */
  readonly opened: (name: string) => Client;
  /** Requests made so far. */
  readonly step: () => number;
  readonly interrupted: () => boolean;
}

export interface Played {
  readonly startMs: number;
  readonly history: readonly TimedEvent[];
  readonly tally: Pick<TimedTally, "writesDropped" | "readsDropped" | "cpuShare" | "busyShare">;
}

/** Lets all clients work until the run's end; one more then reads everything. Rejects only where a client does. */
export async function playByTheClock(options: PlayOptions): Promise<Played> {
  const { load, warmUpMs, clock, opened, step, interrupted } = options;
  const startMs = clock.now();
  const busy = busyShare();
  const cpuBefore = process.cpuUsage();
  const actors = actorsOf(load, startMs);
  const history: TimedEvent[] = [];
  const recorder: Recorder = { history, step, nowMs: clock.now };
  // Whoever sleeps until a far start would keep Ctrl-C waiting.
  const sleep = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0 && !interrupted(); left -= NAP_MS) await clock.sleep(Math.min(left, NAP_MS));
  };
  const stage = { load, startMs, clock: { now: clock.now, sleep }, recorder, over: interrupted };
  await Promise.all(actors.map((actor) => act(actor, { ...stage, client: opened(actor.name) })));
  const cpu = process.cpuUsage(cpuBefore);
  const cpuShare = (cpu.user + cpu.system) / 1000 / (clock.now() - startMs);
  const share = busy();
  const commands = [{ kind: "look", reads: [null] } as const];
  const auditor = { name: AUDITOR, commands, next: 0, op: "", spans: [] };
  await work(auditor, { client: opened(AUDITOR), sleep }, recorder);
  return { startMs, history, tally: { ...droppedOf(actors, load, startMs, warmUpMs), cpuShare, busyShare: share } };
}

// --- internal ---

const NAP_MS = 200;
