// How old the snapshot is that a client works on, by the store's clock: what a lease has to outlive.
import type { HistoryEvent, Op } from "../model/history.js";

/** Milliseconds from the begin of the client's session, or of its chore, which takes a snapshot of its own, to an event. */
export function snapshotAgeMs(history: readonly HistoryEvent[], client: string, index: number): number | undefined {
  const now = history[index];
  for (let before = index; before >= 0; before -= 1) {
    const event = history[before];
    if (event?.type === "invoke" && event.client === client && SNAPSHOTS.has(event.op))
      return (now?.atMs ?? 0) - event.atMs;
  }
  return undefined;
}

/** True where a lease taken so long ago must still hold. Dates are whole seconds on the wire: allow one. */
export const mustStillHold = (ageMs: number | undefined, leaseTtlMs: number): boolean =>
  ageMs !== undefined && ageMs < leaseTtlMs - 1000;

// --- internal ---

const SNAPSHOTS: ReadonlySet<Op> = new Set(["begin", "compact", "gc", "recover"]);
