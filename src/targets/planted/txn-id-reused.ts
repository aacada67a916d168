import { Refusal } from "../../manifest/answer.js";
import { listNames } from "../../manifest/ask.js";
import { ensureHead, swapHead } from "../../manifest/head.js";
import { SEGMENTS, seqOfSegment } from "../../manifest/names.js";
import { replacing } from "./plant.js";

export const txnIdReused = replacing(
  {
    id: "txn-id-reused",
    class: 16,
    says: "Recovery counts on from the newest segment that it finds, though the newest may have been collected.",
    happenedIn: "Typhon#712",
  },
  {
    recover: async (core) => {
      const base = await ensureHead(core);
      if (base instanceof Refusal) return base;
      const names = await listNames(core, SEGMENTS);
      if (names instanceof Refusal) return names;
      const newest = Math.max(0, ...names.map((name) => seqOfSegment(name) ?? 0));
      const swap = await swapHead(core, base, ({ head }) =>
        newest < head.last_segment_seq
          ? { ...head, last_segment_seq: newest, last_txn_id: newest, generation: head.generation + 1 }
          : undefined,
      );
      return swap instanceof Refusal ? swap : {};
    },
  },
);
