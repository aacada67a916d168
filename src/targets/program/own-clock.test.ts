// The clocks of processes, set through a file that libfaketime reads.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Clocks, installedLibrary } from "./own-clock.js";

/** Of no process: Linux has none so high. */
const PID = 999_999_999;
const faking = { library: "/a/libfaketime.so", monotonic: false };

test("the library: the one that is named, if it is there; none where the name is empty", () => {
  expect(installedLibrary({ LIBFAKETIME: process.execPath })).toBe(process.execPath);
  expect(installedLibrary({ LIBFAKETIME: "/no/such/file" })).toBeUndefined();
  expect(installedLibrary({ LIBFAKETIME: "" })).toBeUndefined();
});

test("a clock is a file of constant length, with seconds ahead or behind", () => {
  const clocks = new Clocks(faking);
  const clock = clocks.make();
  const { FAKETIME_TIMESTAMP_FILE: file = "" } = clock.env({});
  const said = (aheadMs: number): string => {
    clock.set(aheadMs);
    return readFileSync(file, "utf8");
  };
  const texts = [0, 15_250, -3_600_000.4, 1e12, -1].map(said);
  expect(texts).toEqual([
    "+0000000000.000\n",
    "+0000000015.250\n",
    "-0000003600.000\n",
    "+1000000000.000\n",
    "-0000000000.001\n",
  ]);
  clock.discard(PID);
  expect(existsSync(file)).toBe(false);
  clocks.close();
});

// Skipped: elsewhere memory that processes share is no folder.
test.skipIf(!existsSync("/dev/shm"))("what the library leaves behind of a killed process is removed", () => {
  const left = [`/dev/shm/faketime_shm_${PID}`, `/dev/shm/sem.faketime_sem_${PID}`];
  for (const file of left) writeFileSync(file, "");
  const clocks = new Clocks(faking);
  clocks.make().discard(PID);
  clocks.close();
  expect(left.map((file) => existsSync(file))).toEqual([false, false]);
});

test("the environment keeps what is preloaded already, and leaves the monotonic clock alone unless told otherwise", () => {
  const clocks = new Clocks(faking);
  const env = clocks.make().env({ LD_PRELOAD: "/b.so" });
  expect(env).toMatchObject({ LD_PRELOAD: "/a/libfaketime.so:/b.so", FAKETIME_DONT_FAKE_MONOTONIC: "1" });
  const both = new Clocks({ ...faking, monotonic: true });
  expect(both.make().env({})).not.toHaveProperty("FAKETIME_DONT_FAKE_MONOTONIC");
  for (const made of [clocks, both]) made.close();
});
