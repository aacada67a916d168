import { Refusal } from "../../manifest/answer.js";
import { renewLease } from "../../manifest/lease.js";
import { openSnapshot } from "../../manifest/snapshot.js";
import { replacing } from "./plant.js";

export const watermarkOffByOne = replacing(
  {
    id: "watermark-off-by-one",
    class: 10,
    says: "A session's lease names the transaction that it will write next, not the snapshot that it reads.",
    happenedIn: "fusio-manifest",
  },
  {
    openSnapshot: async (core) => {
      const snapshot = await openSnapshot(core);
      if (snapshot instanceof Refusal) return snapshot;
      const { head } = snapshot.base;
      const next = { ...head, last_txn_id: head.last_txn_id + 1, checkpoint_seq: head.last_segment_seq + 1 };
      await renewLease(core, snapshot.lease, next);
      return snapshot;
    },
  },
);
