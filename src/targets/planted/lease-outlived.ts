import { Refusal } from "../../manifest/answer.js";
import type { Environment, Snapshot } from "../../manifest/core.js";
import { openManifest } from "../../manifest/manifest.js";
import { CHECKPOINTS, segmentName } from "../../manifest/names.js";
import { pin } from "../../manifest/snapshot.js";
import { realSteps } from "../../manifest/steps.js";
import type { StoreResponse } from "../../store/request.js";
import type { Target } from "../target.js";

export const leaseOutlived: Target = {
  id: "lease-outlived",
  says: "A reader never renews its lease nor looks whether it still holds; what has been collected meanwhile is skipped.",
  bug: { class: 11, happenedIn: "slatedb#1888, fusio-manifest" },
  open: (env) => {
    let reading: Snapshot | undefined;
    const send: Environment["send"] = async (request) => {
      const response = await env.send(request);
      if (response.status !== 404 || request.method !== "GET" || reading === undefined) return response;
      const key = request.key.slice(env.prefix.length);
      if (key === segmentName(reading.nextSeq))
        return found({ txn_id: 0, records: [], nonce: reading.nextNonce, prev: null });
      return key.startsWith(CHECKPOINTS) ? found({ entries: [] }) : response;
    };
    return openManifest(
      { ...env, send },
      {
        ...realSteps,
        pin: async (core, pinned) => {
          const snapshot = await pin(core, pinned);
          reading = snapshot instanceof Refusal ? undefined : snapshot;
          if (reading !== undefined) reading.lease.date = Number.POSITIVE_INFINITY;
          return snapshot;
        },
      },
    );
  },
};

const found = (content: object): StoreResponse => ({ status: 200, etag: '"none"', body: JSON.stringify(content) });
