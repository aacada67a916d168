// From the list of events to transactions, by the rules of "A session is a transaction" (docs/history.md).
import type { Completion, HistoryEvent, Invoke } from "./history.js";
import type { Aside, Outcome, Read, Scan, Transaction } from "./transaction.js";

/**
 * The history is ill-formed; `index` is the event's place in the list (0 is the first event).
 */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
  constructor(
    readonly index: number,
    readonly reason: string,
  ) {
    super(`event ${index}: ${reason}`);
  }
}

/** The transactions of a history in the order of their begins. Throws {@link HistoryError}. */
export function sessionsOf(history: readonly HistoryEvent[]): readonly Transaction[] {
  const reader = new SessionReader();
  for (let index = 0; index < history.length; index++) reader.add(history[index] as HistoryEvent, index);
  return reader.transactions;
}

/**
 * The same, event by event, for histories that are longer than the memory.
 *
 * A client has one operation in flight: an invoke that follows another without an answer between says that the
 * earlier one never completed, which is `info`. Outside a session anything but `ok` is accepted, for a client
 * whose `begin` failed may run through the rest of its commands.
 */
export class SessionReader {
  readonly #drafts: Draft[] = [];
  readonly #clients = new Map<string, Client>();

  /** All sessions so far in the order of their begins; those still open as if nothing more came. */
  get transactions(): readonly Transaction[] {
    return this.#drafts;
  }

  /** `index` places the event in real time: it only has to grow. Throws {@link HistoryError}. */
  add(event: HistoryEvent, index: number): void {
    let client = this.#clients.get(event.client);
    if (client === undefined) {
      client = { session: null, certain: false, flight: null, committed: false };
      this.#clients.set(event.client, client);
    }
    if (event.type === "invoke") invoke(client, event, index, this.#drafts);
    else if (event.type === "crash") crash(client);
    else complete(client, event, index);
  }
}

// --- internal ---

type Draft = { -readonly [Field in keyof Transaction]: Transaction[Field] } & {
  reads: Read[];
  scans: Scan[];
  writes: Map<string, string | null>;
  asides: Aside[];
};

interface Client {
  session: Draft | null;
  /** False while the session may not be open: its `begin` is not answered ok, or its `end` was asked for. */
  certain: boolean;
  flight: Invoke | null;
  /** The last session was closed by its commit. */
  committed: boolean;
}

// Most sessions only read or only write: the empty halves are shared, never written to.
const NO_READS: Read[] = [];
const NO_SCANS: Scan[] = [];
const NO_WRITES = new Map<string, string | null>();
const NO_ASIDES: Aside[] = [];

function open(client: string, begin: number): Draft {
  return {
    client,
    begin,
    end: begin,
    commit: -1,
    reads: NO_READS,
    scans: NO_SCANS,
    writes: NO_WRITES,
    asides: NO_ASIDES,
    doubtful: false,
    outcome: "none",
    txn: null,
  };
}

function invoke(client: Client, event: Invoke, index: number, drafts: Draft[]): void {
  if (client.flight !== null) neverAnswered(client, client.flight);
  if (event.op === "begin") {
    if (client.session !== null && client.certain) throw new HistoryError(index, "begin inside a session");
    client.session = open(event.client, index);
    client.certain = false;
    client.committed = false;
    drafts.push(client.session);
  } else if (event.op === "commit") {
    if (client.committed) throw new HistoryError(index, "second commit of a session");
    if (client.session !== null) {
      client.session.commit = index;
      client.session.outcome = "unknown";
    }
  } else if (event.op === "end" || event.op === "open") {
    client.certain = false;
  }
  client.flight = event;
}

function complete(client: Client, event: Completion, index: number): void {
  const asked = client.flight;
  if (asked === null || asked.op !== event.op) {
    throw new HistoryError(index, `${event.type} of ${event.op} without its invoke`);
  }
  if (event.type === "ok") answeredOk(client, asked, event, index);
  else if (event.type === "info") neverAnswered(client, asked);
  else if (event.op === "begin") client.session = null;
  else if (event.op === "commit") closeByCommit(client, "failed");
  else if (client.session !== null && (event.op === "put" || event.op === "delete"))
    layAside(client.session, asked, "failed");
  client.flight = null;
}

function answeredOk(client: Client, asked: Invoke, event: Completion, index: number): void {
  switch (asked.op) {
    case "begin":
      client.certain = true;
      return;
    case "end":
      client.session = null;
      return;
    case "open":
      crash(client);
      return;
    case "compact":
    case "gc":
    case "recover":
      return;
    default:
      if (client.session === null) throw new HistoryError(index, `${asked.op} outside a session`);
      tookEffect(client, client.session, asked, event, index);
  }
}

/** A get, scan, put, delete or commit of an open session. */
function tookEffect(client: Client, session: Draft, asked: Invoke, event: Completion, index: number): void {
  if (asked.op === "commit") {
    if (session.doubtful) throw new HistoryError(index, "ok commit after a put or delete that was info");
    session.end = index;
    session.txn = event.txn ?? null;
    closeByCommit(client, "committed");
  } else if (asked.op === "scan") {
    if (session.scans === NO_SCANS) session.scans = [];
    session.scans.push({ entries: event.entries ?? [], at: index });
    session.end = index;
  } else {
    const { key } = asked;
    if (key === undefined) throw new HistoryError(index, `${asked.op} without a key`);
    if (asked.op === "get") {
      if (session.reads === NO_READS) session.reads = [];
      session.reads.push({ key, value: event.value ?? null, at: index });
      session.end = index;
    } else {
      if (session.writes === NO_WRITES) session.writes = new Map();
      const before = session.writes.get(key);
      if (before !== undefined) layAside(session, { key, value: before }, "overwritten");
      session.writes.set(key, asked.op === "put" ? (asked.value ?? "") : null);
    }
  }
}

/** A delete has no value. */
function layAside(
  session: Draft,
  { key = "", value = null }: { readonly key?: string; readonly value?: string | null },
  why: Aside["why"],
): void {
  if (session.asides === NO_ASIDES) session.asides = [];
  session.asides.push({ key, value, why });
}

/** `info`, or no answer at all. An unanswered begin or end leaves it open whether there is a session. */
function neverAnswered(client: Client, asked: Invoke): void {
  if (asked.op === "commit") closeByCommit(client, "unknown");
  else if (asked.op === "end") client.session = null;
  else if (asked.op === "open") client.committed = false;
  else if ((asked.op === "put" || asked.op === "delete") && client.session !== null) client.session.doubtful = true;
}

function closeByCommit(client: Client, outcome: Outcome): void {
  if (client.session === null) return;
  client.session.outcome = outcome;
  client.session = null;
  client.committed = true;
}

/** What was in flight is never answered: a commit keeps the `unknown` that its invoke gave it. */
function crash(client: Client): void {
  client.session = null;
  client.flight = null;
  client.committed = false;
}
