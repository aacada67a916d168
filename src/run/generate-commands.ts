// What clients do, drawn by fast-check: a writer's transactions, a reader's looks, a keeper's chores.
import fc from "fast-check";
import type { Command, Look, Transact } from "../../model/command.js";
import { commonKey, ownKey } from "./key-pool.js";

/** What the clients of one plan may do. */
export interface Habits {
  readonly leaseTtlMs: number;
  /** Keys in common, and as many of each client's own. */
  readonly pool: number;
  /** How likely a key is one of those in common. */
  readonly overlap: number;
  readonly deletes: boolean;
  readonly retries: boolean;
}

/** Longer than any lease. */
export const pauseMs = ({ leaseTtlMs }: Pick<Habits, "leaseTtlMs">): number => leaseTtlMs + 5_000;

const compact: Command = { kind: "compact" };
const gc: Command = { kind: "gc" };
/** What a keeper does in one go. Garbage goes in two calls, and only once it is old: chores drawn one by one would rarely get there. */
const motifs = (wait: Command): readonly (readonly Command[])[] => [
  [compact],
  [wait, compact, gc, gc],
  [wait, compact, gc, gc],
  [compact, gc, gc],
  [compact, gc, wait, gc],
  [{ kind: "recover" }],
];

/** What a client of that name does; its first letter says what it is. */
export function commandsOf(name: string, habits: Habits): fc.Arbitrary<Command[]> {
  const key = keyArbitrary(name, habits);
  const wait: Command = { kind: "wait", ms: pauseMs(habits) };
  if (name.startsWith("w")) return fc.array(transactArbitrary(key, habits), { minLength: 1, maxLength: 4 });
  // An idle reader lets leases run out and garbage mature between two sessions, not only within one.
  if (name.startsWith("r"))
    return fc
      .array(fc.tuple(fc.constantFrom([], [], [wait]), lookArbitrary(key)), { minLength: 1, maxLength: 3 })
      .map((drawn) => drawn.flat(2));
  return fc.array(fc.constantFrom(...motifs(wait)), { minLength: 2, maxLength: 5 }).map((drawn) => drawn.flat());
}

// --- internal ---

/** A key from the common pool, or with probability `1 - overlap` from the client's own. */
function keyArbitrary(name: string, { pool, overlap }: Habits): fc.Arbitrary<string> {
  const common = fc.integer({ min: 0, max: pool - 1 }).map(commonKey);
  const own = fc.integer({ min: 0, max: pool - 1 }).map((i) => ownKey(name, i));
  if (overlap === 1) return common;
  if (overlap === 0) return own;
  return fc.oneof(
    { arbitrary: common, weight: Math.round(overlap * 100) },
    { arbitrary: own, weight: 100 - Math.round(overlap * 100) },
  );
}

function transactArbitrary(key: fc.Arbitrary<string>, { deletes, retries }: Habits): fc.Arbitrary<Transact> {
  const write = fc
    .tuple(key, deletes ? fc.constantFrom(false, false, true) : fc.constant(false))
    .map(([name, gone]) => (gone ? { key: name, delete: true as const } : { key: name }));
  return fc.record({
    kind: fc.constant("transact" as const),
    reads: fc.oneof(
      { arbitrary: fc.constant([]), weight: 1 },
      { arbitrary: fc.array(fc.option(key, { freq: 3 }), { minLength: 1, maxLength: 2 }), weight: 2 },
    ),
    writes: fc.array(write, { minLength: 1, maxLength: 2 }),
    retries: retries ? fc.integer({ min: 0, max: 2 }) : fc.constant(0),
  });
}

const lookArbitrary = (key: fc.Arbitrary<string>): fc.Arbitrary<Look> =>
  fc.record({
    kind: fc.constant("look" as const),
    reads: fc.array(fc.option(key, { freq: 2 }), { minLength: 1, maxLength: 6 }),
  });
