import { expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import { claimsOf } from "./claims.js";
import { sessionsOf } from "./sessions.js";

test("gets as they are, then of each scan what is in it and what is not", () => {
  const [session] = sessionsOf(historyOf("A[ A?b=2 A?{a=1} A?c A?{} A]"));
  expect(session === undefined ? [] : [...claimsOf(session, ["a", "b"])]).toEqual([
    { key: "b", value: "2", at: 3 },
    { key: "c", value: null, at: 7 },
    { key: "a", value: "1", at: 5 },
    { key: "b", value: null, at: 5 },
    { key: "a", value: null, at: 9 },
    { key: "b", value: null, at: 9 },
  ]);
});

test("who did not scan says nothing of other keys", () => {
  const [session] = sessionsOf(historyOf("A[ A?a A]"));
  expect(session === undefined ? [] : [...claimsOf(session, ["a", "b"])]).toHaveLength(1);
});
