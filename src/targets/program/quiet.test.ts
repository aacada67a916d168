// Waiting until a process has sent all that it sends in one go.
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { whenQuiet } from "./quiet.js";

/** How often it was looked at before `then` was called; what it looks like is given look by look, and stays at the last. */
async function looksUntilQuiet(...states: readonly (boolean | undefined)[]): Promise<number> {
  let looks = 0;
  await new Promise<void>((resolve) => {
    whenQuiet(() => {
      looks += 1;
      return states[Math.min(looks, states.length) - 1];
    }, resolve);
  });
  return looks;
}

test("it has to be seen asleep twice in a row", async () => {
  expect(await looksUntilQuiet(true)).toBe(2);
  expect(await looksUntilQuiet(false, true, false, true, true)).toBe(5);
});

test("where nothing can be seen, one look is enough; one that never sleeps is given up", async () => {
  expect(await looksUntilQuiet(undefined)).toBe(1);
  expect(await looksUntilQuiet(false)).toBeGreaterThan(10);
});

test.each([true, false, undefined])("called off while it is seen as %s, it is never called", async (state) => {
  let called = false;
  const cancel = whenQuiet(
    () => state,
    () => {
      called = true;
    },
  );
  cancel();
  await pause(120);
  expect(called).toBe(false);
});
