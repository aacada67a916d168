import { Refusal } from "../../manifest/answer.js";
import { publishOwn } from "../../manifest/commit.js";
import { readHead } from "../../manifest/head.js";
import { replacing } from "./plant.js";

export const stolenCommit = replacing(
  {
    id: "stolen-commit",
    class: 6,
    says: "A writer that finds its slot published, by a helper, does not look whose segment that is and says conflict.",
    happenedIn: "hudi#3956, fusio-manifest",
  },
  {
    publishOwn: async (core, base, segment, claim) => {
      const now = await readHead(core);
      if (now === undefined || now instanceof Refusal) return publishOwn(core, base, segment, claim);
      const stolen = now.head.last_segment_seq > base.head.last_segment_seq;
      return stolen ? { kind: "lost" } : publishOwn(core, base, segment, claim);
    },
  },
);
