import { commitOn } from "../../manifest/commit.js";
import { SEGMENTS } from "../../manifest/names.js";
import { hearing, replacing } from "./plant.js";

export const race409AsExists = replacing(
  {
    id: "race-409-as-exists",
    class: 7,
    says: 'A 409 on a slot is read as "somebody is in it": the writer goes on to the next one, and leaves a hole.',
    happenedIn: "object_store#852, opendal#6741",
  },
  {
    commitOn: async (core, base, changes) => {
      let raced = false;
      const once = hearing(core, ({ method, key }, response) => {
        const refused = method === "PUT" && key.startsWith(core.env.prefix + SEGMENTS) && response.status === 409;
        raced ||= refused;
        return refused ? { ...response, status: 400, code: "AlreadyExists" } : response;
      });
      const fate = await commitOn(once, base, changes);
      const { head } = base;
      const next = { ...base, head: { ...head, last_segment_seq: head.last_segment_seq + 1 } };
      return raced && fate.kind === "none" ? commitOn(core, next, changes) : fate;
    },
  },
);
