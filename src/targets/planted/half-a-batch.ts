import { Refusal } from "../../manifest/answer.js";
import { commitOn } from "../../manifest/commit.js";
import { replacing } from "./plant.js";

export const halfABatch = replacing(
  {
    id: "half-a-batch",
    class: 25,
    says: "A transaction of several keys is two segments, published one by one.",
    happenedIn: "classic",
  },
  {
    commitOn: async (core, base, changes) => {
      const half = Math.floor(changes.length / 2);
      if (half === 0) return commitOn(core, base, changes);
      const first = await commitOn(core, base, changes.slice(0, half));
      if (first.kind !== "committed") return first;
      const next = first.base ?? (await core.steps.freshHead(core));
      return next instanceof Refusal ? { kind: "none", refusal: next } : commitOn(core, next, changes.slice(half));
    },
  },
);
