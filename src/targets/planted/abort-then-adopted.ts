import { Refusal } from "../../manifest/answer.js";
import { publishOwn } from "../../manifest/commit.js";
import { readHead } from "../../manifest/head.js";
import { replacing } from "./plant.js";

export const abortThenAdopted = replacing(
  {
    id: "abort-then-adopted",
    class: 5,
    says: "A writer whose HEAD has moved (a compaction) gives up and says conflict; its segment stays, and the next one publishes it.",
    happenedIn: "CorfuDB#974, fusio-manifest",
  },
  {
    publishOwn: async (core, base, segment, claim) => {
      const now = await readHead(core);
      const moved = now !== undefined && !(now instanceof Refusal) && now.etag !== base.etag;
      return moved ? { kind: "lost" } : publishOwn(core, base, segment, claim);
    },
  },
);
