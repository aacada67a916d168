import { Refusal } from "../../manifest/answer.js";
import { ask } from "../../manifest/ask.js";
import { SEGMENTS, segmentName, seqOfSegment } from "../../manifest/names.js";
import { openSnapshot } from "../../manifest/snapshot.js";
import { replacing } from "./plant.js";

/** So short that a few segments overflow it, as thousands of them do a page of S3's. */
const PAGE = 3;

export const firstPageOnly = replacing(
  {
    id: "first-page-only",
    class: 18,
    says: "A reader lists the segments after the checkpoint and takes the first page for all of them: older state served.",
    happenedIn: "lance#3771, rustfs#2931",
  },
  {
    openSnapshot: async (core) => {
      const snapshot = await openSnapshot(core);
      if (snapshot instanceof Refusal) return snapshot;
      const startAfter = core.env.prefix + segmentName(Math.max(0, snapshot.checkpointSeq));
      const { page } = await ask(core, { method: "LIST", key: SEGMENTS, startAfter, maxKeys: PAGE });
      const last = page?.entries.at(-1)?.key.slice(core.env.prefix.length);
      const newest = last === undefined ? undefined : seqOfSegment(last);
      if (newest === undefined || newest >= snapshot.nextSeq) return snapshot;
      return { ...snapshot, nextSeq: newest, nextNonce: null };
    },
  },
);
