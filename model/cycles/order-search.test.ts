// The search on histories where only it can tell: values repeat, or name no writer.
import { expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { searchOrder } from "./order-search.js";
import { recordingOf } from "./reading.js";

const search = (line: string, ids = false) => searchOrder(recordingOf(historyOf(line)), { ids });

test.each([
  ["nothing", ""],
  ["a reader between two that wrote the same", "A[ A!a=1 A* A+ B[ B!a=2 B* B+ C[ C!a=1 C* C+ D[ D?a=1 D]"],
  ["overlapping writers in either order", "A[ B[ A!a=1 B!a=2 A* B* A+ B+ C[ C?a=1 C]"],
  ["overlapping writers in either order", "A[ B[ A!a=1 B!a=2 A* B* A+ B+ C[ C?a=2 C]"],
  ["a reader that has to wait for a writer", "C[ A[ A!a=1 A* C?a=1 C] A+"],
  ["a reader that must come before it", "C[ A[ A!a=1 A* C?a C] A+"],
  ["two readers about one writer", "C[ D[ A[ A!a=1 A* D?a C?a=1 C] D] A+"],
  ["a commit that nobody knows about, needed", "A[ A!a=1 A* A~ B[ B?a=1 B]"],
  ["not needed", "A[ A!a=1 A* A~ B[ B?a B]"],
  ["needed later", "A[ A!a=1 A* A~ B[ B?a B] B[ B?a=1 B]"],
  ["a delete that nobody knows about, needed by a scan", "A[ A!a=1 A* A+ B[ B!a B* B~ C[ C?{} C]"],
  ["needed by a get", "A[ A!a=1 A* A+ B[ B!a B* B~ C[ C?a C]"],
  ["with reads that were true in its span, not effective", "A[ A?a A!b=1 A* A~ B[ B!a=1 B* B+ C[ C?b C]"],
  ["with reads that become true later", "A[ A?a=1 A!b=1 A* A~ B[ B!a=1 B* B+ C[ C?b=1 C]"],
  ["needed by a scan", "A[ A!a=1 A* A~ B[ B?{a=1} B]"],
  ["with reads that become true later, though nobody needs it", "A[ A?a=1 A!b=1 A* A~ B[ B!a=1 B* B+"],
  ["a scan between two writers at once", "A[ B[ R[ A!a=1 B!b=1 A* B* R?{a=1} R] A+ B+"],
  ["a scan between two writers at once", "A[ B[ R[ A!a=1 B!b=1 A* B* R?{b=1} R] A+ B+"],
  ["gets between three writers at once", "A[ B[ C[ R[ A!a=1 B!b=1 C!c=1 A* B* C* R?b=1 R?c=1 R?a R] A+ B+ C+"],
  [
    "gets between three writers at once",
    "A[ B[ C[ R[ A!a=1 B!b=1 C!c=1 A* B* C* R?{b=1} R?a R] A+ B+ C+ D[ D?{a=1,b=1,c=1} D]",
  ],
  // M reads what holds at first only, and is tried there first; then its write is in the way.
  ["a maybe taken back", "R[ M[ A[ M?a M!b=1 A!a=1 M* A* M~ A+ R?b R?a=1 R]"],
  ["a maybe taken back, to be effective later", "M[ A[ M?a=1 M!b=1 A!a=1 M* A* M~ A+ R[ R?b R] R[ R?b=1 R]"],
  ["a maybe between two others", "M[ A[ B[ R[ M?a M!c=1 A!a=1 B!b=1 M* A* B* M~ R?b=1 R?a R?c R] A+ B+ S[ S?c S]"],
  [
    "a maybe between two others, effective",
    "M[ A[ B[ R[ M?b=1 M!c=1 A!a=1 B!b=1 M* A* B* M~ R?b=1 R?a R?c R] A+ B+ S[ S?c=1 S]",
  ],
  ["a put that nobody knows about, either way", "A[ A%a=1 A!b=1 A* A~ B[ B?a=1 B?b=1 B]"],
  ["a put that nobody knows about, either way", "A[ A%a=1 A!b=1 A* A~ B[ B?a B?b=1 B]"],
])("valid: %s: %s", (_why, line) => expect(search(line)).toEqual({ verdict: "valid" }));

test.each([
  ["a value that is gone", "A[ A!a=1 A* A+ B[ B!a=2 B* B+ C[ C?a=1 C]", 2],
  ["two readers, two orders", "A[ B[ A!a=1 B!a=2 A* B* A+ B+ C[ C?a=1 C] C[ C?a=2 C]", 3],
  ["a writer that read what was gone", "A[ A!a=1 A* A+ B[ B?a B!b=1 B* B+", 1],
  ["effective though its reads were never true", "A[ A?a=7 A!b=1 A* A~ C[ C?b=1 C]", 1],
  ["a commit that nobody knows about, before it was asked for", "B[ B?a=1 B] A[ A!a=1 A* A~", 0],
  ["twice", "A[ A!a=1 A* A~ B[ B?a=1 B] B[ B!a=2 B* B+ C[ C?a=1 C]", 3],
  ["half of a put that nobody knows about", "A[ A%a=1 A!b=1 A* A~ B[ B?a=1 B?b B]", 1],
])("invalid: %s: %s", (_why, line, stuck) => expect(search(line)).toEqual({ verdict: "invalid", stuck }));

test("ids ascend along the order, if they are asked for", () => {
  const line = (reads: string) => `A[ B[ A!a=1 B!a=2 A* B* A+2 B+1 C[ C?a=${reads} C]`;
  expect([search(line("1"), true).verdict, search(line("1")).verdict]).toEqual(["valid", "valid"]);
  expect([search(line("2"), true).verdict, search(line("2")).verdict]).toEqual(["invalid", "valid"]);
  // A commit that nobody knows about does not let them start again.
  expect(search("A[ B[ F[ A!a=1 B!a=2 F!f=1 A* B* F* A+2 B+1 F~ C[ C?a=2 C?f=1 C]", true).verdict).toBe("invalid");
  expect(search("A[ B[ F[ A!a=1 B!a=2 F!f=1 A* B* F* A+1 B+2 F~ C[ C?a=2 C?f=1 C]", true).verdict).toBe("valid");
  // Who has none, and who may not have committed, is free.
  expect(search("A[ B[ A!a=1 B!a=2 A* B* A+2 B+ C[ C?a=2 C]", true).verdict).toBe("valid");
  expect(search("A[ B[ A!a=1 B!a=2 A* B* A+2 B~ C[ C?a=2 C]", true).verdict).toBe("valid");
  expect(search("A[ A!a=1 A* A+1 B[ B!b=1 B* B+1", true).verdict).toBe("invalid");
});

test("too many puts that nobody knows about are unknown", () => {
  const puts = Array.from("abcdefg", (key) => `A%${key}=1`).join(" ");
  expect(search(`A[ ${puts} A* A~`)).toEqual({
    verdict: "unknown",
    message: "a session has too many puts that nobody knows about",
  });
});

test("what led nowhere is not tried again: seven writers at once in a few hundred moments, not 13,700", () => {
  const names = Array.from("ABCDEFG");
  const writers = names.map((name) => `${name}[ ${name}!${name.toLowerCase()}=1 ${name}*`).join(" ");
  const answers = names.map((name) => `${name}+`).join(" ");
  const recording = recordingOf(historyOf(`${writers} ${answers} Z[ Z?a Z]`));
  let asked = 0;
  const answer = searchOrder(recording, {
    ids: false,
    spent: () => {
      asked += 1;
      return false;
    },
  });
  expect(answer.verdict).toBe("invalid");
  expect(asked).toBeGreaterThan(0);
  expect(asked * 256).toBeLessThan(2000);
  expect(searchOrder(recording, { ids: false, budget: 200 }).verdict).toBe("unknown");
});
