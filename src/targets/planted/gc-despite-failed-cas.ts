import { Refusal } from "../../manifest/answer.js";
import { ask, listNames } from "../../manifest/ask.js";
import { compact } from "../../manifest/compact.js";
import { parseHead } from "../../manifest/format.js";
import { HEAD, SEGMENTS, seqOfSegment } from "../../manifest/names.js";
import { bodyText } from "../../store/body.js";
import { hearing, replacing } from "./plant.js";

export const gcDespiteFailedCas = replacing(
  {
    id: "gc-despite-failed-cas",
    class: 15,
    says: "A compactor that loses the race for HEAD deletes the segments that its checkpoint contains, which HEAD does not name.",
    happenedIn: "chroma#4972",
  },
  {
    compact: async (core) => {
      let folded: number | undefined;
      const once = hearing(core, ({ method, key, body = "" }, response) => {
        if (method !== "PUT" || key !== core.env.prefix + HEAD || response.status !== 412) return response;
        folded = parseHead(bodyText(body))?.head.checkpoint_seq;
        return { ...response, status: 400, code: "GivenUp" };
      });
      const result = await compact(once);
      const covered = folded ?? 0;
      if (covered === 0) return result;
      const names = await listNames(core, SEGMENTS);
      if (names instanceof Refusal) return names;
      for (const key of names.filter((name) => (seqOfSegment(name) ?? covered + 1) <= covered))
        await ask(core, { method: "DELETE", key });
      return result;
    },
  },
);
