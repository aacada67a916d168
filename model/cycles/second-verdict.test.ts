// The second verdict against trying every order, and on histories with known verdicts.
import { expect, test } from "vitest";
import { agreementOn } from "../../test/agreement.js";
import { histories } from "../../test/how-many.js";
import { historyOf } from "../../test/notation.js";
import { searchCycles } from "./cycle-search.js";
import { searchOrder } from "./order-search.js";
import { recordingOf } from "./reading.js";
import { secondVerdict } from "./second-verdict.js";

test(`nobody is wrong on ${histories(3000)} random histories`, () => {
  const decided = { cycles: 0, order: 0, sweep: 0 };
  // Other histories than version-sweep.test.ts looks at.
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

const second = (line: string, ids = false): string => secondVerdict(recordingOf(historyOf(line)), { ids }).verdict;

test.each([
  ["valid", ""],
  ["valid", "A[ A!a=1 A* A+ B[ B?a=1 B]"],
  ["valid", "A[ A!a=1 A* A+ B[ B?a=1 B!a=2 B* B+ C[ C?{a=2} C]"],
  ["invalid", "A[ A!a=1 A* A+ B[ B?a B]"],
  ["invalid", "A[ A?a B[ B?a A!a=1 A* A+ B!a=2 B* B+"],
  ["invalid", "A[ A?b B[ B?a A!a=1 A* A+ B!b=1 B* B+"],
  ["invalid", "A[ A!a=1 A* A- B[ B?a=1 B]"],
  ["valid", "A[ A%a=1 A* A~ B[ B?a=1 B]"],
  ["valid", "A[ A!a=1 A%a=2 A* A~ B[ B?a=1 B]"],
  ["invalid", "A[ A!a=1 A%a=2 A* A~ B[ B?a=1 B] B[ B?a=2 B]"],
])("%s: %s", (verdict, line) => expect(second(line)).toBe(verdict));

test("ids count only if asked for", () => {
  const line = "A[ A!a=1 A* A+2 B[ B!b=1 B* B+1";
  expect([second(line, true), second(line, false)]).toEqual(["invalid", "valid"]);
  expect(second("A[ A!a=1 A* A+1 B[ B!b=1 B* B+1", true)).toBe("invalid");
});

test("a search that is given up is unknown", () => {
  // Blind writes of values that repeat, all at once, and a reader of something impossible.
  const writers = Array.from("ABCDEFGH", (name) => `${name}[ ${name}!a=1 ${name}!b=${name} ${name}*`);
  const line = `${writers.join(" ")} I[ I?a=1 I?b=Z I] J[ J!b=Z J* J~`;
  const recording = recordingOf(historyOf(line));
  expect(searchOrder(recording, { ids: false, budget: 3 }).verdict).toBe("unknown");
  expect(searchOrder(recording, { ids: false, spent: () => true, budget: 256 }).verdict).toBe("unknown");
  expect(searchOrder(recording, { ids: false }).verdict).toBe("invalid");
});

test("values that name no writer are unknown to the cycle search", () => {
  const line = "A[ A!a=1 A* A+ B[ B!a=1 B* B+ C[ C?a=1 C]";
  expect(searchCycles(recordingOf(historyOf(line)), { ids: false }).verdict).toBe("unknown");
});
