import { afterEach, expect, test, vi } from "vitest";
import { slowDown } from "./failure.js";
import { storeHandler } from "./handler.js";
import { sdkSend } from "./sdk.js";
import { createS3Client } from "./sdk-client.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const options = {
  region: "us-east-1",
  endpoint: "http://simulated.invalid",
  credentials: { accessKeyId: "simulated", secretAccessKey: "tOpSeCrEt" },
};

// First in this file: the SDK warns once in a process, at its first client.
test("the SDK's word on old versions of Node is not heard, any other warning is", async () => {
  const heard = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  await createS3Client(options);
  expect(heard).not.toHaveBeenCalled();
  process.emitWarning("another");
  expect(heard).toHaveBeenCalledExactlyOnceWith("another");
});

test("each request is sent once: a retried conditional PUT would meet its own object", async () => {
  let sent = 0;
  const requestHandler = storeHandler(async () => {
    sent += 1;
    return slowDown;
  });
  const send = await sdkSend(await createS3Client({ ...options, requestHandler }), "bucket");
  expect(await send({ method: "PUT", key: "a", body: "x", ifNoneMatch: "*" })).toMatchObject(slowDown);
  expect(sent).toBe(1);
});
