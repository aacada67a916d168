// What the cycle search proves, and where it has to say that it does not know.
import { describe, expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { searchCycles } from "./cycle-search.js";
import { recordingOf } from "./reading.js";

const search = (line: string, ids = false) => searchCycles(recordingOf(historyOf(line)), { ids });

describe("valid", () => {
  test.each([
    [""],
    ["A[ A!a=1 A* A+ B[ B?a=1 B!a=2 B* B+ C[ C?{a=2} C]"],
    ["A[ A!a=1 A* A~ B[ B?a B]"],
    ["A[ A!a=1 A* A~ B[ B?a B] B[ B?a=1 B]"],
    ["A[ A!a=1 A!b=1 A* B[ B?b B?a B] A+"],
    ["A[ A!a=1 A* A- B[ B?a B]"],
    ["A[ A!a=1 A!a=2 A* A+ B[ B?a=2 B]"],
  ])("%s", (line) => expect(search(line)).toEqual({ verdict: "valid" }));
});

test("ids tell the order of writes, if they are asked for", () => {
  const line = "A[ B[ A!a=1 B!a=2 A* B* A+2 B+1 C[ C?a=1 C]";
  expect([search(line, true).verdict, search(line).verdict]).toEqual(["valid", "unknown"]);
});

describe("invalid, with a proof", () => {
  test.each([
    ["torn", "A[ A!a=1 A* A+ B[ B?a B?a=1 B]", { session: 1, pair: 0, after: 1 }],
    ["impossible", "A[ A!a=1 A* A- B[ B?a=1 B]", { session: 1, pair: 1, by: 0 }],
    ["impossible", "A[ A!c=1 A] B[ B!b=1 B] C[ C?b=1 C]", { session: 2, pair: 3, by: 1 }],
    ["impossible", "A[ A?a=1 A!a=1 A* A+", { session: 0, pair: 1, by: 0 }],
    ["impossible", "B[ B?b B] B[ B?a=7 B]", { session: 1, pair: 2, by: null }],
  ])("%s: %s", (kind, line, proof) => expect(search(line)).toEqual({ verdict: "invalid", proof: { kind, ...proof } }));

  test("who waits for two does not go after one", () => {
    expect(search("X[ P[ P!p=1 P* P+ Q[ Q!q=1 Q!r=1 Q* Q+ X?p=1 X?r=1 X?q X]")).toMatchObject({ verdict: "invalid" });
  });

  test("a cycle, edge by edge", () => {
    expect(search("A[ A!a=1 A* A+ B[ B?a B]")).toEqual({
      verdict: "invalid",
      proof: {
        kind: "cycle",
        edges: [
          { from: 0, to: 1, kind: "rt", pair: -1 },
          { from: 1, to: 0, kind: "rw", pair: 0 },
        ],
      },
    });
  });

  test("one id for two, wherever they stand, if ids count", () => {
    const line = "A[ A!a=1 A* A+5 B[ B!b=1 B* B+2 C[ C!c=1 C* C+5";
    expect(search(line, true)).toEqual({ verdict: "invalid", proof: { kind: "twice", first: 0, second: 2 } });
    expect(search(line)).toEqual({ verdict: "valid" });
  });
});

describe("unknown", () => {
  const OPEN = 'the order of the writes to "a" is open';
  const SHARED = "a value was seen that more than one may have written";
  const READS = "the reads of a commit that nobody knows about decide";
  test.each([
    [OPEN, "A[ B[ A!a=1 B!a=2 A* B* A+ B+ C[ C?a=1 C]"],
    [SHARED, "A[ A!a=1 A* A+ B[ B!a=1 B* B+ C[ C?a=1 C]"],
    // A's read was wrong in its span, but may be right later; nothing of it was seen.
    [READS, "B[ B!a=1 B* B+ A[ A?a A!b=1 A* A~"],
    [READS, "B[ B!a=1 B* B+ A[ A?a A!b=1 A* A~ C[ C?b C]"],
    [READS, "A[ A?a=1 A!b=1 A* A~ B[ B!a=1 B* B+"],
  ])("%s: %s", (message, line) => expect(search(line)).toEqual({ verdict: "unknown", message }));

  test("a cycle that needs no such read is certain all the same", () => {
    expect(search("B[ B!a=1 B* B+ A[ A?a A!b=1 A* A~ C[ C?a C]")).toMatchObject({
      verdict: "invalid",
      proof: {
        edges: [
          { from: 0, to: 2, kind: "rt" },
          { from: 2, to: 0, kind: "rw" },
        ],
      },
    });
  });

  test("what was seen of a commit that nobody knows about makes its reads count", () => {
    expect(search("B[ B!a=1 B* B+ A[ A?a A!b=1 A* A~ C[ C?b=1 C]")).toMatchObject({ verdict: "invalid" });
  });

  test("a commit that nobody knows about and that read nothing decides nothing", () => {
    expect(search("B[ B!a=1 B* B+ A[ A!b=1 A* A~ C[ C?a C]")).toMatchObject({ verdict: "invalid" });
  });
});

test("of several cycles the smallest of the worst kind is told", () => {
  const kinds = (line: string, ids = false) => {
    const answer = search(line, ids);
    return answer.verdict === "invalid" && answer.proof.kind === "cycle"
      ? answer.proof.edges.map(({ from, to, kind }) => `${from}${kind}${to}`).join(" ")
      : answer.verdict;
  };
  // A long one by reads, and a short one by real time: without real time comes first.
  expect(kinds("A[ A!x=1 B[ B!y=1 A?y=1 B?x=1 A* B* A+ B+ C[ C?x C]")).toBe("0wr1 1wr0");
  expect(kinds("A[ A?x B[ B?y A!y=1 B!x=1 A* B* A+ B+ C[ C?x C]")).toBe("0rw1 1rw0");
  // Two by real time: that of two edges, though the one of three begins earlier.
  expect(kinds("A[ A!a=1 A* B[ B?a=1 B] C[ C?a C] A+ D[ D?a D]")).toBe("0rt3 3rw0");
  // Two at once: the smaller one, whoever comes first; and what fewer kinds show, however long.
  const all = "A[ B[ C[ D[ E[";
  const skew = "D?p D!q=1 E?q E!p=1 A* B* C* D* E* A+ B+ C+ D+ E+";
  expect(kinds(`${all} A?x A!y=1 B?y B!z=1 C?z C!x=1 ${skew}`)).toBe("3rw4 4rw3");
  expect(kinds(`${all} A!x=1 B!y=1 C!z=1 A?z=1 B?x=1 C?y=1 ${skew}`)).toBe("0wr1 1wr2 2wr0");
  // Who began first may have asked last.
  expect(kinds("A[ A?b B[ B!b=1 B* B+ A!a=1 A* A+")).toBe("1rt0 0rw1");
  // One that needs ids comes last.
  expect(kinds("A[ A!a=1 A* A+2 B[ B!b=1 B* B+1 C[ C?a C]", true)).toBe("0rt2 2rw0");
  expect(kinds("A[ A!a=1 A* A+2 B[ B!b=1 B* B+1", true)).toBe("0rt1 1id0");
  // A chain of real time is one edge.
  expect(kinds("A[ A!a=1 A* A+ B[ B?b B] C[ C?c C] D[ D?a D]")).toBe("0rt3 3rw0");
});
