// The sweep against trying everything, on thousands of random histories.
import { expect, test } from "vitest";
import { isSerializable } from "../test/brute-force.js";
import { histories } from "../test/how-many.js";
import { historyOf } from "../test/notation.js";
import { randomHistory } from "../test/random-history.js";
import { sessionsOf } from "./sessions.js";
import { isFloating } from "./transaction.js";
import { checkByVersion } from "./version-sweep.js";

test(`agrees with trying everything on ${histories(20_000)} random histories`, () => {
  const count = { valid: 0, invalid: 0, floating: 0 };
  for (let seed = 0; seed < histories(20_000); seed += 1) {
    const line = randomHistory(seed);
    const transactions = sessionsOf(historyOf(line));
    const expected = isSerializable(transactions) ? "valid" : "invalid";
    const answer = checkByVersion(transactions);
    if (answer.verdict !== expected) expect(`${seed}: ${line}: ${answer.verdict}`).toBe(expected);
    count[expected] += 1;
    if (transactions.some(({ outcome }) => outcome === "unknown")) count.floating += 1;
  }
  // Neither verdict is rare, or the agreement would say little.
  expect(Math.min(count.valid, count.invalid, count.floating)).toBeGreaterThan(histories(20_000) / 10);
});

/** The first three commits that were answered ok are answered info. */
function doubtful(line: string): string {
  let left = 3;
  return line.replace(/([A-C])\+\d+/g, (answer, client) => {
    left -= 1;
    return left < 0 ? answer : `${client}~`;
  });
}

test("agrees with trying everything where nobody knows about the first commits", () => {
  const count = { valid: 0, invalid: 0, placed: 0 };
  for (let seed = 900_000; seed < 900_000 + histories(600); seed += 1) {
    const line = doubtful(randomHistory(seed));
    const transactions = sessionsOf(historyOf(line));
    const expected = isSerializable(transactions) ? "valid" : "invalid";
    const answer = checkByVersion(transactions);
    if (answer.verdict !== expected) expect(`${seed}: ${line}: ${answer.verdict}`).toBe(expected);
    count[expected] += 1;
    const placed = answer.verdict === "valid" ? answer.order : [];
    if (placed.some((index) => isFloating(transactions[index] as (typeof transactions)[number]))) count.placed += 1;
  }
  expect(Math.min(count.valid, count.invalid, count.placed)).toBeGreaterThan(histories(600) / 30);
});
