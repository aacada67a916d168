// The simulated store keeps S3's contract, called as a function and through the real SDK's client.

import { storeHandler } from "../src/store/handler.js";
import type { Send } from "../src/store/request.js";
import { sdkSend } from "../src/store/sdk.js";
import { createS3Client } from "../src/store/sdk-client.js";
import { SimulatedStore } from "../src/store/simulated.js";
import { storeConformance } from "./conformance/store.js";

/** A store whose clock moves on by a third of a second with each request. */
function simulatedSend(): Send {
  let now = 1_700_000_000_123;
  const store = new SimulatedStore({
    now: () => {
      now += 333;
      return now;
    },
  });
  return async (request) => store.apply(request);
}

storeConformance("the simulated store", async () => ({
  send: simulatedSend(),
  prefix: "suite/",
  close: async () => undefined,
}));

storeConformance("the simulated store under the SDK's client", async () => {
  const client = await createS3Client({
    region: "us-east-1",
    endpoint: "http://simulated.invalid",
    credentials: { accessKeyId: "simulated", secretAccessKey: "simulated" },
    requestHandler: storeHandler(simulatedSend()),
  });
  return { send: await sdkSend(client, "bucket"), prefix: "suite/", close: async () => client.destroy() };
});
