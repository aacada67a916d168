import { claimSlot } from "../../manifest/commit.js";
import { replacing } from "./plant.js";

export const falseConflict = replacing(
  {
    id: "false-conflict",
    class: 2,
    says: "A 412 on one's own repeated PUT is taken for a lost race: told conflict, yet committed.",
    happenedIn: "aws-sdk-java-v2#6580, slatedb#766",
  },
  {
    claimSlot: async (core, seq, segment) => {
      let refused = false;
      const send: typeof core.env.send = async (request) => {
        const response = await core.env.send(request);
        if (request.method === "PUT") refused = response.status === 412;
        return response;
      };
      const claim = await claimSlot({ ...core, env: { ...core.env, send } }, seq, segment);
      return claim.kind === "mine" && refused ? { kind: "taken", segment: undefined, date: claim.date } : claim;
    },
  },
);
