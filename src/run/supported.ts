// What a target that is a program can't do is not asked of it.
import type { Command } from "../../model/command.js";
import type { ProgramFacts } from "../targets/target.js";
import { HEALING_KEY, look } from "./healing.js";
import type { Plan } from "./plan.js";
import { keysOf } from "./shrink/edits.js";

/** Without such a program nothing can be judged: there have to be sessions, writes and some way to read. */
export function missingOps({ ops }: Pick<ProgramFacts, "ops">): readonly string[] {
  const needed = ["begin", "put", "commit", "end"].filter((op) => !ops.includes(op));
  return ops.includes("get") || ops.includes("scan") ? needed : [...needed, "get or scan"];
}

/** Whether a kind of faults is one of a client's own clock. */
export const isOfClocks = (kind: string): boolean => kind.startsWith("clock-");

/** Whether a kind of faults can strike this program. */
export const strikes = ({ clocks }: Pick<ProgramFacts, "clocks">, kind: string): boolean =>
  clocks.set || !isOfClocks(kind);

/** The plan with the operations that the target knows, and with right clocks where those can't be set. */
export function supportedPlan(plan: Plan, { ops, clocks }: ProgramFacts): Plan {
  return {
    ...plan,
    faults: plan.faults.filter(({ kind }) => strikes({ clocks }, kind)),
    clients: plan.clients.map((client) => ({
      ...client,
      skewMs: clocks.set ? client.skewMs : 0,
      commands: client.commands.flatMap((command) => supported(command, ops)),
    })),
  };
}

/** What the last client reads: everything, in whatever way the target has. */
const lastLook = (plan: Plan, { ops }: ProgramFacts): Command => ({
  kind: "look",
  reads: ops.includes("scan") ? [null] : [...new Set([...keysOf(plan), HEALING_KEY])],
});

/** What the target knows of these commands; where it is to read everything, in whatever way it has. */
export const supportedCommands = (commands: readonly Command[], plan: Plan, facts: ProgramFacts): readonly Command[] =>
  commands.flatMap((command) => (command === look ? [lastLook(plan, facts)] : supported(command, facts.ops)));

// --- internal ---

function supported(command: Command, ops: readonly string[]): readonly Command[] {
  if (command.kind === "wait") return [command];
  if (command.kind !== "transact" && command.kind !== "look") return ops.includes(command.kind) ? [command] : [];
  const reads = command.reads.filter((read) => ops.includes(read === null ? "scan" : "get"));
  if (command.kind === "look") return reads.length === 0 ? [] : [{ ...command, reads }];
  const writes = command.writes.map((write) => (ops.includes("delete") ? write : { key: write.key }));
  return [{ ...command, reads, writes }];
}
