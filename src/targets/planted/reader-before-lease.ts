import { Refusal } from "../../manifest/answer.js";
import { snapshotOf } from "../../manifest/snapshot.js";
import { replacing } from "./plant.js";

export const readerBeforeLease = replacing(
  {
    id: "reader-before-lease",
    class: 9,
    says: "A reader reads HEAD and takes its lease afterwards; what HEAD named can be collected in between.",
    happenedIn: "slatedb#604, fusio-manifest",
  },
  {
    openSnapshot: async (core) => {
      const base = await core.steps.freshHead(core);
      if (base instanceof Refusal) return base;
      const lease = await core.steps.takeLease(core);
      return lease instanceof Refusal ? lease : snapshotOf(base, lease);
    },
  },
);
