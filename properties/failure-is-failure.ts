// P2. Values are unique in a run, so whoever reads one that a failed commit wrote has seen the failed commit.
import { type Property, violation } from "./property.js";

export const failureIsFailure: Property = {
  name: "failure-is-failure",
  promise: "P2",
  claim: "What was answered fail is never seen by anyone, ever.",
  judge: (view) => {
    const failed = new Map<string, string>();
    const sound = new Set<string>();
    const transactions = view.transactions();
    for (const { outcome, writes, client } of transactions) {
      for (const [key, value] of writes) {
        if (value === null) continue;
        if (outcome === "failed") failed.set(`${key}=${value}`, client);
        else sound.add(`${key}=${value}`);
      }
    }
    if (failed.size === 0) return null;
    for (const { client, reads, scans } of transactions) {
      for (const [key, value] of [
        ...reads.map((read) => [read.key, read.value] as const),
        ...scans.flatMap(({ entries }) => entries),
      ]) {
        const seen = `${key}=${value}`;
        const writer = failed.get(seen);
        if (writer !== undefined && !sound.has(seen))
          return violation(
            `${client} read ${key} = ${value}, which ${writer} wrote in a commit that was answered fail.`,
          );
      }
    }
    for (const { key, value, seq } of view.bucket().published) {
      const writer = failed.get(`${key}=${value}`);
      if (writer !== undefined && !sound.has(`${key}=${value}`))
        return violation(
          `HEAD published segment ${seq} with ${key} = ${value}, which ${writer} wrote in a commit that was answered fail.`,
        );
    }
    return null;
  },
};
