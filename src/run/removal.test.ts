// What a run wrote is taken away even from a server that is busy for a moment.
import { expect, test } from "vitest";
import { systemClock } from "../store/clock.js";
import { removeObject } from "./removal.js";

test.each([
  ["gone at once", [204], true, 1],
  ["never there", [404], true, 1],
  ["busy, then gone", [503, 503, 204], true, 3],
  ["a connection that breaks, then gone", [0, 204], true, 2],
  ["always busy", [503, 503, 503, 503, 503, 204], false, 5],
  ["not allowed", [403, 204], false, 1],
])("%s", async (_what, statuses, gone, asked) => {
  const left = [...statuses];
  const waits: number[] = [];
  const clock = { ...systemClock, sleep: async (ms: number) => void waits.push(ms) };
  expect(await removeObject(async () => ({ status: left.shift() ?? 500 }), "k", clock)).toBe(gone);
  expect(statuses.length - left.length).toBe(asked);
  expect(waits).toEqual([50, 100, 200, 400].slice(0, asked - 1));
});
