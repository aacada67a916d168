// The history: the one list of events that every verdict is about (format: DESIGN of `verify`, docs/history.md).

/** The operations of a target. `open` makes a new client of the old one. */
export const OPS = [
  "begin",
  "get",
  "scan",
  "put",
  "delete",
  "commit",
  "end",
  "compact",
  "gc",
  "recover",
  "open",
] as const;
export type Op = (typeof OPS)[number];

export type Mode = "read" | "write";
export type Entries = readonly (readonly [key: string, value: string])[];

interface At {
  readonly client: string;
  /** Requests released so far when the event was recorded: places the event among the story's steps. */
  readonly step: number;
  /** The store's clock, milliseconds since the epoch. Only differences matter. */
  readonly atMs: number;
}

/** A request as the client made it. */
export interface Invoke extends At {
  readonly type: "invoke";
  readonly op: Op;
  readonly mode?: Mode;
  readonly key?: string;
  readonly value?: string;
}

/** An answer: `ok` (took effect), `fail` (definitely had none), `info` (nobody knows). */
export interface Completion extends At {
  readonly type: "ok" | "fail" | "info";
  readonly op: Op;
  /** `get`: the value, or null where the key is absent. */
  readonly value?: string | null;
  /** `scan`. */
  readonly entries?: Entries;
  /** `commit`: the transaction's id, where the target gives one. */
  readonly txn?: number;
  /** `fail` and `info`: one word, such as `conflict`, `timeout`, `unavailable`, `corrupt`, `expired`. */
  readonly error?: string;
  readonly message?: string;
}

/** The client died: what it had in flight is never answered, its session is over. It may come back. */
export interface Crash extends At {
  readonly type: "crash";
}

export type HistoryEvent = Invoke | Completion | Crash;
