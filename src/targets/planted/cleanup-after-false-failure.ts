import { fail } from "../../manifest/answer.js";
import { ask } from "../../manifest/ask.js";
import { publishOwn } from "../../manifest/commit.js";
import { HEAD, segmentName } from "../../manifest/names.js";
import { outcomeOf } from "../../store/failure.js";
import { hearing, replacing } from "./plant.js";

export const cleanupAfterFalseFailure = replacing(
  {
    id: "cleanup-after-false-failure",
    class: 4,
    says: "A commit whose write of HEAD got no answer is taken for failed, and its segment is deleted.",
    happenedIn: "iceberg#11866",
  },
  {
    publishOwn: async (core, base, segment, claim) => {
      let failed = false;
      const once = hearing(core, ({ method, key }, response) => {
        failed ||= method === "PUT" && key === core.env.prefix + HEAD && outcomeOf(response).applied === "unknown";
        return failed ? { status: 400, code: "GivenUp" } : response;
      });
      const fate = await publishOwn(once, base, segment, claim);
      if (!failed) return fate;
      await ask(core, { method: "DELETE", key: segmentName(base.head.last_segment_seq + 1) });
      return { kind: "none", refusal: fail("unavailable", "HEAD could not be written; the segment is removed") };
    },
  },
);
