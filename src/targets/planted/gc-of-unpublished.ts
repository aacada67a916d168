import { Refusal } from "../../manifest/answer.js";
import { ask, listNames } from "../../manifest/ask.js";
import { collect } from "../../manifest/collect.js";
import { readHead } from "../../manifest/head.js";
import { CHECKPOINTS, SEGMENTS, seqOfSegment } from "../../manifest/names.js";
import { replacing } from "./plant.js";

export const gcOfUnpublished = replacing(
  {
    id: "gc-of-unpublished",
    class: 14,
    says: "A collector deletes what HEAD does not name, and so what a writer or compactor is about to publish.",
    happenedIn: "slatedb RFC 29, iceberg#4194",
  },
  {
    collect: async (core) => {
      const base = await readHead(core);
      const segments = await listNames(core, SEGMENTS);
      const checkpoints = await listNames(core, CHECKPOINTS);
      if (
        base === undefined ||
        base instanceof Refusal ||
        segments instanceof Refusal ||
        checkpoints instanceof Refusal
      )
        return collect(core);
      const { last_segment_seq, checkpoint_id } = base.head;
      const orphans = [
        ...segments.filter((name) => (seqOfSegment(name) ?? 0) > last_segment_seq),
        ...checkpoints.filter((name) => checkpoint_id === null || !name.startsWith(CHECKPOINTS + checkpoint_id)),
      ];
      for (const key of orphans) await ask(core, { method: "DELETE", key });
      return collect(core);
    },
  },
);
