// From a timed run's events to its commands: each transaction and each read, when it was meant to begin, and its attempts.
import type { TimedEvent } from "../run/timed/timed-run.js";

/** One command of a writer or a reader. */
export interface TimedCommand {
  readonly kind: "write" | "read";
  /** Milliseconds on the run's clock, like all times here. */
  readonly intendedMs: number;
  /** At least one; each further one followed a conflict. */
  readonly attempts: Attempt[];
}

/** One session. */
export interface Attempt {
  readonly beginMs: number;
  /** When it was over, or its client died. Of one that nobody ever answered: its begin. */
  endMs: number;
  /** `conflict` is a precondition failure. `info`: nobody knows, the client died or is still waiting. */
  outcome: "ok" | "conflict" | "fail" | "info";
}

/** In the order of their begins. Sessions without an intended start (the auditor's) are left out. */
export function commandsOf(events: readonly TimedEvent[]): readonly TimedCommand[] {
  const commands: TimedCommand[] = [];
  /** The command that a client began last, and its session while that is open. */
  const latest = new Map<string, TimedCommand>();
  const open = new Map<string, Attempt>();
  for (const event of events) {
    const { client, type, atMs } = event;
    if (type === "invoke" && event.op === "begin") {
      const { intendedMs, attempt = 0 } = event;
      if (intendedMs === undefined) continue;
      const session: Attempt = { beginMs: atMs, endMs: atMs, outcome: "info" };
      open.set(client, session);
      const before = latest.get(client);
      if (attempt > 0 && before !== undefined) before.attempts.push(session);
      else {
        const kind = event.mode === "write" ? "write" : "read";
        const begun: TimedCommand = { kind, intendedMs, attempts: [session] };
        latest.set(client, begun);
        commands.push(begun);
      }
      continue;
    }
    const session = open.get(client);
    if (session === undefined || type === "invoke") continue;
    if (type !== "crash" && !closes(session, latest.get(client)?.kind, event)) continue;
    session.endMs = atMs;
    open.delete(client);
  }
  return commands;
}

// --- internal ---

type Answered = Extract<TimedEvent, { readonly type: "ok" | "fail" | "info" }>;

/** Takes an answer into account; true where it is the session's last. */
function closes(session: Attempt, kind: TimedCommand["kind"] | undefined, { type, op, error }: Answered): boolean {
  if (op === "commit") {
    session.outcome = type === "fail" && error === "conflict" ? "conflict" : type;
    return true;
  }
  if (op === "end") {
    if (session.outcome === "info" && kind === "read" && type === "ok") session.outcome = "ok";
    return true;
  }
  // A session whose begin or read failed can only end.
  if (type !== "ok" && session.outcome === "info") session.outcome = "fail";
  return false;
}
