import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { connectionReset, timedOut } from "./failure.js";
import { storeHandler } from "./handler.js";
import type { StoreRequest, StoreResponse } from "./request.js";

const sdk = { method: "GET", path: "/bucket/a%20b/c%2Bd", headers: { "If-Match": '"e"' } };

test("a path-style request is taken apart, its key decoded, its headers' names in lower case", async () => {
  const heard: StoreRequest[] = [];
  const { response } = await storeHandler(async (request) => {
    heard.push(request);
    return { status: 200, body: "x" };
  }).handle(sdk);
  expect(heard).toEqual([{ method: "GET", key: "a b/c+d", ifMatch: '"e"' }]);
  expect(response.statusCode).toBe(200);
  expect(await text(response.body)).toBe("x");
});

const broken: readonly (readonly [StoreResponse, object])[] = [
  [timedOut, { name: "TimeoutError", code: "ETIMEDOUT" }],
  [connectionReset, { name: "Error", code: "ECONNRESET" }],
];
test.each(broken)("%j is the error that a socket would have given", async (answer, error) => {
  await expect(storeHandler(async () => answer).handle(sdk)).rejects.toMatchObject(error);
});

test("what the door does not know is refused, not guessed", async () => {
  const { handle } = storeHandler(async () => ({ status: 200 }));
  await expect(handle({ ...sdk, method: "POST" })).rejects.toThrow("does not know POST");
  await expect(handle({ ...sdk, method: "PUT", body: {} })).rejects.toThrow("a streamed body");
});
