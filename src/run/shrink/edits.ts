// Edits of a plan that keep it a plan: what is left out or lowered here is renumbered everywhere else.
import type { Command } from "../../../model/command.js";
import type { ClientPlan, Plan } from "../plan.js";

/** When a command of a client was under way: from its first step to the one after its last. */
export interface Span {
  readonly client: number;
  readonly command: number;
  readonly from: number;
  readonly to: number;
}

/** What a run of a plan recorded: enough to edit its schedule along with its commands. */
export interface Recording {
  readonly lanes: readonly number[];
  readonly spans: readonly Span[];
}

const recordings = new WeakMap<Plan, Recording>();

/** Notes what the run of this very plan recorded, for whoever wants to make it smaller. */
export function remember(plan: Plan, recording: Recording): void {
  recordings.set(plan, recording);
}

/** What the run of this very plan recorded, undefined where it has not been run. */
export const recordingOf = (plan: Plan): Recording | undefined => recordings.get(plan);

/** The plan with the schedule that its run recorded. */
export const withLanes = (plan: Plan, lanes: readonly number[]): Plan => ({ ...plan, schedule: { lanes } });

/** Without a client: its faults and its steps go too, and the lanes behind it move up (the auditor's and zombies' among them). */
export function withoutClient(plan: Plan, lanes: readonly number[], gone: number): Plan {
  const moved = (lane: number): number => (lane > gone ? lane - 1 : lane);
  return {
    ...plan,
    clients: plan.clients.filter((_, client) => client !== gone),
    faults: plan.faults
      .filter(({ at }) => at.client !== gone)
      .map((fault) => ({ ...fault, at: { ...fault.at, client: moved(fault.at.client) } })),
    schedule: { lanes: lanes.filter((lane) => lane !== gone).map(moved) },
  };
}

/** Without some commands of a client, and without the steps that they took. */
export function withoutCommands(
  plan: Plan,
  { lanes, spans }: Recording,
  client: number,
  gone: readonly number[],
): Plan {
  const steps = spans.filter((span) => span.client === client && gone.includes(span.command));
  const taken = (lane: number, step: number): boolean =>
    lane === client && steps.some(({ from, to }) => step >= from && step < to);
  return {
    ...withCommands(plan, client, (commands) => commands.filter((_, command) => !gone.includes(command))),
    schedule: { lanes: lanes.filter((lane, step) => !taken(lane, step)) },
  };
}

/** With the commands of `from` behind those of `to`: its faults and its steps become those of `to`. */
export function withClientsMerged(plan: Plan, lanes: readonly number[], from: number, to: number): Plan {
  const moved = (lane: number): number => (lane > from ? lane - 1 : lane);
  const taken = (lane: number): number => moved(lane === from ? to : lane);
  const more = plan.clients[from]?.commands ?? [];
  return {
    ...plan,
    clients: withCommands(plan, to, (commands) => [...commands, ...more]).clients.filter(
      (_, client) => client !== from,
    ),
    faults: plan.faults.map((fault) => ({ ...fault, at: { ...fault.at, client: taken(fault.at.client) } })),
    schedule: { lanes: lanes.map(taken) },
  };
}

/** With a client's commands changed. */
export function withCommands(
  plan: Plan,
  client: number,
  change: (commands: readonly Command[]) => readonly Command[],
): Plan {
  const clients = plan.clients.map(
    (each, i): ClientPlan => (i === client ? { ...each, commands: change(each.commands) } : each),
  );
  return { ...plan, clients };
}

/** With one key in the place of another, everywhere. */
export function withKey(plan: Plan, from: string, to: string): Plan {
  const renamed = (key: string): string => (key === from ? to : key);
  const read = (key: string | null): string | null => (key === null ? null : renamed(key));
  const change = (command: Command): Command => {
    if (command.kind === "look") return { ...command, reads: command.reads.map(read) };
    if (command.kind !== "transact") return command;
    return {
      ...command,
      reads: command.reads.map(read),
      writes: command.writes.map((write) => ({ ...write, key: renamed(write.key) })),
    };
  };
  return { ...plan, clients: plan.clients.map((client) => ({ ...client, commands: client.commands.map(change) })) };
}

/** All keys of a plan, in the order of their first mention. */
export function keysOf(plan: Plan): readonly string[] {
  const keys = new Set<string>();
  for (const { commands } of plan.clients) {
    for (const command of commands) {
      if (command.kind !== "look" && command.kind !== "transact") continue;
      for (const key of command.reads) if (key !== null) keys.add(key);
      if (command.kind === "transact") for (const { key } of command.writes) keys.add(key);
    }
  }
  return [...keys];
}
