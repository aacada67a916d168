// The two ways in check each other: the same plan comes to the same verdict in process and as a program.
import { expect, test } from "vitest";
import { compareBothWays } from "./both-ways.js";

test.each([
  ["manifest", 6],
  ["ack-before-publish", 4],
])("%s: %i plans, both ways", async (target, runs) => {
  const { sameVerdict, differing, invalid } = await compareBothWays(target, 2, runs);
  expect(differing).toEqual([]);
  expect([sameVerdict, invalid > 0]).toEqual([runs, target !== "manifest"]);
});
