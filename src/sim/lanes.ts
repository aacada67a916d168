// Lanes for all that one client has parked at once.
import type { Waiting } from "./waiting.js";

/** A client's second parked request has a lane so much above the first one's, the third twice that, and so on. */
const LANE_ABOVE = 1000;

/** Whose lane it is; of a zombie's, which has no client, its own number. */
export const clientOf = (lane: number): number => lane % LANE_ABOVE;

interface Entry extends Waiting {
  lane: number;
  readonly client: number;
}

/** Numbers what `client` has parked in an order that does not depend on which came first, and keeps the order of lanes. */
export function spread(parked: Entry[], client: number): void {
  const own = parked.filter((entry) => entry.client === client && entry.kind !== "zombie");
  if (own.length < 2) return;
  own.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const [place, entry] of own.entries()) entry.lane = client + place * LANE_ABOVE;
  parked.sort((a, b) => a.lane - b.lane);
}

// --- internal ---

/** An alarm comes first. */
const nameOf = ({ request }: Entry): string => (request === undefined ? "" : `${request.method} ${request.key}`);
