// What a timed run is asked to do: how many clients, how fast, on which keys. All of it, with the seed, decides a virtual run.
import type { Look, Transact } from "../../../model/command.js";
import type { Random } from "../../store/random.js";
import { commonKey, ownKey } from "../key-pool.js";

export interface Workload {
  readonly numWriters: number;
  readonly numReaders: number;
  /** Transactions that each writer is meant to begin in a second. */
  readonly writerRate: number;
  /** Read sessions that each reader is meant to begin in a second. */
  readonly readerRate: number;
  /** Keys in the common pool, and in each writer's own. */
  readonly keyPoolSize: number;
  /** Share of keys that are drawn from the common pool: 0 makes the writers' keys disjoint. */
  readonly keyOverlapRatio: number;
  /** A value is filled up to so many bytes. */
  readonly valueBytes: number;
  /** Read-modify-write (the key is read in the session that writes it), or blind. */
  readonly writerMode: "rmw" | "blind";
  /** How often a transaction is begun again after a conflict. */
  readonly retries: number;
  /** The wait before retry `n` (from 0) is drawn between 0 and this times 2^n. */
  readonly backoffMs: number;
  /** How often one more client compacts and collects garbage; 0 for never. */
  readonly compactEveryMs: number;
  readonly leaseTtlMs: number;
  readonly durationMs: number;
  readonly seed: number;
  /** Kinds of faults that may strike, one every `faultEveryMs` at each client on average. Virtual time only. */
  readonly faults: readonly string[];
  readonly faultEveryMs: number;
}

/** The gap to the next intended start, milliseconds: arrivals of a Poisson process, so that clients don't march in step. */
export const gapMs = (random: Random, perSecond: number): number =>
  Math.round((-Math.log(1 - random.next()) * 1_000_000) / perSecond) / 1000;

/** A writer's next transaction: one key, read first unless it writes blindly. */
export function nextTransact(load: Workload, random: Random, writer: string): Transact {
  const key = drawKey(load, random, writer);
  return {
    kind: "transact",
    reads: load.writerMode === "rmw" ? [key] : [],
    writes: [{ key }],
    retries: load.retries,
  };
}

/** A reader's next session: one key that some writer may have written. */
export function nextLook(load: Workload, random: Random): Look {
  const writer = `w${random.below(Math.max(1, load.numWriters))}`;
  return { kind: "look", reads: [drawKey(load, random, writer)] };
}

// --- internal ---

function drawKey({ keyPoolSize, keyOverlapRatio }: Workload, random: Random, writer: string): string {
  const common = random.next() < keyOverlapRatio;
  const i = random.below(keyPoolSize);
  return common ? commonKey(i) : ownKey(writer, i);
}
