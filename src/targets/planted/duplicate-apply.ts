import { Refusal } from "../../manifest/answer.js";
import { commitOn } from "../../manifest/commit.js";
import { SEGMENTS } from "../../manifest/names.js";
import { outcomeOf } from "../../store/failure.js";
import { hearing, replacing } from "./plant.js";

export const duplicateApply = replacing(
  {
    id: "duplicate-apply",
    class: 3,
    says: "After an answer that leaves open whether the slot was filled: reload, rebase, and commit the same records again.",
    happenedIn: "redpanda connect#4591",
  },
  {
    commitOn: async (core, base, changes) => {
      let ambiguous = false;
      const once = hearing(core, ({ method, key }, response) => {
        if (method !== "PUT" || !key.startsWith(core.env.prefix + SEGMENTS)) return response;
        ambiguous = outcomeOf(response).applied === "unknown";
        return ambiguous ? { status: 400, code: "GivenUp" } : response;
      });
      const fate = await commitOn(once, base, changes);
      if (!ambiguous) return fate;
      const reloaded = await core.steps.recover(core);
      if (reloaded instanceof Refusal) return { kind: "none", refusal: reloaded };
      const rebased = await core.steps.freshHead(core);
      return rebased instanceof Refusal ? { kind: "none", refusal: rebased } : commitOn(core, rebased, changes);
    },
  },
);
