// The simulated store keeps S3's contract: called as a function, through the real SDK's client, and over HTTP.
import { storeHandler } from "../src/store/handler.js";
import { fixedBuckets } from "../src/store/http/buckets.js";
import { listen } from "../src/store/http/listen.js";
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
    credentials: { accessKeyId: "simulated", secretAccessKey: "tOpSeCrEt" },
    requestHandler: storeHandler(simulatedSend()),
  });
  return { send: await sdkSend(client, "bucket"), prefix: "suite/", close: async () => client.destroy() };
});

storeConformance("the simulated store over HTTP", async () => {
  const send = simulatedSend();
  const door = await listen({
    host: "127.0.0.1",
    port: 0,
    buckets: fixedBuckets("bucket"),
    answer: send,
    now: () => 0,
  });
  const client = await createS3Client({
    region: "us-east-1",
    endpoint: door.endpoint,
    credentials: { accessKeyId: "simulated", secretAccessKey: "tOpSeCrEt" },
  });
  const close = async () => {
    client.destroy();
    await door.close();
  };
  return { send: await sdkSend(client, "bucket"), prefix: "suite/", close };
});
