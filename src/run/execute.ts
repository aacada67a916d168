// One run: a plan carried out on a target, in the simulated world, over a store. Returns all that is to be judged.
import type { Command } from "../../model/command.js";
import type { HistoryEvent } from "../../model/history.js";
import { isKnownFormat } from "../../model/known-format.js";
import { HistoryError, sessionsOf } from "../../model/sessions.js";
import type { Applied, Healed, RunRecord } from "../../model/story.js";
import { type Rule, ruleOf } from "../faults/rule.js";
import { strategies } from "../sim/strategies/index.js";
import { type Departure, replay } from "../sim/strategies/replay.js";
import { roundRobin } from "../sim/strategies/round-robin.js";
import type { Strategy } from "../sim/waiting.js";
import { type StoreClock, World } from "../sim/world.js";
import { bodyText } from "../store/body.js";
import { waivedBy } from "../store/personalities/index.js";
import { seededRandom } from "../store/random.js";
import type { Method } from "../store/request.js";
import { ProgramError } from "../targets/program/protocol.js";
import { isProgram, type Program, type Target } from "../targets/target.js";
import { type Life, type Recorder, type Worker, work } from "./client.js";
import { heal, lastCommands, look } from "./healing.js";
import { isSkewed, type Plan } from "./plan.js";
import { remember, type Span } from "./shrink/edits.js";
import { supportedCommands } from "./supported.js";
import type { Place, Tier } from "./tier.js";

export interface Run {
  readonly record: RunRecord;
  /** The schedule as it was: put into the plan, it makes the same run. */
  readonly lanes: readonly number[];
  /** When each command was under way. */
  readonly spans: readonly Span[];
  /** The faults that struck, in order. */
  readonly struck: readonly string[];
  /** The same, each with the request that it struck. */
  readonly strikes: readonly Strike[];
  /** True where the run was cut off: nothing about it can be concluded. */
  readonly exhausted: boolean;
  /** Where a recorded schedule could not be followed. */
  readonly departed: Departure | undefined;
  /** What the bucket holds in the end, where the tier can tell. */
  readonly content: Place["content"];
  /** The end of what each client's process wrote to stderr, where the clients are processes. */
  readonly logs: readonly { readonly client: string; readonly text: string }[];
}

/** A fault has struck a request: at that step of the schedule, applied or not. */
export interface Strike {
  readonly step: number;
  readonly client: string;
  readonly method: Method;
  /** Below the manifest's prefix. */
  readonly key: string;
  readonly fault: string;
}

/** The simulated time at which each run starts: 2024-01-01T00:00:00Z. Any whole second would do. */
const START_MS = 1_704_067_200_000;
const STEPS_MAX = 20_000;
/** The client that comes last and reads everything, so that what was acknowledged has to be there. */
const AUDITOR = "auditor";

/**
 * Carries out `plan`. `chosen` takes the place of the plan's own schedule; `fresh` asks for new processes of a program.
 * Never rejects, unless the target throws or a store outside cannot be reached.
 */
export async function execute(
  plan: Plan,
  target: Target,
  tier: Tier,
  { chosen, fresh = false }: { readonly chosen?: Strategy; readonly fresh?: boolean } = {},
): Promise<Run> {
  const clock: StoreClock = { nowMs: START_MS, stepMs: plan.stepMs };
  const { store, content, cleanUp, prefix: own } = tier.open(clock, plan.personalities ?? []);
  const program = isProgram(target) ? target : undefined;
  const workers = workersOf(plan, program);
  const prefix = program === undefined ? own : `${program.begin(workers.length, fresh)}/`;
  const idle = new Map<number, Life>();
  const history: HistoryEvent[] = [];
  const story: Applied[] = [];
  const strikes: Strike[] = [];
  let departed: Departure | undefined;
  let failure: unknown;
  let rule: Rule = ruleOf(plan.faults);
  let strategy = strategyOf(plan, chosen, (departure) => {
    departed = departure;
  });
  const world: World = new World({
    clock,
    clients: workers.length,
    strategy: { pick: (waiting) => strategy.pick(waiting), wanted: () => strategy.wanted?.() },
    apply: store,
    stepsMax: STEPS_MAX,
    ...(program === undefined ? {} : { onHold: program.hold }),
    rule: striking({ workers, prefix, strikes, step: () => world.lanes.length - 1 }, (place) => rule(place)),
    onApplied: (told) => story.push(appliedOf(told, workers, prefix, clock.nowMs)),
    onCrash: (client) => {
      history.push({ client: workers[client]?.name ?? "", type: "crash", step: world.lanes.length, atMs: clock.nowMs });
      live(client);
    },
  });
  const recorder: Recorder = { history, step: () => world.lanes.length, nowMs: () => clock.nowMs };
  const live = lives({ plan, target, tier, prefix, world, workers, recorder }, idle, (error) => {
    failure ??= error;
    world.exhausted = true; // Nothing more can come of this run.
  });
  for (const client of plan.clients.keys()) live(client);
  await world.run();
  const calm = (): void => {
    [rule, strategy] = [() => undefined, roundRobin()];
  };
  const last = (): Promise<void> => {
    live(workers.length - 1);
    return world.run();
  };
  const chaos = { world, clock, recorder, workers, idle, calm, able: ableOf(plan, program), last };
  const healed = plan.progress === true && !world.exhausted ? await heal(chaos) : null;
  if (healed === null) await last();
  await cleanUp?.();
  const logs = (program?.end() ?? []).map(({ client, text }) => ({ client: workers[client]?.name ?? "", text }));
  if (failure !== undefined) throw failure;
  const foreign = program !== undefined && !isKnownFormat(story);
  const told = { history, story, healed, strikes, workers, foreign, program: program !== undefined };
  return { ...runOf(plan, told, world), departed, content, logs };
}

// --- internal ---

/** What is left of a run, and is noted for whoever wants to make its plan smaller. */
function runOf(
  plan: Plan,
  {
    workers,
    strikes,
    ...told
  }: Omit<Parameters<typeof recordOf>[1], "struck"> & {
    readonly strikes: readonly Strike[];
    readonly workers: readonly Worker[];
  },
  { lanes, exhausted }: World,
): Omit<Run, "departed" | "content" | "logs"> {
  const struck = strikes.map(({ fault }) => fault);
  const spans = spansOf(workers);
  remember(plan, { lanes, spans });
  return { record: recordOf(plan, { ...told, struck }), lanes, spans, struck, strikes, exhausted };
}

/** Asks the faults about a request, and notes each that strikes. */
function striking(
  notes: {
    readonly workers: readonly Worker[];
    readonly prefix: string;
    readonly strikes: Strike[];
    readonly step: () => number;
  },
  rule: Rule,
): ConstructorParameters<typeof World>[0]["rule"] {
  const { workers, prefix, strikes, step } = notes;
  return (client, request) => {
    const { name = "", op = "" } = workers[client] ?? {};
    const key = request.key.slice(prefix.length);
    const found = rule({ client, op, key, request });
    if (found !== undefined)
      strikes.push({ step: step(), client: name, method: request.method, key, fault: found.kind });
    return found;
  };
}

interface Setting {
  readonly plan: Plan;
  readonly target: Target;
  readonly tier: Tier;
  readonly prefix: string;
  readonly world: World;
  readonly workers: readonly Worker[];
  readonly recorder: Recorder;
}

/** Starts a life of a client: a new process with an empty memory. When it has done all its commands, it is noted in `idle`. */
function lives(
  { plan, target, tier, prefix, world, workers, recorder }: Setting,
  idle: Map<number, Life>,
  failed: (error: unknown) => void,
): (client: number) => void {
  let born = 0;
  return (client) => {
    const worker = workers[client];
    if (worker === undefined) return;
    const door = world.door(client, plan.clients[client]?.skewMs ?? 0);
    born += 1;
    const nonce = nonces(`${worker.name}.${born}`);
    world.start(client, async () => {
      try {
        const who = { client: worker.name, step: recorder.step };
        const send = tier.leg === undefined ? door.send : await tier.leg(door.send, who);
        const env = { send, clock: door.clock, nonce, prefix, leaseTtlMs: plan.leaseTtlMs };
        const opened = target.open(env, { client, name: worker.name, ...door });
        const life = { client: opened, sleep: door.clock.sleep };
        await work(worker, life, recorder);
        idle.set(client, life);
      } catch (error) {
        failed(error);
      }
    });
  };
}

const ableOf =
  (plan: Plan, program: Program | undefined) =>
  (commands: readonly Command[]): readonly Command[] =>
    program === undefined ? commands : supportedCommands(commands, plan, program.program);

function workersOf(plan: Plan, program: Program | undefined): readonly Worker[] {
  const { clients, progress, leaseTtlMs } = plan;
  const last = ableOf(plan, program)(progress === true ? lastCommands(leaseTtlMs) : [look]);
  const auditor = { name: AUDITOR, commands: last };
  return [...clients, auditor].map(({ name, commands }) => ({ name, commands, next: 0, op: "", spans: [] }));
}

const recordOf = (
  plan: Plan,
  {
    history,
    story,
    healed,
    struck,
    foreign,
    program,
  }: Pick<RunRecord, "history" | "story"> & {
    readonly healed: Healed | null;
    readonly struck: readonly string[];
    readonly foreign: boolean;
    readonly program: boolean;
  },
): RunRecord => {
  if (program) mustBeSessions(history);
  const { leaseTtlMs, personalities = [] } = plan;
  const disturbed = struck.length > 0 || personalities.length > 0 || isSkewed(plan);
  const waived = waivedBy(personalities);
  const record = { history, story, leaseTtlMs, disturbed, waived, ...(foreign ? { foreign } : {}) };
  return healed === null ? record : { ...record, healed: program ? { ...healed, unbounded: true } : healed };
};

/** A program may answer what makes no history, such as ok to a put outside a session: it can't be driven then. */
function mustBeSessions(history: readonly HistoryEvent[]): void {
  try {
    sessionsOf(history);
  } catch (error) {
    if (error instanceof HistoryError) throw new ProgramError(`the target's answers make no history: ${error.message}`);
    throw error;
  }
}

const spansOf = (workers: readonly Worker[]): readonly Span[] =>
  workers.flatMap(({ spans }, client) => spans.map((span) => ({ client, ...span })));

/** Nonces of one life: fresh, and the same in every run of the plan. */
function nonces(life: string): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `${life}.${made}`;
  };
}

function strategyOf(
  { schedule }: Plan,
  chosen: Strategy | undefined,
  departed: (departure: Departure) => void,
): Strategy {
  if (chosen !== undefined) return chosen;
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
