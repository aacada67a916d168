// Runs in which a program can't be driven.
import { expect, test } from "vitest";
import { ProgramError } from "../targets/program/protocol.js";
import { emptyTally } from "./tally.js";
import { Undriven } from "./undriven.js";

const broken = (what: string) => () => Promise.reject(new ProgramError(what));

test("each counts as a run in doubt, with the first reason; three in a row are hopeless, no fewer", async () => {
  const tally = emptyTally();
  const undriven = new Undriven(tally);
  for (const what of ["hangs", "floods"]) expect(await undriven.unless(broken(what))).toBeUndefined();
  expect(await undriven.unless(() => Promise.resolve("driven"))).toBe("driven");
  for (const what of ["hangs", "floods"]) await undriven.unless(broken(what));
  expect(undriven.hopeless).toBe(false);
  await undriven.unless(broken("hangs"));
  expect(undriven.hopeless).toBe(true);
  expect(tally).toMatchObject({ runs: 5, unknown: 5, unknownBecause: "hangs" });
});

test("the first is told at once, and no other", async () => {
  const told: string[] = [];
  const undriven = new Undriven(emptyTally(), (message) => told.push(message));
  for (const what of ["hangs", "floods"]) await undriven.unless(broken(what));
  expect(told).toEqual(["hangs"]);
});

test("any other error is a mistake of this program, and goes on", async () => {
  const undriven = new Undriven(emptyTally());
  await expect(undriven.unless(() => Promise.reject(new RangeError("ours")))).rejects.toThrow("ours");
});
