// One run: a plan carried out on a target, in the simulated world, over a store. Returns all that is to be judged.
import type { HistoryEvent } from "../../model/history.js";
import type { Applied, RunRecord } from "../../model/story.js";
import { type Rule, ruleOf } from "../faults/rule.js";
import { strategies } from "../sim/strategies/index.js";
import { type Departure, replay } from "../sim/strategies/replay.js";
import type { Strategy } from "../sim/waiting.js";
import { type StoreClock, World } from "../sim/world.js";
import { bodyText } from "../store/body.js";
import { seededRandom } from "../store/random.js";
import type { Apply, Send } from "../store/request.js";
import type { Target } from "../targets/target.js";
import { type Recorder, type Worker, work } from "./client.js";
import { isDisturbed, type Plan } from "./plan.js";

/** How a run reaches its store. `clock` is the store's; whoever opens the store asks it for the time. */
export interface Tier {
  readonly name: string;
  /** A fresh, empty place for one run. `prefix` ends in `/`. */
  readonly open: (clock: StoreClock) => Place;
  /** The last leg of each client's way to the door, where it is more than a function call: the SDK. */
  readonly leg?: (send: Send) => Promise<Send>;
}

/** One run's store. `content`, where it can be read at once: all objects in key order, to compare two runs. */
export interface Place {
  readonly store: Apply | Send;
  readonly prefix: string;
  readonly content?: () => readonly (readonly [key: string, object: unknown])[];
}

export interface Run {
  readonly record: RunRecord;
  /** The schedule as it was: put into the plan, it makes the same run. */
  readonly lanes: readonly number[];
  /** The faults that struck, in order. */
  readonly struck: readonly string[];
  /** True where the run was cut off: nothing about it can be concluded. */
  readonly exhausted: boolean;
  /** Where a recorded schedule could not be followed. */
  readonly departed: Departure | undefined;
  /** What the bucket holds in the end, where the tier can tell. */
  readonly content: Place["content"];
}

/** The simulated time at which each run starts: 2024-01-01T00:00:00Z. Any whole second would do. */
const START_MS = 1_704_067_200_000;
const STEPS_MAX = 20_000;
/** The client that comes last and reads everything, so that what was acknowledged has to be there. */
export const AUDITOR = "auditor";

/** Carries out `plan`. Never rejects, unless the target throws or a store outside cannot be reached. */
export async function execute(plan: Plan, target: Target, tier: Tier): Promise<Run> {
  const clock: StoreClock = { nowMs: START_MS, stepMs: plan.stepMs };
  const { store, prefix, content } = tier.open(clock);
  const workers: Worker[] = plan.clients.map(({ name, commands }) => ({ name, commands, next: 0, op: "" }));
  workers.push({ name: AUDITOR, commands: [{ kind: "look", reads: [null] }], next: 0, op: "" });
  const history: HistoryEvent[] = [];
  const story: Applied[] = [];
  const struck: string[] = [];
  let departed: Departure | undefined;
  let failure: unknown;
  const rule: Rule = ruleOf(plan.faults);
  const world = new World({
    clock,
    clients: workers.length,
    strategy: strategyOf(plan, (departure) => {
      departed = departure;
    }),
    apply: store,
    stepsMax: STEPS_MAX,
    rule: (client, request) => {
      const found = rule({ client, op: workers[client]?.op ?? "", key: request.key.slice(prefix.length), request });
      if (found !== undefined) struck.push(found.kind);
      return found;
    },
    onApplied: (told) => story.push(appliedOf(told, workers, prefix, clock.nowMs)),
    onCrash: (client) => {
      history.push({ client: workers[client]?.name ?? "", type: "crash", step: world.lanes.length, atMs: clock.nowMs });
      live(client);
    },
  });
  const recorder: Recorder = { history, step: () => world.lanes.length, nowMs: () => clock.nowMs };
  let lives = 0;
  const live = (client: number): void => {
    const worker = workers[client];
    if (worker === undefined) return;
    const door = world.door(client, plan.clients[client]?.skewMs ?? 0);
    lives += 1;
    const life = `${worker.name}.${lives}`;
    let made = 0;
    const nonce = (): string => {
      made += 1;
      return `${life}.${made}`;
    };
    world.start(client, async () => {
      try {
        const send = tier.leg === undefined ? door.send : await tier.leg(door.send);
        const opened = target.open({ send, clock: door.clock, nonce, prefix, leaseTtlMs: plan.leaseTtlMs });
        await work(worker, { client: opened, sleep: door.clock.sleep }, recorder);
      } catch (error) {
        failure ??= error;
      }
    });
  };
  for (const client of plan.clients.keys()) live(client);
  await world.run();
  live(workers.length - 1);
  await world.run();
  if (failure !== undefined) throw failure;
  const record: RunRecord = { history, story, leaseTtlMs: plan.leaseTtlMs, disturbed: isDisturbed(plan), waived: [] };
  return { record, lanes: world.lanes, struck, exhausted: world.exhausted, departed, content };
}

// --- internal ---

function strategyOf(plan: Plan, departed: (departure: Departure) => void): Strategy {
  const { schedule } = plan;
  if ("lanes" in schedule) return replay(schedule.lanes, departed);
  const make = strategies[schedule.strategy];
  if (make === undefined) throw new RangeError(`no strategy is called ${schedule.strategy}`);
  return make(seededRandom(schedule.seed));
}

type Told = Parameters<ConstructorParameters<typeof World>[0]["onApplied"]>[0];

function appliedOf(
  { step, client, request, response, fault }: Told,
  workers: readonly Worker[],
  prefix: string,
  atMs: number,
): Applied {
  return {
    step,
    client: workers[client]?.name ?? "",
    method: request.method,
    key: request.key.slice(prefix.length),
    status: response.status,
    atMs,
    ...(request.body === undefined ? {} : { body: bodyText(request.body) }),
    ...(response.etag === undefined ? {} : { etag: response.etag }),
    ...(fault === undefined ? {} : { fault }),
  };
}
