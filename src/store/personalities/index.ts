// The registry of personalities: a line each.
import type { Apply } from "../request.js";
import { conditionalDeleteIgnored } from "./conditional-delete-ignored.js";
import { ifMatchOnMissing } from "./if-match-on-missing.js";
import { lists } from "./lists.js";
import type { Personality } from "./personality.js";
import { preconditionIgnored } from "./precondition-ignored.js";
import { preconditionNotAtomic } from "./precondition-not-atomic.js";
import { raceLoser409 } from "./race-loser-409.js";
import { staleGet } from "./stale-get.js";
import { wrong404 } from "./wrong-404.js";

const all: readonly Personality[] = [
  preconditionIgnored,
  preconditionNotAtomic,
  ...ifMatchOnMissing,
  raceLoser409,
  staleGet,
  wrong404,
  ...lists,
  conditionalDeleteIgnored,
];

/** Every personality by its name. */
export const personalities: ReadonlyMap<string, Personality> = new Map(all.map((each) => [each.name, each]));

/** A store with these personalities, the first nearest to it. Throws RangeError for a name that is none. */
export const withPersonalities = (store: Apply, names: readonly string[]): Apply =>
  names.reduce((inner, name) => named(name).over(inner), store);

/** The promises that these personalities take away. */
export const waivedBy = (names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => named(name).waives)),
];

// --- internal ---

function named(name: string): Personality {
  const personality = personalities.get(name);
  if (personality === undefined) throw new RangeError(`no personality is called ${name}`);
  return personality;
}
