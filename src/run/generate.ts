// Plans, drawn by fast-check. All chance of a run is drawn here; the run itself has none.
import fc from "fast-check";
import type { Command, Look, Transact } from "../../model/command.js";
import type { FaultSpec } from "../faults/fault.js";
import { faults } from "../faults/index.js";
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
/** Where a fault may strike: the requests that a manifest's fate hangs on are named, the others are met by `*`. */
const LIKENESSES = [
  "PUT HEAD.json",
  "PUT segments/",
  "PUT checkpoints/",
  "PUT leases/",
  "GET HEAD.json",
  "GET segments/",
  "GET checkpoints/",
  "LIST",
  "DELETE",
  "PUT",
  "*",
];

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

/** The endless stream of a campaign's plans: the same seed and options give the same plans. */
export function* plansOf(seed: number, options: GenerateOptions): Generator<Plan, never> {
  const arbitrary = planArbitrary(options);
  for (let batch = 0; ; batch += 1) yield* fc.sample(arbitrary, { seed: batchSeed(seed, batch), numRuns: BATCH });
}

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
  return fc
    .record({
      pool: fc.integer({ min: 1, max: 4 }),
      overlap: fc.constantFrom(0, 0.5, 1, 1),
      stepMs: fc.constantFrom(5, 200, 200, 1000),
      writers: fc.integer({ min: 1, max: 3 }),
      readers: fc.integer({ min: 0, max: 2 }),
      keepers: fc.constantFrom(0, 1, 1, 2, 2),
      faults: fc.constantFrom(0, 0, 1, 1, 2, 3),
      skewed: options.faults.some((kind) => kind.startsWith("clock-"))
        ? fc.constantFrom(false, false, false, true)
        : fc.constant(false),
      progress: options.personalities.length === 0 ? fc.constantFrom(true, false, false, false) : fc.constant(false),
      strategy: fc.constantFrom(...options.strategies),
      seed: fc.integer({ min: 0, max: 0x7fffffff }),
    })
    .chain((shape) => {
      const names = [...named("w", shape.writers), ...named("r", shape.readers), ...named("k", shape.keepers)];
      const clients = names.map((name) => clientArbitrary(name, shape.pool, shape.overlap, shape.skewed));
      const specs =
        options.faults.length === 0
          ? fc.constant([])
          : fc.array(faultArbitrary(options.faults, names.length), {
              minLength: shape.faults,
              maxLength: shape.faults,
            });
      return fc.tuple(fc.tuple(...clients), specs).map(
        ([drawn, placed]): Plan => ({
          leaseTtlMs: LEASE_TTL_MS,
          stepMs: shape.stepMs,
          clients: drawn,
          faults: placed,
          schedule: { strategy: shape.strategy, seed: shape.seed },
          ...(shape.progress ? { progress: true } : {}),
          ...(options.personalities.length === 0 ? {} : { personalities: options.personalities }),
        }),
      );
    });
}

const named = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);

function clientArbitrary(name: string, pool: number, overlap: number, skewed: boolean): fc.Arbitrary<ClientPlan> {
  const skewMs = skewed ? fc.constantFrom(0, -PAUSE_MS, PAUSE_MS, 10 * PAUSE_MS) : fc.constant(0);
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

function faultArbitrary(kinds: readonly string[], clients: number): fc.Arbitrary<FaultSpec> {
  const place = fc.record({
    client: fc.integer({ min: 0, max: clients - 1 }),
    nth: fc.nat({ max: 5 }),
    request: fc.constantFrom(...LIKENESSES),
  });
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      at: place,
      ms: fc.constant(PAUSE_MS),
      steps: fc.integer({ min: 1, max: 60 }),
      healRequests: fc.integer({ min: 1, max: 12 }),
      byte: fc.nat({ max: BYTES }),
    })
    .map(({ kind, at, ...fields }) => {
      const taken = (faults.get(kind)?.takes ?? []).map((field) => [field, fields[field]] as const);
      return { kind, at, ...Object.fromEntries(taken) };
    });
}
