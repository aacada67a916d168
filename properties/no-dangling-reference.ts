// P7. What HEAD names is there; and nobody is told that his snapshot is gone while his lease must still hold.
import { type Finding, type Property, violation } from "./property.js";
import { mustStillHold, snapshotAgeMs } from "./snapshot-age.js";
import type { RunView } from "./view.js";

export const noDanglingReference: Property = {
  name: "no-dangling-reference",
  promise: "P7",
  claim:
    "What HEAD or a live session's snapshot needs is there, and no session is told expired or corrupt before its lease can have run out.",
  judge: (view) => {
    const { dangling } = view.bucket();
    return dangling === null ? tooEarly(view) : violation(`${dangling}.`);
  },
};

// --- internal ---

function tooEarly({ record: { history, leaseTtlMs } }: RunView): Finding {
  for (let index = 0; index < history.length; index += 1) {
    const event = history[index];
    if (event?.type !== "fail" || (event.error !== "expired" && event.error !== "corrupt")) continue;
    const ageMs = snapshotAgeMs(history, event.client, index);
    if (!mustStillHold(ageMs, leaseTtlMs)) continue;
    return violation(
      `${event.client}'s ${event.op} (event ${index}) was told ${event.error} ${ageMs} ms after it began, by the store's clock; its lease lasts ${leaseTtlMs} ms (${event.message ?? ""}).`,
    );
  }
  return null;
}
