// Plans, drawn by fast-check. All chance of a run is drawn here; the run itself has none.
import fc from "fast-check";
import { faults } from "../faults/index.js";
import { commandsOf, pauseMs } from "./generate-commands.js";
import { faultArbitrary, stallArbitrary } from "./generate-faults.js";
import type { GenerateOptions } from "./generate-options.js";
import { type Shape, shapeArbitrary } from "./generate-shape.js";
import type { ClientPlan, Plan } from "./plan.js";
import { BATCH, batchSeed } from "./seeds.js";
import { candidatesOf } from "./shrink/candidates.js";
import { recordingOf } from "./shrink/edits.js";

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
  return shapeArbitrary(options).chain((shape) => {
    const { habits, faults: count, kinds, stalled, writers } = shape;
    const names = [...named("w", writers), ...named("r", shape.readers), ...named("k", shape.keepers)];
    const clients = names.map((name) => clientArbitrary(name, shape));
    const specs =
      count === 0
        ? fc.constant([])
        : fc.array(faultArbitrary(kinds, names, pauseMs(habits)), { minLength: count, maxLength: count });
    const stalls = stalled ? stallArbitrary(writers, pauseMs(habits)) : fc.constant([]);
    return fc.tuple(fc.tuple(...clients), specs, stalls).map(
      ([drawn, placed, still]): Plan => ({
        leaseTtlMs: habits.leaseTtlMs,
        stepMs: shape.stepMs,
        clients: drawn,
        faults: [...placed, ...still],
        schedule: { strategy: shape.strategy, seed: shape.seed },
        ...(goesOn(shape, options) ? { progress: true } : {}),
        ...(options.personalities.length === 0 ? {} : { personalities: options.personalities }),
      }),
    );
  });
}

/** P9 is about what faults leave behind: half of the plans with faults go on after them. */
const goesOn = ({ progress, faults }: Shape, { personalities }: GenerateOptions): boolean =>
  progress && faults > 0 && personalities.length === 0;

const named = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);

function clientArbitrary(name: string, { skewed, habits }: Shape): fc.Arbitrary<ClientPlan> {
  const ms = pauseMs(habits);
  // A keeper is whom a fast clock tempts to take what others still hold.
  const skews = name.startsWith("k") ? [ms, 10 * ms] : [0, 0, ms];
  const skewMs = skewed ? fc.constantFrom(-ms, ...skews) : fc.constant(0);
  return fc.record({ name: fc.constant(name), skewMs, commands: commandsOf(name, habits) });
}
