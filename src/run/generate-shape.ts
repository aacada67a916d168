// The shape of a plan, drawn by fast-check before what is in it: who takes part, what they may do, what may go wrong. No
// run has everything on: what is left out can't hide what is there (Groce, Zhang, Eide, Chen, Regehr: Swarm Testing,
// ISSTA 2012).
import fc from "fast-check";
import type { Habits } from "./generate-commands.js";
import type { GenerateOptions } from "./generate-options.js";

export interface Shape {
  readonly habits: Habits;
  readonly stepMs: number;
  readonly writers: number;
  readonly readers: number;
  readonly keepers: number;
  /** How many faults, and of which kinds. */
  readonly faults: number;
  readonly kinds: readonly string[];
  /** Clients' own clocks are wrong. */
  readonly skewed: boolean;
  /** A reader stands still for long. */
  readonly stalled: boolean;
  readonly progress: boolean;
  readonly strategy: string;
  readonly seed: number;
}

export function shapeArbitrary(options: GenerateOptions): fc.Arbitrary<Shape> {
  const { faults, strategies } = options;
  return fc
    .record({
      habits: habitsArbitrary,
      stepMs: fc.constantFrom(5, 200, 200, 1000),
      writers: fc.integer({ min: 1, max: 3 }),
      readers: fc.constantFrom(0, 1, 1, 2, 2),
      keepers: fc.constantFrom(0, 1, 1, 2, 2, 2),
      faults: fc.constantFrom(2, 3, 3, 4),
      kinds: fc.subarray([...faults], { minLength: Math.min(1, faults.length) }),
      skewed: fc.constantFrom(false, false, true),
      weather: fc.constantFrom("calm", "calm", "stall", "stall", "stalled storm", "storm", "storm", "storm"),
      progress: fc.constantFrom(true, false),
      strategy: fc.constantFrom(...strategies),
      seed: fc.integer({ min: 0, max: 0x7fffffff }),
    })
    .map((shape) => withStall(shape, options));
}

// --- internal ---

const habitsArbitrary: fc.Arbitrary<Habits> = fc.record({
  leaseTtlMs: fc.constantFrom(10_000, 10_000, 5_000),
  pool: fc.integer({ min: 1, max: 4 }),
  overlap: fc.constantFrom(0, 0.5, 1, 1),
  deletes: fc.constantFrom(true, true, true, false),
  retries: fc.constantFrom(true, true, false),
});

/** A stall takes a reader and a keeper, and goes together with a collector's fast clock: none does much harm alone. */
function withStall(shape: Omit<Shape, "stalled"> & { readonly weather: string }, { faults }: GenerateOptions): Shape {
  const stalled = shape.weather.startsWith("stall") && faults.includes("pause");
  const clocks = faults.some((kind) => kind.startsWith("clock-"));
  return {
    ...shape,
    stalled,
    faults: shape.weather.endsWith("storm") && faults.length > 0 ? shape.faults : 0,
    readers: stalled ? Math.max(1, shape.readers) : shape.readers,
    keepers: stalled ? Math.max(1, shape.keepers) : shape.keepers,
    skewed: clocks && (shape.skewed || stalled),
  };
}
