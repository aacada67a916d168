// The two drivers of the same load: our world, and fast-check's own scheduler.
import fc from "fast-check";
import { sessionsOf } from "../../model/sessions.js";
import { checkByVersion } from "../../model/version-sweep.js";
import { strategies } from "../../src/sim/strategies/index.js";
import { World } from "../../src/sim/world.js";
import { seededRandom } from "../../src/store/random.js";
import type { Send } from "../../src/store/request.js";
import { SimulatedStore } from "../../src/store/simulated.js";
import { INITIAL, initialObjects, type Load, reader, writer } from "./prototype.js";

const WRITERS = 3;
const CLIENTS = 5;
const TRANSACTIONS = 3;

const initial = new Map(INITIAL);

function filledStore(now: () => number): SimulatedStore {
  const store = new SimulatedStore({ now });
  for (const [key, body] of initialObjects()) store.apply({ method: "PUT", key, body });
  return store;
}

/** Runs the load once under one driver; returns the number of requests. */
export type Driver = (seed: number, leases: boolean) => Promise<number>;

const clientOf = (load: Load, send: Send, client: number, leases: boolean): Promise<void> =>
  client < WRITERS
    ? writer(load, send, `w${client}`, TRANSACTIONS, leases)
    : reader(load, send, `r${client}`, TRANSACTIONS, leases);

/** The history is checked inside every run, or the figure would be of something that nobody wants. */
function judged({ history, requests }: Load): number {
  const { verdict } = checkByVersion(sessionsOf(history), { initial });
  if (verdict !== "valid") throw new Error(`the load's own history is ${verdict}`);
  return requests;
}

export const ours =
  (strategy: string): Driver =>
  async (seed, leases) => {
    const clock = { nowMs: 0, stepMs: 1 };
    const store = filledStore(() => clock.nowMs);
    const load: Load = { history: [], requests: 0 };
    const make = strategies[strategy];
    if (make === undefined) throw new RangeError(strategy);
    const world = new World({
      clock,
      clients: CLIENTS,
      strategy: make(seededRandom(seed)),
      apply: (request) => {
        load.requests += 1;
        return store.apply(request);
      },
      rule: () => undefined,
      onApplied: () => undefined,
      onCrash: () => undefined,
      stepsMax: 10_000,
    });
    for (let client = 0; client < CLIENTS; client += 1) {
      const door = world.door(client, 0);
      world.start(client, () => clientOf(load, door.send, client, leases));
    }
    await world.run();
    return judged(load);
  };

export const fastChecks: Driver = async (seed, leases) => {
  const [scheduler] = fc.sample(fc.scheduler(), { seed, numRuns: 1 });
  if (scheduler === undefined) throw new Error("no scheduler was drawn");
  const store = filledStore(() => 0);
  const load: Load = { history: [], requests: 0 };
  const send: Send = scheduler.scheduleFunction(async (request) => {
    load.requests += 1;
    return store.apply(request);
  });
  const clients = Array.from({ length: CLIENTS }, (_, client) => clientOf(load, send, client, leases));
  await scheduler.waitFor(Promise.all(clients));
  return judged(load);
};
