// What a transaction says it saw, key by key: its gets, and what its scans say of every key.
import type { Read, Transaction } from "./transaction.js";

/** `keys`: all that were ever written; a scan says of each whether it was there. In the order of the answers. */
export function* claimsOf({ reads, scans }: Transaction, keys: Iterable<string>): Generator<Read> {
  yield* reads;
  const all = scans.length === 0 ? [] : [...keys];
  for (const { entries, at } of scans) {
    const seen = new Set<string>();
    for (const [key, value] of entries) {
      seen.add(key);
      yield { key, value, at };
    }
    for (const key of all) if (!seen.has(key)) yield { key, value: null, at };
  }
}
