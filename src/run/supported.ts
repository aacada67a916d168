// What a target that is a program can't do is not asked of it.
import type { Command } from "../../model/command.js";
import type { ProgramFacts } from "../targets/target.js";
import type { Plan } from "./plan.js";
import { keysOf } from "./shrink/edits.js";

/** Without such a program nothing can be judged: there have to be sessions, writes and some way to read. */
export function missingOps({ ops }: Pick<ProgramFacts, "ops">): readonly string[] {
  const needed = ["begin", "put", "commit", "end"].filter((op) => !ops.includes(op));
  return ops.includes("get") || ops.includes("scan") ? needed : [...needed, "get or scan"];
}

/**
 * The plan with the operations that the target knows, with right clocks, since a process's own can't be set from here,
 * and without the phase in which progress is judged: how many requests a foreign protocol may need nobody has said.
 */
export function supportedPlan({ progress: _bounded, ...plan }: Plan, { ops }: ProgramFacts): Plan {
  return {
    ...plan,
    clients: plan.clients.map((client) => ({
      ...client,
      skewMs: 0,
      commands: client.commands.flatMap((command) => supported(command, ops)),
    })),
  };
}

/** What the last client reads: everything, in whatever way the target has. */
export const lastLook = (plan: Plan, { ops }: ProgramFacts): Command => ({
  kind: "look",
  reads: ops.includes("scan") ? [null] : keysOf(plan),
});

// --- internal ---

function supported(command: Command, ops: readonly string[]): readonly Command[] {
  if (command.kind === "wait") return [command];
  if (command.kind !== "transact" && command.kind !== "look") return ops.includes(command.kind) ? [command] : [];
  const reads = command.reads.filter((read) => ops.includes(read === null ? "scan" : "get"));
  if (command.kind === "look") return reads.length === 0 ? [] : [{ ...command, reads }];
  const writes = command.writes.map((write) => (ops.includes("delete") ? write : { key: write.key }));
  return [{ ...command, reads, writes }];
}
