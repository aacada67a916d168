import { Refusal } from "../../manifest/answer.js";
import { getObject } from "../../manifest/ask.js";
import { commitOn } from "../../manifest/commit.js";
import { parseSegment } from "../../manifest/format.js";
import { segmentName } from "../../manifest/names.js";
import { bodyText } from "../../store/body.js";
import { replacing } from "./plant.js";

export const readSetUnchecked = replacing(
  {
    id: "read-set-unchecked",
    class: 22,
    says: "A transaction conflicts only with those that wrote the same keys; what it has read may have changed.",
    happenedIn: "classic",
  },
  {
    commitOn: async (core, base, changes) => {
      const fate = await commitOn(core, base, changes);
      if (fate.kind !== "lost") return fate;
      const now = await core.steps.freshHead(core);
      if (now instanceof Refusal) return fate;
      const written = new Set(changes.map(({ key }) => key));
      for (let seq = base.head.last_segment_seq + 1; seq <= now.head.last_segment_seq; seq += 1) {
        const found = await getObject(core, segmentName(seq));
        if (found === undefined || found instanceof Refusal) return fate;
        const others = parseSegment(bodyText(found.body))?.records;
        if (others === undefined || others.some(({ key }) => written.has(key))) return fate;
      }
      return commitOn(core, now, changes);
    },
  },
);
