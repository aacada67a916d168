// P3. Values are unique in a run, so two published segments with the same put are one transaction applied twice.
import { type Property, violation } from "./property.js";

export const atMostOnce: Property = {
  name: "at-most-once",
  promise: "P3",
  claim: "A commit takes effect once or not at all, whatever its client was told.",
  judge: (view) => {
    const first = new Map<string, number>();
    for (const { key, value, seq } of view.bucket().published) {
      const put = `${key}=${value}`;
      const before = first.get(put);
      if (before !== undefined && before !== seq)
        return violation(`${key} = ${value} was published twice: in segment ${before} and in segment ${seq}.`);
      first.set(put, seq);
    }
    return null;
  },
};
