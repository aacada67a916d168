import { replacing } from "./plant.js";

export const ackBeforePublish = replacing(
  {
    id: "ack-before-publish",
    class: 24,
    says: "A commit is acknowledged once its segment is in the slot; HEAD is left to whoever finds that slot taken.",
    happenedIn: "classic",
  },
  { publishOwn: async (_core, _base, segment) => ({ kind: "committed", txn: segment.txn_id, base: undefined }) },
);
