import { fail, Refusal } from "../../manifest/answer.js";
import { getObject, listNames } from "../../manifest/ask.js";
import { SEGMENTS } from "../../manifest/names.js";
import { openSnapshot } from "../../manifest/snapshot.js";
import { replacing } from "./plant.js";

export const listThenGone = replacing(
  {
    id: "list-then-gone",
    class: 17,
    says: "A reader lists all segments and gets each; one that a collector has taken in between fails the read.",
    happenedIn: "slatedb#1230",
  },
  {
    openSnapshot: async (core) => {
      const snapshot = await openSnapshot(core);
      if (snapshot instanceof Refusal) return snapshot;
      const names = await listNames(core, SEGMENTS);
      if (names instanceof Refusal) return names;
      for (const name of names) {
        const found = await getObject(core, name);
        if (found instanceof Refusal) return found;
        if (found === undefined) return fail("corrupt", `${name} was listed, but is gone`);
      }
      return snapshot;
    },
  },
);
