// P7. What HEAD names is there; and nobody is told that his snapshot is gone while his lease must still hold.
import { type Property, violation } from "./property.js";

/** Dates are whole seconds on the wire. */
const ROUNDING_MS = 1000;

export const noDanglingReference: Property = {
  name: "no-dangling-reference",
  promise: "P7",
  claim:
    "What HEAD or a live session's snapshot needs is there, and no session is told expired or corrupt before its lease can have run out.",
  judge: (view) => {
    const { dangling } = view.bucket();
    if (dangling !== null) return violation(`${dangling}.`);
    const began = new Map<string, number>();
    for (const event of view.record.history) {
      if (event.type === "crash") continue;
      // A chore opens a snapshot of its own.
      if (event.type === "invoke" && (event.op === "begin" || event.op === "compact"))
        began.set(event.client, event.atMs);
      if (event.type !== "fail" || (event.error !== "expired" && event.error !== "corrupt")) continue;
      const heldMs = event.atMs - (began.get(event.client) ?? event.atMs);
      if (heldMs < view.record.leaseTtlMs - ROUNDING_MS) {
        return violation(
          `${event.client}'s ${event.op} was told ${event.error} ${heldMs} ms after its session began, by the store's clock; its lease lasts ${view.record.leaseTtlMs} ms (${event.message}).`,
        );
      }
    }
    return null;
  },
};
