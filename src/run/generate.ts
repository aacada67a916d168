// Plans, drawn by fast-check. All chance of a run is drawn here; the run itself has none.
import fc from "fast-check";
import type { Command, Look, Transact } from "../../model/command.js";
import type { Fault, FaultSpec } from "../faults/fault.js";
import { faults } from "../faults/index.js";
import type { Method } from "../store/request.js";
import { commonKey, ownKey } from "./key-pool.js";
import type { ClientPlan, Plan } from "./plan.js";
import { BATCH, batchSeed } from "./seeds.js";
import { candidatesOf } from "./shrink/candidates.js";
import { recordingOf } from "./shrink/edits.js";

export interface GenerateOptions {
  /** Kinds of faults that may be drawn. */
  readonly faults: readonly string[];
  /** Strategies that may be drawn. */
  readonly strategies: readonly string[];
  /** How the store of every run breaks S3's contract. */
  readonly personalities: readonly string[];
}

/** What a campaign draws from unless told otherwise. */
export const DEFAULTS: GenerateOptions = {
  faults: [...faults.keys()],
  strategies: ["pos", "sticky"],
  personalities: [],
};

const LEASE_TTL_MS = 10_000;
const PAUSE_MS = LEASE_TTL_MS + 5_000;
/** Bytes of a body that may be hit; a number of ours is mostly among the first. */
const BYTES = 400;
/** Where a fault may strike a writer, a reader, a keeper: the requests that their fate hangs on are named, `*` meets the others. */
const LIKENESSES: Readonly<Record<string, readonly string[]>> = {
  w: ["PUT segments/", "PUT segments/", "PUT HEAD.json", "PUT HEAD.json", "GET HEAD.json", "GET segments/", "PUT", "*"],
  r: ["PUT leases/", "GET HEAD.json", "GET segments/", "GET checkpoints/", "GET", "*"],
  k: ["PUT HEAD.json", "PUT checkpoints/", "PUT gc/", "GET", "LIST", "DELETE", "PUT", "*"],
};
/** Early ones are more likely to come at all. */
const NTHS = [0, 0, 0, 1, 1, 2, 3, 5];

const compact: Command = { kind: "compact" };
const gc: Command = { kind: "gc" };
const wait: Command = { kind: "wait", ms: PAUSE_MS };
/** What a keeper does in one go. Garbage goes in two calls, and only once it is old: chores drawn one by one would rarely get there. */
const MOTIFS: readonly (readonly Command[])[] = [
  [compact],
  [wait, compact, gc, gc],
  [wait, compact, gc, gc],
  [compact, gc, gc],
  [compact, gc, wait, gc],
  [{ kind: "recover" }],
];

/** Plans of up to seven clients. A plan that was run shrinks as a whole: commands, faults and schedule together. */
export const planArbitrary = (options: GenerateOptions): fc.Arbitrary<Plan> => new PlanArbitrary(drawn(options));

/** A campaign's plans of one batch: the same seed, batch and options give the same plans. */
export const plansIn = (seed: number, batch: number, options: GenerateOptions): readonly Plan[] =>
  fc.sample(planArbitrary(options), { seed: batchSeed(seed, batch), numRuns: BATCH });

/**
 * Plans simpler than one that has been run, the boldest first: through the arbitrary's own shrinking. `offered` is
 * shared by all calls of one search, so that no plan is offered twice.
 */
export function* smallerPlans(plan: Plan, offered: Set<string>): Generator<Plan> {
  for (const { value } of planArbitrary(DEFAULTS).shrink(plan, offered)) yield value;
}

// --- internal ---

/** Draws like `drawing`, but shrinks by what the run of the plan recorded, whatever was drawn to make it. */
class PlanArbitrary extends fc.Arbitrary<Plan> {
  constructor(private readonly drawing: fc.Arbitrary<Plan>) {
    super();
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<Plan> {
    return new fc.Value(this.drawing.generate(random, biasFactor).value, new Set<string>());
  }

  override canShrinkWithoutContext(_value: unknown): _value is Plan {
    return true;
  }

  /**
   * The context is the set of plans offered so far, handed down: a run writes its schedule out anew, so an edit of the
   * schedule may lead back to the plan that it came from, and a search that forgets would go round for ever.
   */
  override shrink(plan: Plan, context?: unknown): fc.Stream<fc.Value<Plan>> {
    const offered = context instanceof Set ? context : new Set<string>();
    return fc.stream(unseen(plan, offered)).map((candidate) => new fc.Value(candidate, offered));
  }
}

function* unseen(plan: Plan, offered: Set<string>): Generator<Plan> {
  const recording = recordingOf(plan);
  if (recording === undefined) return;
  for (const candidate of candidatesOf(plan, recording)) {
    const text = JSON.stringify(candidate);
    if (offered.has(text)) continue;
    offered.add(text);
    yield candidate;
  }
}

function drawn(options: GenerateOptions): fc.Arbitrary<Plan> {
  const clocks = options.faults.some((kind) => kind.startsWith("clock-"));
  return fc
    .record({
      pool: fc.integer({ min: 1, max: 4 }),
      overlap: fc.constantFrom(0, 0.5, 1, 1),
      stepMs: fc.constantFrom(5, 200, 200, 1000),
      writers: fc.integer({ min: 1, max: 3 }),
      readers: fc.constantFrom(0, 1, 1, 2, 2),
      keepers: fc.constantFrom(0, 1, 1, 2, 2, 2),
      faults: fc.constantFrom(0, 0, 1, 1, 2, 3),
      skewed: fc.constantFrom(false, false, true),
      progress: fc.constantFrom(true, false),
      stalled: fc.constantFrom(true, false, false),
      strategy: fc.constantFrom(...options.strategies),
      seed: fc.integer({ min: 0, max: 0x7fffffff }),
    })
    .chain((drawnShape) => {
      const shape = withStall(drawnShape, clocks);
      const names = [...named("w", shape.writers), ...named("r", shape.readers), ...named("k", shape.keepers)];
      const clients = names.map((name) => clientArbitrary(name, shape.pool, shape.overlap, shape.skewed));
      const specs =
        options.faults.length === 0
          ? fc.constant([])
          : fc.array(faultArbitrary(options.faults, names), {
              minLength: shape.faults,
              maxLength: shape.faults,
            });
      return fc.tuple(fc.tuple(...clients), specs, stallArbitrary(shape, options)).map(
        ([drawn, placed, stalls]): Plan => ({
          leaseTtlMs: LEASE_TTL_MS,
          stepMs: shape.stepMs,
          clients: drawn,
          faults: [...placed, ...stalls],
          schedule: { strategy: shape.strategy, seed: shape.seed },
          ...(goesOn(shape, options) ? { progress: true } : {}),
          ...(options.personalities.length === 0 ? {} : { personalities: options.personalities }),
        }),
      );
    });
}

/** P9 is about what faults leave behind: half of the plans with faults go on after them. */
const goesOn = ({ progress, faults }: { progress: boolean; faults: number }, options: GenerateOptions): boolean =>
  progress && faults > 0 && options.faults.length > 0 && options.personalities.length === 0;

interface Shape {
  readonly writers: number;
  readonly readers: number;
  readonly keepers: number;
  readonly skewed: boolean;
  readonly stalled: boolean;
}

/** A stall takes a reader and a keeper, and goes together with a collector's fast clock: none does much harm alone. */
const withStall = <T extends Shape>(shape: T, clocks: boolean): T => ({
  ...shape,
  readers: shape.stalled ? Math.max(1, shape.readers) : shape.readers,
  keepers: shape.stalled ? Math.max(1, shape.keepers) : shape.keepers,
  skewed: clocks && (shape.skewed || shape.stalled),
});

const named = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);

function clientArbitrary(name: string, pool: number, overlap: number, skewed: boolean): fc.Arbitrary<ClientPlan> {
  // A keeper is whom a fast clock tempts to take what others still hold.
  const skews = name.startsWith("k") ? [PAUSE_MS, 10 * PAUSE_MS] : [0, 0, PAUSE_MS];
  const skewMs = skewed ? fc.constantFrom(-PAUSE_MS, ...skews) : fc.constant(0);
  const key = keyArbitrary(name, pool, overlap);
  return fc.record({ name: fc.constant(name), skewMs, commands: commandsOf(name, key) });
}

/** A key from the common pool, or with probability `1 - overlap` from the client's own. */
function keyArbitrary(name: string, pool: number, overlap: number): fc.Arbitrary<string> {
  const common = fc.integer({ min: 0, max: pool - 1 }).map(commonKey);
  const own = fc.integer({ min: 0, max: pool - 1 }).map((i) => ownKey(name, i));
  if (overlap === 1) return common;
  if (overlap === 0) return own;
  return fc.oneof(
    { arbitrary: common, weight: Math.round(overlap * 100) },
    { arbitrary: own, weight: 100 - Math.round(overlap * 100) },
  );
}

function commandsOf(name: string, key: fc.Arbitrary<string>): fc.Arbitrary<Command[]> {
  if (name.startsWith("w")) return fc.array(transactArbitrary(key), { minLength: 1, maxLength: 4 });
  // An idle reader lets leases run out and garbage mature between two sessions, not only within one.
  if (name.startsWith("r"))
    return fc
      .array(fc.tuple(fc.constantFrom([], [], [wait]), lookArbitrary(key)), { minLength: 1, maxLength: 3 })
      .map((drawn) => drawn.flat(2));
  return fc.array(fc.constantFrom(...MOTIFS), { minLength: 2, maxLength: 5 }).map((motifs) => motifs.flat());
}

function transactArbitrary(key: fc.Arbitrary<string>): fc.Arbitrary<Transact> {
  const write = fc
    .tuple(key, fc.constantFrom(false, false, false, true))
    .map(([name, gone]) => (gone ? { key: name, delete: true as const } : { key: name }));
  return fc.record({
    kind: fc.constant("transact" as const),
    reads: fc.oneof(
      { arbitrary: fc.constant([]), weight: 1 },
      { arbitrary: fc.array(fc.option(key, { freq: 3 }), { minLength: 1, maxLength: 2 }), weight: 2 },
    ),
    writes: fc.array(write, { minLength: 1, maxLength: 2 }),
    retries: fc.integer({ min: 0, max: 2 }),
  });
}

const lookArbitrary = (key: fc.Arbitrary<string>): fc.Arbitrary<Look> =>
  fc.record({
    kind: fc.constant("look" as const),
    reads: fc.array(fc.option(key, { freq: 2 }), { minLength: 1, maxLength: 6 }),
  });

function faultArbitrary(kinds: readonly string[], names: readonly string[]): fc.Arbitrary<FaultSpec> {
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      client: fc.nat({ max: names.length - 1 }),
      nth: fc.constantFrom(...NTHS),
      likeness: fc.nat({ max: 0xffff }),
      ms: fc.constant(PAUSE_MS),
      steps: fc.integer({ min: 1, max: 60 }),
      healRequests: fc.integer({ min: 1, max: 12 }),
      byte: fc.nat({ max: BYTES }),
    })
    .map(({ kind, client, nth, likeness, ...fields }) => {
      const fault = faults.get(kind);
      const likenesses = (LIKENESSES[names[client]?.charAt(0) ?? ""] ?? []).filter((like) => mayMean(fault, like));
      const request = likenesses[likeness % likenesses.length] ?? "*";
      const taken = (fault?.takes ?? []).map((field) => [field, fields[field]] as const);
      return { kind, at: { client, nth, request }, ...Object.fromEntries(taken) };
    });
}

/** A reader that stands still in the middle of its reads, while keepers go on: with time passing, or without. */
function stallArbitrary({ stalled, writers }: Shape, options: GenerateOptions): fc.Arbitrary<FaultSpec[]> {
  if (!stalled || !options.faults.includes("pause")) return fc.constant([]);
  return fc
    .record({
      nth: fc.constantFrom(0, 0, 1),
      request: fc.constantFrom("PUT leases/", "GET segments/", "GET checkpoints/"),
      ms: fc.constantFrom(0, PAUSE_MS),
      steps: fc.integer({ min: 20, max: 80 }),
    })
    .map(({ nth, request, ms, steps }) => [{ kind: "pause", at: { client: writers, nth, request }, ms, steps }]);
}

/** False where a fault never strikes a request like this: it would be drawn for nothing. */
function mayMean(fault: Fault | undefined, likeness: string): boolean {
  const method = likeness.split(" ")[0];
  if (method === "*" || fault?.strikes === undefined) return true;
  return fault.strikes({ method: method as Method, key: "", ifMatch: "*" });
}
