// When two verdicts disagree, and when they can't.
import { expect, test } from "vitest";
import { recordingOf } from "../model/cycles/reading.js";
import { sessionsOf } from "../model/sessions.js";
import { checkByVersion, type Serializability } from "../model/version-sweep.js";
import { historyOf } from "../test/notation.js";
import { secondOpinion } from "./second-opinion.js";

const opinion = (line: string, sweep?: Serializability, budget?: number) =>
  secondOpinion(sweep ?? checkByVersion(sessionsOf(historyOf(line))), recordingOf(historyOf(line)), budget);

const GOOD = "A[ A!a=1 A* A+1 B[ B?a=1 B]";
const BAD = "A[ A!a=1 A* A+1 B[ B?a B]";
const BACKWARDS = "A[ A!a=1 A* A+2 B[ B!b=1 B* B+1";
/** Values that repeat: only a search tells. */
const REPEATED = "A[ A!a=1 A* A+1 B[ B!a=1 B* B+2 C[ C?a=1 C]";

test("they agree", () => {
  for (const line of [GOOD, BAD, BACKWARDS, REPEATED])
    expect(opinion(line)).toEqual({ compared: true, disagreement: null });
});

test("a sweep that does not know can't be contradicted", () => {
  expect(opinion("A[ A!a=1 A* A+ B[ B?a B]")).toEqual({ compared: false, disagreement: null });
});

test("nor can it by a search that was given up", () => {
  expect(opinion(REPEATED, undefined, 0)).toEqual({ compared: false, disagreement: null });
});

test("a sweep that is wrong either way is told so", () => {
  expect(opinion(BAD, { verdict: "valid", order: [0] })).toEqual({
    compared: true,
    disagreement: expect.stringMatching(
      /^the version sweep says valid, the second checker invalid: \{"verdict":"invalid"/,
    ),
  });
  const anomaly = { kind: "stale read", message: "why", transactions: [] } as const;
  expect(opinion(GOOD, { verdict: "invalid", anomaly })).toEqual({
    compared: true,
    disagreement: 'the version sweep says invalid (stale read: why), the second checker valid: {"verdict":"valid"}',
  });
});
