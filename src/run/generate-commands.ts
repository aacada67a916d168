// What clients do, drawn by fast-check: a writer's transactions, a reader's looks, a keeper's chores.
import fc from "fast-check";
import type { Command, Look, Transact } from "../../model/command.js";
import { commonKey, ownKey } from "./key-pool.js";

export const LEASE_TTL_MS = 10_000;
/** Longer than any lease. */
export const PAUSE_MS = LEASE_TTL_MS + 5_000;

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

/** A key from the common pool, or with probability `1 - overlap` from the client's own. */
export function keyArbitrary(name: string, pool: number, overlap: number): fc.Arbitrary<string> {
  const common = fc.integer({ min: 0, max: pool - 1 }).map(commonKey);
  const own = fc.integer({ min: 0, max: pool - 1 }).map((i) => ownKey(name, i));
  if (overlap === 1) return common;
  if (overlap === 0) return own;
  return fc.oneof(
    { arbitrary: common, weight: Math.round(overlap * 100) },
    { arbitrary: own, weight: 100 - Math.round(overlap * 100) },
  );
}

/** What a client of that name does; its first letter says what it is. */
export function commandsOf(name: string, key: fc.Arbitrary<string>): fc.Arbitrary<Command[]> {
  if (name.startsWith("w")) return fc.array(transactArbitrary(key), { minLength: 1, maxLength: 4 });
  // An idle reader lets leases run out and garbage mature between two sessions, not only within one.
  if (name.startsWith("r"))
    return fc
      .array(fc.tuple(fc.constantFrom([], [], [wait]), lookArbitrary(key)), { minLength: 1, maxLength: 3 })
      .map((drawn) => drawn.flat(2));
  return fc.array(fc.constantFrom(...MOTIFS), { minLength: 2, maxLength: 5 }).map((motifs) => motifs.flat());
}

// --- internal ---

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
