// All verdicts against trying every order, on random histories.
import { expect, test } from "vitest";
import { agreementOn } from "../../test/agreement.js";
import { histories } from "../../test/how-many.js";

test(`nobody is wrong on ${histories(3000)} random histories`, () => {
  const decided = { cycles: 0, order: 0, sweep: 0 };
  // Other histories than ../agreement.test.ts looks at.
  for (let seed = 500_000; seed < 500_000 + histories(3000); seed += 1) {
    for (const { verdicts, wrong } of agreementOn(seed)) {
      expect(wrong).toBeNull();
      for (const [name, verdict] of Object.entries(verdicts)) {
        if (verdict !== "unknown") decided[name as keyof typeof decided] += 1;
      }
    }
  }
  // An answer of `unknown` every time would agree as well.
  expect(decided.cycles).toBeGreaterThan(histories(3000));
  expect(decided.order).toBe(2 * histories(3000));
  expect(decided.sweep).toBeGreaterThan(0.9 * histories(3000));
});
