import { Refusal } from "../../manifest/answer.js";
import { openSnapshot, snapshotOf } from "../../manifest/snapshot.js";
import { replacing } from "./plant.js";

export const snapshotNotPinned = replacing(
  {
    id: "snapshot-not-pinned",
    class: 21,
    says: "Each read of a session is of the newest HEAD, not of the one that its first read has seen.",
    happenedIn: "slatedb#1298",
  },
  {
    pin: async (core, pinned) => {
      if (pinned === undefined) return openSnapshot(core);
      const base = await core.steps.freshHead(core);
      return base instanceof Refusal ? base : snapshotOf(base, pinned.lease);
    },
  },
);
