// The sequential reference manifest: what one client alone must hear. A page, so that it can be believed by reading.
import type { Entries, Mode, Op } from "./history.js";
import { VersionedMap } from "./versioned-map.js";

/** The open session: its snapshot and what it staged (null is a delete). */
interface Session {
  readonly mode: Mode;
  readonly snapshot: ReadonlyMap<string, string>;
  readonly staged: ReadonlyMap<string, string | null>;
}

/** A manifest nobody else uses: its entries, the id of its last transaction, its session if one is open. */
export interface Reference {
  readonly entries: ReadonlyMap<string, string>;
  readonly txn: number;
  readonly session: Session | null;
}

export interface Command {
  readonly op: Op;
  readonly mode?: Mode;
  readonly key?: string;
  readonly value?: string;
}

export type Answer =
  | { readonly type: "ok"; readonly value?: string | null; readonly entries?: Entries; readonly txn?: number }
  | { readonly type: "fail"; readonly error: "no-session" | "session-open" | "read-only" };

export const EMPTY: Reference = { entries: new Map(), txn: 0, session: null };

/** One command: the next state and the answer. A command that fails changes nothing. */
export function step(reference: Reference, command: Command): readonly [next: Reference, answer: Answer] {
  const { session, entries } = reference;
  switch (command.op) {
    case "begin":
      if (session !== null) return [reference, { type: "fail", error: "session-open" }];
      return [
        { ...reference, session: { mode: command.mode ?? "read", snapshot: entries, staged: new Map() } },
        { type: "ok" },
      ];
    case "end":
      return [{ ...reference, session: null }, { type: "ok" }];
    case "compact":
    case "gc":
    case "recover":
      return [reference, { type: "ok" }];
    default:
      if (session === null) return [reference, { type: "fail", error: "no-session" }];
      return inSession(reference, session, command);
  }
}

// --- internal ---

function inSession(reference: Reference, session: Session, command: Command): readonly [Reference, Answer] {
  const { op, key = "", value = "" } = command;
  // Reads see the snapshot, never the session's own staged writes.
  if (op === "get") return [reference, { type: "ok", value: session.snapshot.get(key) ?? null }];
  if (op === "scan") return [reference, { type: "ok", entries: [...session.snapshot] }];
  if (op === "commit") return commit(reference, session);
  if (session.mode === "read") return [reference, { type: "fail", error: "read-only" }];
  const staged = new Map(session.staged).set(key, op === "put" ? value : null);
  return [{ ...reference, session: { ...session, staged } }, { type: "ok" }];
}

/** A commit without writes closes the session and makes no transaction, so it has no id. */
function commit(reference: Reference, session: Session): readonly [Reference, Answer] {
  if (session.staged.size === 0) return [{ ...reference, session: null }, { type: "ok" }];
  const txn = reference.txn + 1;
  return [
    { entries: VersionedMap.of(reference.entries).with(session.staged), txn, session: null },
    { type: "ok", txn },
  ];
}
