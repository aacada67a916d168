// A transaction: one session of one client, as the checkers see it. Real time is the index in the list of events.
import type { Entries } from "./history.js";

/** One `get` answered `ok`; `at` is the index of the answer. */
export interface Read {
  readonly key: string;
  readonly value: string | null;
  readonly at: number;
}

/** One `scan` answered `ok`; `at` is the index of the answer. */
export interface Scan {
  readonly entries: Entries;
  readonly at: number;
}

/**
 * A put or delete that is no part of what its session committed: it was answered fail, or another one of the same key
 * followed. A delete has the value null.
 */
export interface Aside {
  readonly key: string;
  readonly value: string | null;
  readonly why: "failed" | "overwritten";
}

/**
 * What became of a session's commit: `committed` (ok), `failed` (fail), `unknown` (info, never answered, or the
 * client died first), `none` (never asked for). A session without writes may have any of them.
 */
export type Outcome = "committed" | "failed" | "unknown" | "none";

export interface Transaction {
  readonly client: string;
  /** Index of the invoke of `begin`: the span's start. */
  readonly begin: number;
  /** Index of the last read answered ok, or of the commit's ok: the span's end. `begin` where neither came. */
  readonly end: number;
  /** Index of the invoke of `commit`, -1 where it never came. */
  readonly commit: number;
  readonly reads: readonly Read[];
  readonly scans: readonly Scan[];
  /** Key to its last staged value; null is a delete. */
  readonly writes: ReadonlyMap<string, string | null>;
  readonly asides: readonly Aside[];
  /** A put or delete was answered `info`: the writes may lack it. Never true of a committed one. */
  readonly doubtful: boolean;
  readonly outcome: Outcome;
  /** The id that the commit's ok carried, null where it carried none. */
  readonly txn: number | null;
}

/** True for a transaction that certainly changed the state. */
export function isCommittedWriter(transaction: Transaction): boolean {
  return transaction.outcome === "committed" && transaction.writes.size > 0;
}

/** True for a transaction that may have changed the state or not, at any moment after its commit's invoke. */
export function isFloating(transaction: Transaction): boolean {
  return transaction.outcome === "unknown" && (transaction.writes.size > 0 || transaction.doubtful);
}

/** Names a transaction in a message: who, which id, and where its events are. */
export function describe(transaction: Transaction): string {
  const { client, txn, begin, commit, end } = transaction;
  const id = txn === null ? "session" : `txn ${txn}`;
  const last = Math.max(commit, end);
  return `${client}'s ${id} (events ${begin}-${last})`;
}
