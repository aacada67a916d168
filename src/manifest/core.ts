// What the steps of the protocol share: a client's environment and memory, the shapes they pass on, the steps themselves.
import type { Clock } from "../store/clock.js";
import type { Body, Send } from "../store/request.js";
import type { Refusal } from "./answer.js";
import type { Change, Head, Segment } from "./format.js";

/** All that a client of the manifest has from outside. Two clients share nothing but the bucket. */
export interface Environment {
  readonly send: Send;
  readonly clock: Clock;
  /** A string that no process has used before, and none will again. */
  readonly nonce: () => string;
  /** Where the manifest lives in the bucket, ending in `/` or empty. */
  readonly prefix: string;
  readonly leaseTtlMs: number;
  /** Told once when a writer of another kind has dropped the fields that our guarantees rest on. */
  readonly warn?: (message: string) => void;
}

/** One client. */
export interface Core {
  readonly env: Environment;
  readonly steps: Steps;
  readonly memory: Memory;
}

/** Gone when the process dies; nothing in it is ever needed for safety. */
export interface Memory {
  /** The store's clock, as of the last answer. Milliseconds, whole seconds. */
  storeNow: number;
  /** HEAD as this client's own last commit left it, and the client's own time then. */
  own: { readonly base: Base; readonly atMs: number } | undefined;
  /** A slot that this client found taken: the segment in it is decided, and whoever comes next helps to publish it. */
  taken: { readonly seq: number; readonly segment: Segment } | undefined;
  warned: boolean;
}

/** A step's result, or why there is none. */
export type Result<T> = T | Refusal;

/** An object as it was read. */
export interface Found {
  readonly body: Body;
  readonly etag: string;
  readonly lastModified: number;
  readonly date: number;
}

/** HEAD as a client has seen it: what to build on, and what to compare with. */
export interface Base {
  readonly head: Head;
  /** Undefined where there was no HEAD yet. */
  readonly etag: string | undefined;
  /** The store's clock when HEAD was read or written; undefined where that is no proof (there was no HEAD). */
  readonly date: number | undefined;
  /** When this HEAD was written, on the store's clock. */
  readonly lastModified: number;
}

/** A lease that this client holds. */
export interface Held {
  readonly id: string;
  /** The store's clock when it was made or last renewed in time. */
  date: number;
  /** True once it may have run out before a renewal arrived: a collector may already have acted on that. */
  lapsed: boolean;
}

/** A pinned state and the lease that keeps it readable. It remembers what it has read. */
export interface Snapshot {
  readonly base: Base;
  readonly lease: Held;
  /** Changes of the segments read so far, newest segment first. */
  readonly changes: (readonly Change[])[];
  /** The next segment to read, going down, and the nonce that it must have (null: any, a foreign writer made it). */
  nextSeq: number;
  nextNonce: string | null;
  /** -1 where HEAD doesn't say. */
  checkpointSeq: number;
  checkpoint: ReadonlyMap<string, string> | undefined;
}

/** How one attempt to fill a slot ended. Dates are the store's. */
export type Claim =
  | { readonly kind: "mine"; readonly date: number }
  | { readonly kind: "taken"; readonly segment: Segment | undefined; readonly date: number }
  | { readonly kind: "none"; readonly refusal: Refusal };

/** What became of a commit. `base`: HEAD with it, where this client knows that HEAD. */
export type Fate =
  | { readonly kind: "committed"; readonly txn: number; readonly base: Base | undefined }
  | { readonly kind: "lost" }
  | { readonly kind: "none"; readonly refusal: Refusal };

/** The protocol's steps. A client runs `realSteps`; a test of the checker replaces one of them by a wrong one. */
export interface Steps {
  /** A lease that holds everything there is from now on. */
  readonly takeLease: (core: Core) => Promise<Result<Held>>;
  /** HEAD of now, made if there is none. */
  readonly freshHead: (core: Core) => Promise<Result<Base>>;
  readonly openSnapshot: (core: Core) => Promise<Result<Snapshot>>;
  /** What a session's next read is of, given what its reads so far were of (undefined before the first). */
  readonly pin: (core: Core, pinned: Snapshot | undefined) => Promise<Result<Snapshot>>;
  /** Puts a segment into a slot if that is free, and finds out who is in it. */
  readonly claimSlot: (core: Core, seq: number, segment: Segment) => Promise<Claim>;
  /** Lets HEAD name the segment that this client has put into the slot after `base`. */
  readonly publishOwn: (core: Core, base: Base, segment: Segment, claim: Claim & { kind: "mine" }) => Promise<Fate>;
  /** One attempt to commit on `base`. */
  readonly commitOn: (core: Core, base: Base, changes: readonly Change[]) => Promise<Fate>;
  readonly compact: (core: Core) => Promise<Result<object>>;
  /** Whether a checkpoint of `folded` may take the place of the one that HEAD names by now. */
  readonly mayReplace: (now: Head, folded: Head) => boolean;
  readonly collect: (core: Core) => Promise<Result<object>>;
  /** Installs the plan of what is garbage under `base` over the plan that was read; `pending` if that one was not empty. */
  readonly mark: (core: Core, base: Base, old: Found | undefined, pending: boolean) => Promise<Result<object>>;
  readonly recover: (core: Core) => Promise<Result<object>>;
}
