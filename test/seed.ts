// The seed of the property suites: from MANIFEST_CHAOS_SEED, or a fixed one, and the command that runs them again.
const given = process.env["MANIFEST_CHAOS_SEED"];

if (given !== undefined && !/^-?\d+$/.test(given))
  throw new Error(`MANIFEST_CHAOS_SEED takes a whole number, not "${given}"`);

/** CI must be told a seed or get the same one every time; a night's run sets its own. */
export const SEED = Number(given ?? 20240101) | 0;

export const AGAIN = `MANIFEST_CHAOS_SEED=${SEED} npm test -- properties`;
