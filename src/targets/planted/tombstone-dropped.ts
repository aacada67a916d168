import { Refusal } from "../../manifest/answer.js";
import { compact } from "../../manifest/compact.js";
import type { Core } from "../../manifest/core.js";
import { openSnapshot, readAll } from "../../manifest/snapshot.js";
import { replacing } from "./plant.js";

export const tombstoneDropped = replacing(
  {
    id: "tombstone-dropped",
    class: 20,
    says: "A compaction leaves the deletes out, though older puts of those keys stay in.",
    happenedIn: "scylla#4082",
  },
  {
    compact: (core) => {
      const withoutDeletes = async (reader: Core) => {
        const snapshot = await openSnapshot(reader);
        if (snapshot instanceof Refusal) return snapshot;
        const state = await readAll(reader, snapshot);
        if (state instanceof Refusal) return state;
        return {
          ...snapshot,
          changes: snapshot.changes.map((changes) => changes.filter(({ op }) => op === "Put")),
        };
      };
      return compact({ ...core, steps: { ...core.steps, openSnapshot: withoutDeletes } });
    },
  },
);
