// P6. A key stands once, in a scan and in a checkpoint; and what HEAD describes in the end is what the last client scanned.
import type { Entries } from "../model/history.js";
import { describe } from "../model/transaction.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const noDuplicateKeys: Property = {
  name: "no-duplicate-keys",
  promise: "P6",
  claim: "No scan and no checkpoint holds a key twice, and the final state is the fold of the committed transactions.",
  judge: (view) => {
    for (const transaction of view.transactions()) {
      for (const { entries, at } of transaction.scans) {
        const twice = keyTwice(entries);
        if (twice !== undefined) return violation(`${describe(transaction)} scanned ${twice} twice (event ${at}).`);
      }
    }
    const { broken, published } = view.bucket();
    if (broken !== null) return violation(`${broken}.`);
    for (const { seq, writer, changes } of published) {
      if (changes() === undefined)
        return violation(`Segment ${seq}, put by ${writer} and named by HEAD, is no segment.`);
    }
    return differsFromBucket(view);
  },
};

// --- internal ---

function keyTwice(entries: Entries): string | undefined {
  let before: string | undefined;
  // Most manifests scan in the order of keys: then no set is needed.
  const ascending = entries.every(([key]) => {
    const above = before === undefined || key > before;
    before = key;
    return above;
  });
  if (ascending) return undefined;
  const seen = new Set<string>();
  return entries.find(([key]) => seen.size === seen.add(key).size)?.[0];
}

/** The last scan read what the bucket says, if HEAD has not moved since its session began. */
function differsFromBucket({ record, transactions, bucket }: RunView): Finding {
  const last = transactions().at(-1);
  const scan = last?.scans.at(-1);
  const head = bucket().heads.at(-1);
  if (last === undefined || scan === undefined || head === undefined) return null;
  if (head.step >= (record.history[last.begin]?.step ?? 0)) return null;
  const state = bucket().state();
  if (state === undefined) return null;
  const scanned = new Map(scan.entries);
  for (const key of new Set([...scanned.keys(), ...state.keys()])) {
    const [told, held] = [scanned.get(key) ?? "nothing", state.get(key) ?? "nothing"];
    if (told !== held)
      return violation(
        `In the end the bucket says ${key}=${held}, but ${describe(last)} scanned ${told} (event ${scan.at}).`,
      );
  }
  return null;
}
