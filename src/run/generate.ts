// Plans, drawn by fast-check. All chance of a run is drawn here; the run itself has none.
import fc from "fast-check";
import type { FaultSpec } from "../faults/fault.js";
import { faults } from "../faults/index.js";
import { commandsOf, keyArbitrary, LEASE_TTL_MS, PAUSE_MS } from "./generate-commands.js";
import { faultArbitrary, stallArbitrary } from "./generate-faults.js";
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
      return fc.tuple(fc.tuple(...clients), specs, stalls(shape, options)).map(
        ([drawn, placed, stalled]): Plan => ({
          leaseTtlMs: LEASE_TTL_MS,
          stepMs: shape.stepMs,
          clients: drawn,
          faults: [...placed, ...stalled],
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

/** A reader that stands still, where that is wanted and may be. */
const stalls = ({ stalled, writers }: Shape, options: GenerateOptions): fc.Arbitrary<FaultSpec[]> =>
  stalled && options.faults.includes("pause") ? stallArbitrary(writers) : fc.constant([]);
