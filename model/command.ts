// Commands: what a client of a plan does. Data only; a command's values are made from its place in the plan.

/** A transaction: reads first, then writes, then a commit; begun again after a conflict, at most `retries` times. */
export interface Transact {
  readonly kind: "transact";
  /** Keys to get before writing; null stands for a scan. None: a blind write. */
  readonly reads: readonly (string | null)[];
  readonly writes: readonly { readonly key: string; readonly delete?: true }[];
  readonly retries: number;
}

/** A read session: gets and scans (null), one after the other, all from one snapshot. */
export interface Look {
  readonly kind: "look";
  readonly reads: readonly (string | null)[];
}

/** A chore of the manifest's upkeep. */
export interface Chore {
  readonly kind: "compact" | "gc" | "recover";
}

/** The client is idle for so long on the store's clock: leases run out, garbage matures. */
export interface Wait {
  readonly kind: "wait";
  readonly ms: number;
}

export type Command = Transact | Look | Chore | Wait;

/**
 * The value that a command writes: unique in a run, so that whoever reads it knows who wrote it. `attempt` counts from
 * 0; a later attempt writes another value, for the earlier one must never be seen.
 */
export const writtenValue = (client: string, command: number, attempt: number): string =>
  `${client}.${command}${"'".repeat(attempt)}`;
