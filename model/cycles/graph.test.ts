// Who has to come before whom: the writers, the chains, and the edges of small histories.
import { expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import { chainsOf } from "./chains.js";
import { claimsOf } from "./claims.js";
import { byId, graphOf, KINDS } from "./graph.js";
import { recordingOf } from "./reading.js";
import { INITIAL, NOBODY, SEVERAL, writersOf } from "./writers.js";

function drawn(line: string, ids = false, initial?: ReadonlyMap<string, string>, without?: Uint8Array) {
  const recording = recordingOf(historyOf(line), initial);
  const claims = claimsOf(recording);
  const writers = writersOf(recording, claims);
  const chains = chainsOf(recording, claims, writers, { ids });
  const graph = graphOf(recording, claims, writers, chains, without === undefined ? { ids } : { ids, without });
  const name = (session: number) => recording.client[session] ?? "?";
  const pair = (at: number) =>
    at < 0 ? "" : ` ${recording.keys[recording.keyOf[at] as number]}=${recording.valueAt[at] ?? ""}`;
  const edges: string[] = [];
  for (let from = 0; from < recording.begin.length; from += 1) {
    for (let edge = graph.start[from] as number; edge < (graph.start[from + 1] as number); edge += 1)
      edges.push(
        `${name(from)} ${KINDS[graph.kind[edge] as number]} ${name(graph.to[edge] as number)}${pair(graph.pair[edge] as number)}`,
      );
  }
  const written = Object.fromEntries(
    [...writers.writerOf].map((writer, at) => [
      pair(at).slice(1),
      writer >= 0 ? name(writer) : { [INITIAL]: "initial", [NOBODY]: "nobody", [SEVERAL]: "several" }[writer],
    ]),
  );
  const changes = recording.client.filter((_, session) => writers.changes[session] === 1).join("");
  return { edges, written, changes, gap: writers.gap ?? chains.gap, ranked: byId(recording).map(name).join("") };
}

const edges = (line: string, ids?: boolean) => drawn(line, ids).edges;

test("read, write over, read what was written over", () => {
  expect(edges("A[ A!a=1 A* A+1 B[ B?a=1 B!a=2 B* B+2 C[ C?a=1 C]")).toEqual([
    "A ww B a=1",
    "A wr B a=1",
    "A wr C a=1",
    "C rw B a=1",
  ]);
  expect(edges("C[ C?a C] A[ A?a A!a=1 A* A+1")).toEqual(["C rw A a="]);
  expect(edges("A[ A?a A!a=1 A* A+1")).toEqual([]);
});

test("two that wrote over one value are rivals", () => {
  expect(edges("A[ A?a B[ B?a A!a=1 A* A+1 B!a=2 B* B+2")).toEqual(["A rw B a=", "B rw A a="]);
});

test("of whom nothing was seen writes over nobody", () => {
  expect(drawn("A[ A?a A!a=1 A* A~ B[ B?a B!a=2 B* B+")).toMatchObject({ edges: ["A rw B a="], gap: null });
  expect(drawn("A[ A!a=1 A* A~ B[ B!a=2 B* B+ C[ C?a=2 C]")).toMatchObject({ edges: ["B wr C a=2"], gap: null });
});

test("ids are edges from one committed writer to the next, if they are asked for", () => {
  const line = "A[ A!a=1 A* A+5 B[ B!b=1 B* B+2 C[ C!c=1 C* C+ D[ D* D+9 E[ E!e=1 E* E~ F[ F!f=1 F* F+7";
  expect(drawn(line, true)).toMatchObject({ edges: ["A id F", "B id A"], ranked: "BAF" });
  expect(drawn(line)).toMatchObject({ edges: [], ranked: "BAF" });
});

test("what a session read need not count", () => {
  const line = "A[ A!a=1 A* A+1 B[ B?a=1 B?b B!a=2 B* B+2 C[ C!b=1 C* C+3";
  expect(drawn(line, false, undefined, Uint8Array.of(0, 0, 0)).edges).toEqual([
    "A ww B a=1",
    "A wr B a=1",
    "B rw C b=",
  ]);
  expect(drawn(line, false, undefined, Uint8Array.of(0, 1, 0)).edges).toEqual(["A ww B a=1"]);
});

test("who wrote what", () => {
  expect(
    drawn("A[ A!a=1 A!b=1 A* A+ B[ B!b=1 B* B+ C[ C!c=1 C* C- D[ D?a=1 D?d=9 D?{z=0} D]", false, new Map([["z", "0"]])),
  ).toMatchObject({
    written: {
      "a=": "initial",
      "a=1": "A",
      "b=": "initial",
      "b=1": "several",
      "c=": "initial",
      "c=1": "nobody",
      "d=": "initial",
      "d=9": "nobody",
      "z=": "nobody",
      "z=0": "initial",
    },
    changes: "AB",
  });
});

test("a delete is written by whoever deletes, and by the initial state too", () => {
  expect(drawn("A[ A!a A* A+").written).toEqual({ "a=": "several" });
  expect(drawn("A[ A!a A* A+", false, new Map([["a", "0"]])).written).toEqual({ "a=": "A", "a=0": "initial" });
});

test("a commit that nobody knows about changes the state if something was seen of it alone", () => {
  expect(drawn("A[ A!a=1 A!b=1 A* A~ B[ B?b=1 B]").changes).toBe("A");
  expect(drawn("A[ A!a=1 A* A~ B[ B?a B]").changes).toBe("");
  expect(drawn("A[ A!a=1 A* A~ B[ B!a=1 B* B~ C[ C?a=1 C]")).toMatchObject({
    changes: "",
    gap: "a value was seen that more than one may have written",
  });
  expect(drawn("A[ A!a=1 A* A~ B[ B!a=1 B* B~ C[ C?b C]")).toMatchObject({ changes: "", gap: null });
  expect(drawn("A[ A%a=1 A!b=1 A* A~ B[ B?a=1 B]")).toMatchObject({
    changes: "",
    written: { "a=1": "several" },
    gap: "a value was seen that more than one may have written",
  });
  expect(drawn("A[ A%a=1 A!b=1 A* A~ B[ B?b=1 B]")).toMatchObject({ changes: "A", gap: null });
  expect(drawn("A[ A%a=1 A]").written).toEqual({ "a=": "initial", "a=1": "nobody" });
});

const OPEN = 'the order of the writes to "a" is open';

test.each([
  ["one after the other in real time", "A[ A!a=1 A* A+ B[ B!a=2 B* B+ C[ C?a=2 C]", false, ["A ww B a=1"], null],
  ["two at once, and nobody looks", "A[ A!a=1 B[ B!a=2 A* B* A+ B+", false, [], null],
  ["two at once, and somebody does", "A[ A!a=1 B[ B!a=2 A* B* A+ B+ C[ C?a=1 C]", false, [], OPEN],
  ["two at once with ids", "A[ A!a=1 B[ B!a=2 A* B* A+2 B+1 C[ C?a=1 C]", true, ["B ww A a=2"], null],
  ["two at once, one of them without", "A[ A!a=1 B[ B!a=2 A* B* A+2 B+ C[ C?a=1 C]", true, [], OPEN],
  ["two at once with ids that don't count", "A[ A!a=1 B[ B!a=2 A* B* A+2 B+1 C[ C?a=1 C]", false, [], OPEN],
  [
    "a chain that overlaps another one",
    "A[ A!a=1 B[ B!a=2 A* B* A+ C[ C?a=1 C!a=3 C* C+ B+ D[ D?a=3 D]",
    false,
    [],
    OPEN,
  ],
  [
    "nothing can stand between two links of a chain",
    "A[ A!a=1 B[ B!a=2 A* A+ C[ C?a=1 C!a=3 B* B+ C* C+ D[ D?a=3 D]",
    false,
    ["A ww C a=1", "C ww B a=3"],
    null,
  ],
  ["a chain after another one", "A[ A!a=1 A* A+ C[ C?a=1 C!a=3 C* C+ B[ B!a=2 B* B+ D[ D?a=2 D]", false, [], null],
  [
    "heads are told apart by time, whoever began first",
    "A[ B[ B!a=1 B* B+ A!a=2 A* A+ C[ C?a=2 C]",
    false,
    ["B ww A a=1"],
    null,
  ],
  ["one without an id, in time", "B[ B!a=1 B* B+ A[ A!a=2 A* A+5 C[ C?a=2 C]", true, ["B ww A a=1"], null],
  [
    "a chain through the first session",
    "A[ B[ B!a=1 B* B+ A?a=1 A!a=2 A* A+ C[ C!a=3 C* C+ D[ D?a=3 D]",
    false,
    ["A ww C a=2", "B ww A a=1"],
    null,
  ],
  [
    "a chain through a session with other writes",
    "A[ A!a=1 A* A+ B[ B?a=1 B!a=2 B!b=1 B* B+ C[ C!a=3 C* C+ D[ D?a=3 D]",
    false,
    ["A ww B a=1", "B ww C a=2"],
    null,
  ],
  [
    "a value that two wrote, one over the other's place",
    "A[ A!a=1 A* A+ B[ B?a B!a=1 B* B+ C[ C?b C]",
    false,
    [],
    OPEN,
  ],
  ["a value that two wrote", "A[ A!a=1 A* A+ B[ B!a=1 B* B+ C[ C?b C?a C]", false, [], OPEN],
  [
    "a commit that nobody knows about is never over",
    "A[ A!a=1 A* A~ B[ B?a=1 B] B[ B!a=2 B* B+ C[ C?a=2 C]",
    false,
    [],
    OPEN,
  ],
] as const)("the order of the writes to one key: %s", (_why, line, ids, some, gap) => {
  const { edges: all, gap: found } = drawn(line, ids);
  expect(found).toBe(gap);
  if (some.length > 0) expect(all.filter((edge) => edge.includes(" ww "))).toEqual(some);
});
