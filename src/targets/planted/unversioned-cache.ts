import { Refusal } from "../../manifest/answer.js";
import { getObject } from "../../manifest/ask.js";
import type { Memory } from "../../manifest/core.js";
import { parseCheckpoint } from "../../manifest/format.js";
import { checkpointName } from "../../manifest/names.js";
import { openSnapshot } from "../../manifest/snapshot.js";
import { bodyText } from "../../store/body.js";
import { replacing } from "./plant.js";

/** What each client has cached: "the checkpoint", whichever that was. */
const cached = new WeakMap<Memory, ReadonlyMap<string, string>>();

export const unversionedCache = replacing(
  {
    id: "unversioned-cache",
    class: 19,
    says: "A client keeps the checkpoint that it has read, and takes it for every later one too.",
    happenedIn: "talon#160",
  },
  {
    openSnapshot: async (core) => {
      const snapshot = await openSnapshot(core);
      if (snapshot instanceof Refusal || snapshot.base.head.checkpoint_id === null) return snapshot;
      const checkpoint = cached.get(core.memory);
      if (checkpoint !== undefined) return { ...snapshot, checkpoint };
      const found = await getObject(core, checkpointName(snapshot.base.head.checkpoint_id));
      const read = found === undefined || found instanceof Refusal ? undefined : parseCheckpoint(bodyText(found.body));
      if (read !== undefined) cached.set(core.memory, read);
      return { ...snapshot, checkpoint: read };
    },
  },
);
