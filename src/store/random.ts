// The random ports: chance that a plan's seed owns, and names that must be new in the world outside.
import { randomInt, randomUUID } from "node:crypto";
import seedrandom from "seedrandom";

/** A stream of chance. The same seed gives the same stream on every machine. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number in [0, below). */
  readonly below: (below: number) => number;
}

/** Seeds are normalised to a decimal string first: 7, "7" and 7.0 are one seed. */
export function seededRandom(seed: number): Random {
  const draw = seedrandom.alea(String(seed));
  return { next: () => draw(), below: (below) => Math.floor(draw() * below) };
}

/** A name that nobody has used before: for prefixes on real endpoints and for real processes' nonces. */
export const freshName = (): string => randomUUID();

/** A seed for a run that nobody gave one: 31 bits of the system's randomness. */
export const freshSeed = (): number => randomInt(2 ** 31);
