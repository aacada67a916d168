// The ways from a run to its store: one a line of the registry.
import { storeHandler } from "../store/handler.js";
import { withPersonalities } from "../store/personalities/index.js";
import type { Send } from "../store/request.js";
import { sdkSend } from "../store/sdk.js";
import { createS3Client } from "../store/sdk-client.js";
import { SimulatedStore } from "../store/simulated.js";
import type { Tier } from "./tier.js";

/** The simulated store, reached by a function call: the fastest. */
export const memoryTier: Tier = {
  name: "memory",
  open: (clock, personalities) => {
    const store = new SimulatedStore({ now: () => clock.nowMs });
    const apply = withPersonalities((request) => store.apply(request), personalities);
    return { store: apply, prefix: "run/", content: () => store.content() };
  },
};

/** The same store, but every client reaches its door through the real S3Client: serializers, middleware, errors. */
export const sdkTier: Tier = {
  ...memoryTier,
  name: "sdk",
  leg: async (send: Send): Promise<Send> => {
    const credentials = { accessKeyId: "simulated", secretAccessKey: "simulated" };
    const client = await createS3Client({
      region: "us-east-1",
      endpoint: "http://simulated.invalid",
      credentials,
      requestHandler: storeHandler(send),
    });
    return sdkSend(client, "simulated");
  },
};
