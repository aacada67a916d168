// P6. A key stands once, in a scan and in a checkpoint; and what HEAD describes in the end is what the last client scanned.
import { type Property, violation } from "./property.js";

export const noDuplicateKeys: Property = {
  name: "no-duplicate-keys",
  promise: "P6",
  claim: "No scan and no checkpoint holds a key twice, and the final state is the fold of the committed transactions.",
  judge: (view) => {
    const transactions = view.transactions();
    for (const { client, scans } of transactions) {
      for (const { entries } of scans) {
        const keys = new Set<string>();
        for (const [key] of entries) {
          if (keys.has(key)) return violation(`${client} scanned ${key} twice.`);
          keys.add(key);
        }
      }
    }
    const { twice, broken, state } = view.bucket();
    if (twice !== null) return violation(`${twice}.`);
    if (broken !== null) return violation(`${broken}.`);
    const scan = transactions.at(-1)?.scans.at(-1);
    if (scan === undefined || state === null) return null;
    const scanned = new Map(scan.entries);
    for (const key of new Set([...scanned.keys(), ...state.keys()])) {
      if (scanned.get(key) !== state.get(key))
        return violation(
          `In the end the bucket says ${key} = ${state.get(key) ?? null}, and the last scan ${scanned.get(key) ?? null}.`,
        );
    }
    return null;
  },
};
