// The second verdict on histories with known verdicts; agreement.test.ts has random ones.
import { expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { searchCycles } from "./cycle-search.js";
import { searchOrder } from "./order-search.js";
import { recordingOf } from "./reading.js";
import { secondVerdict } from "./second-verdict.js";

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

test("what the search decides is said as it is", () => {
  const verdict = (line: string, budget?: number) =>
    secondVerdict(recordingOf(historyOf(line)), { ids: false, ...(budget === undefined ? {} : { budget }) });
  expect(verdict("A[ A!a=1 A* A+ B[ B!a=1 B* B+ C[ C?a=1 C]")).toEqual({ verdict: "valid" });
  expect(verdict("A[ A!a=1 A* A+ B[ B!a=1 B* B+ D[ D!a=2 D* D+ C[ C?a=1 C]")).toEqual({
    ...{ verdict: "invalid", proof: null },
    stuck: 3,
  });
  expect(verdict("A[ A!a=1 A* A+ B[ B!a=1 B* B+ C[ C?a=1 C]", 0)).toMatchObject({ verdict: "unknown" });
});

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

test("a key that stands twice in a scan does not stand for two", () => {
  const search = (line: string) => searchOrder(recordingOf(historyOf(line)), { ids: false }).verdict;
  expect(search("A[ A!a=1 A!b=1 A* A+ B[ B?{a=1,a=1} B]")).toBe("invalid");
  expect(search("A[ A!a=1 A* A+ B[ B?{a=1,a=1} B]")).toBe("valid");
});

test("values that name no writer are unknown to the cycle search", () => {
  const line = "A[ A!a=1 A* A+ B[ B!a=1 B* B+ C[ C?a=1 C]";
  expect(searchCycles(recordingOf(historyOf(line)), { ids: false }).verdict).toBe("unknown");
});
