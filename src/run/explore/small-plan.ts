// Small plans, for whoever wants every schedule of one.
import type { Command } from "../../../model/command.js";
import type { Plan } from "../plan.js";

export interface SmallPlanOptions {
  readonly writers: number;
  /** Of each writer; a reader has as many sessions. */
  readonly transactions: number;
  readonly readers: number;
  /** Whether a writer reads a key before it writes it. */
  readonly reads: boolean;
}

const KEY = "k0";

/** Writers that all write one key, and readers that read it twice in a session. Time stands still. */
export function smallPlan({ writers, transactions, readers, reads }: SmallPlanOptions): Plan {
  const transact: Command = { kind: "transact", reads: reads ? [KEY] : [], writes: [{ key: KEY }], retries: 0 };
  const look: Command = { kind: "look", reads: [KEY, KEY] };
  const clients = (letter: string, count: number, command: Command) =>
    Array.from({ length: count }, (_, i) => ({
      name: `${letter}${i}`,
      skewMs: 0,
      commands: Array.from({ length: transactions }, () => command),
    }));
  return {
    leaseTtlMs: 10_000,
    stepMs: 0,
    clients: [...clients("w", writers, transact), ...clients("r", readers, look)],
    faults: [],
    schedule: { lanes: [] },
  };
}
