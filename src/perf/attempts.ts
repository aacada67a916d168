// From a timed run's events to its attempts: each session of a writer or a reader, when it was meant, begun and over.
import type { TimedEvent } from "../run/timed/timed-run.js";

export interface Attempt {
  readonly kind: "write" | "read";
  /** Milliseconds on the run's clock. */
  readonly intendedMs: number;
  readonly beginMs: number;
  endMs: number;
  /** 0 for the first attempt of a command; a later one follows a conflict. */
  readonly attempt: number;
  /** `conflict` is a precondition failure. `info`: nobody knows, the client died or is still waiting. */
  outcome: "ok" | "conflict" | "fail" | "info";
}

/** In the order of their begins. Sessions without an intended start (the auditor's) are left out. */
export function attemptsOf(events: readonly TimedEvent[]): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const open = new Map<string, Attempt>();
  for (const event of events) {
    const { client, type, atMs } = event;
    if (type === "invoke" && event.op === "begin") {
      const { intendedMs, attempt = 0, mode } = event;
      if (intendedMs === undefined) continue;
      const kind = mode === "write" ? "write" : "read";
      const begun: Attempt = { kind, intendedMs, beginMs: atMs, endMs: atMs, attempt, outcome: "info" };
      attempts.push(begun);
      open.set(client, begun);
      continue;
    }
    const attempt = open.get(client);
    if (attempt === undefined || type === "invoke") continue;
    if (type === "crash") open.delete(client);
    else if (closes(attempt, event)) {
      attempt.endMs = atMs;
      open.delete(client);
    }
  }
  return attempts;
}

// --- internal ---

type Answered = Extract<TimedEvent, { readonly type: "ok" | "fail" | "info" }>;

/** Takes an answer into account; true where it is the session's last. */
function closes(attempt: Attempt, { type, op, error }: Answered): boolean {
  if (op === "commit") {
    attempt.outcome = type === "fail" && error === "conflict" ? "conflict" : type;
    return true;
  }
  if (op === "end") {
    if (attempt.outcome === "info" && attempt.kind === "read" && type === "ok") attempt.outcome = "ok";
    return true;
  }
  // A session whose begin or read failed can only end.
  if (type !== "ok" && attempt.outcome === "info") attempt.outcome = "fail";
  return false;
}
