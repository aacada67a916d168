// What the second verdict judges: sessions as columns of numbers. Written by reading.ts, which shares nothing with
// sessions.ts, so that a mistake in either reading is seen as a disagreement.
//
// A *pair* is a key with a value, or with none: whoever holds a pair's number knows its key. Keys and pairs are
// numbered as they come. Lists of sessions lie one behind the other: `readsTo[s - 1]` to `readsTo[s]` is that of s.

/** What became of a session's writes. */
export const FATE = {
  /** It changed nothing: no writes, or no commit, or one that failed. */
  none: 0,
  committed: 1,
  /** Its commit is `info` or was never answered: it may have changed something, at any time after it was asked for. */
  floating: 2,
} as const;

/** Later than every event. */
export const NEVER = 2 ** 30;

export interface Recording {
  readonly keys: readonly string[];
  /** By pair: its key. */
  readonly keyOf: readonly number[];
  /** By pair: its value, null where the key is absent. */
  readonly valueAt: readonly (string | null)[];
  /** By key: the pair that says it is absent. */
  readonly absentOf: readonly number[];
  /** By key: the pair that holds before the first event. */
  readonly initialOf: readonly number[];

  // By session, in the order of the begins.
  readonly client: readonly string[];
  readonly begin: readonly number[];
  /** The last read answered ok, or the commit's ok; `begin` where neither came. */
  readonly end: readonly number[];
  /** The commit's invoke, -1 where it never came. */
  readonly asked: readonly number[];
  readonly fate: readonly number[];
  /** NaN where the commit's ok carried none. */
  readonly id: readonly number[];
  readonly readsTo: readonly number[];
  readonly scansTo: readonly number[];
  readonly writesTo: readonly number[];
  readonly stagedTo: readonly number[];

  /** Pairs that gets answered. */
  readonly reads: readonly number[];
  /** By scan: where its entries end in `entries`. */
  readonly entriesTo: readonly number[];
  readonly entries: readonly number[];
  /** The last pair staged for each key, as far as it is certain. */
  readonly writes: readonly number[];
  /**
   * What was staged and is not in `writes`: overwritten before the commit, or of a put or delete that was `info`
   * (then as `-1 - pair`), or of a session whose fate is `none`.
   */
  readonly staged: readonly number[];
  /** Puts and deletes that were answered fail: they are in none of the lists above. */
  readonly refused: readonly { readonly session: number; readonly pair: number }[];
}

/** Where the list of a session starts. */
export const startOf = (to: readonly number[], session: number): number =>
  session === 0 ? 0 : (to[session - 1] as number);
