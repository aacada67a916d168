import { expect, test } from "vitest";
import type { Outcome, Transaction } from "../model/transaction.js";
import { Contest } from "./contest.js";

const transaction = (client: string, begin: number, commit: number, end: number, outcome: Outcome): Transaction => ({
  client,
  begin,
  commit,
  end,
  outcome,
  reads: [],
  scans: [],
  writes: new Map([["k", "v"]]),
  asides: [],
  doubtful: false,
  txn: null,
});

/** The same question, asked of everybody. */
function searched(transactions: readonly Transaction[], client: string, index: number): boolean {
  const loser = transactions.findLast((each) => each.client === client && each.commit >= 0 && each.commit < index);
  return transactions.some(
    (other) =>
      loser === undefined ||
      (other.client !== client &&
        other.commit >= 0 &&
        other.commit < index &&
        (other.outcome === "unknown" || (other.outcome === "committed" && other.end > loser.begin))),
  );
}

test("finds a winner exactly where a search of all transactions finds one", () => {
  let state = 1;
  const below = (n: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * n);
  };
  let winners = 0;
  for (let round = 0; round < 300; round += 1) {
    const free = new Map<string, number>();
    const all: Transaction[] = [];
    for (let event = 0; event < 60; event += 1 + below(4)) {
      const client = `w${below(round % 3 === 0 ? 6 : 3)}`;
      if ((free.get(client) ?? 0) > event) continue;
      const commit = event + 1 + below(round % 3 === 0 ? 12 : 4);
      const end = commit + 1 + below(5);
      const outcome = (["committed", "failed", "unknown", "none"] as const)[below(round % 2 === 0 ? 2 : 4)] ?? "none";
      all.push(transaction(client, event, outcome === "none" ? -1 : commit, end, outcome));
      free.set(client, end + 1);
    }
    const contest = new Contest(all);
    for (const { client, end, outcome } of all) {
      if (outcome !== "failed") continue;
      const found = searched(all, client, end);
      expect(contest.hasWinner(client, end)).toBe(found);
      if (found) winners += 1;
    }
  }
  expect(winners).toBeGreaterThan(100);
});

test("who never asked for a commit may have lost to anybody", () => {
  expect(new Contest([]).hasWinner("A", 5)).toBe(true);
  expect(new Contest([transaction("A", 3, 4, 5, "failed")]).hasWinner("A", 3)).toBe(true);
});

test("a commit without writes beats nobody", () => {
  const reader = { ...transaction("B", 1, 3, 4, "committed"), writes: new Map() };
  expect(new Contest([transaction("A", 0, 2, 0, "failed"), reader]).hasWinner("A", 5)).toBe(false);
});
