import { ensureHead } from "../../manifest/head.js";
import { replacing } from "./plant.js";

export const slotLeftTaken = replacing(
  {
    id: "slot-left-taken",
    class: 23,
    says: "Nobody publishes, or passes over, a segment whose writer died before HEAD named it: no commit ever again.",
    happenedIn: "elasticsearch#98664, chroma#5476",
  },
  { freshHead: ensureHead, recover: async () => ({}) },
);
