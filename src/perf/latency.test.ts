import { expect, test } from "vitest";
import { latencyOf } from "./latency.js";
import { latencyFile, parseLatency } from "./latency-file.js";
import { models } from "./latency-models.js";

test("the models say what their sources say", () => {
  const [s3, express] = [models.get("s3"), models.get("s3-express")];
  if (s3 === undefined || express === undefined) throw new Error("a model is missing");
  expect(latencyOf(s3, "GET", 0.9)).toBe(50);
  expect(latencyOf(s3, "PUT", 0.99)).toBeLessThan(200);
  expect(latencyOf(express, "GET", 0.9)).toBe(5);
  expect(latencyOf(express, "PUT", 0.98)).toBeLessThan(10);
  expect(latencyOf(s3, "HEAD", 0.5)).toBe(latencyOf(s3, "GET", 0.5));
});

test("measured times become a file, and the file a model with the same quantiles", () => {
  const times = Array.from({ length: 1001 }, (_, i) => i / 10);
  const model = parseLatency(latencyFile("here", "measured by a test", { GET: times, PUT: times.map((t) => 2 * t) }));
  expect(model).toMatchObject({ name: "here", source: "measured by a test" });
  expect(latencyOf(model, "GET", 0.5)).toBe(50);
  expect(latencyOf(model, "PUT", 0.25)).toBe(50);
  expect(latencyOf(model, "GET", 0.375)).toBeCloseTo(37.5);
  expect(() => latencyFile("here", "", { GET: times })).toThrow("GET and PUT are needed");
});

test.each([
  ["[]", "not a JSON object"],
  ["{", "not a JSON object"],
  ['{"requests":{}}', '"latency": 1'],
  ['{"latency":1}', '"requests" is missing'],
  ['{"latency":1,"requests":{"POST":[]}}', "requests.POST: known are GET"],
  ['{"latency":1,"requests":{"GET":[[0,1],[100,2]]}}', "needs GET and PUT"],
  ['{"latency":1,"requests":{"GET":[[0,5],[100,2]]}}', "must not go down"],
  ['{"latency":1,"requests":{"GET":[[0,5],[100,"x"]]}}', "is not [percent, milliseconds]"],
  ['{"latency":1,"requests":{"GET":[[0,5],[100,1e308]]}}', "requests.GET: [100,1e+308]: milliseconds go up to 3600000"],
])("%s is told what it lacks", (text, message) => {
  expect(() => parseLatency(text)).toThrow(message);
});
