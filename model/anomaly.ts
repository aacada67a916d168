// Says why a history is wrong: which two operations can't both be right. Only failures come here, so it may take time.
import { claimsOf } from "./claims.js";
import type { Failure, Sweep } from "./time-sweep.js";
import { entryAt, valueAt } from "./timeline.js";
import { describe, type Read, type Transaction } from "./transaction.js";

export interface Anomaly {
  readonly kind:
    | "aborted read" // a failed or never asked for commit's value was seen
    | "failed write read" // of a put or delete that was answered fail
    | "intermediate read" // a value that its session overwrote before the commit
    | "unknown commit seen" // a commit that is info was seen, but fits nowhere
    | "phantom value" // nobody ever wrote it
    | "stale read" // older than what was finished before
    | "future read" // newer than anything asked for by then, or than the reader's place in the order
    | "torn read" // two keys of one session from two states
    | "non-repeatable read" // one key, two answers in one session
    | "lost update" // two commits from one state, over one key
    | "stale base" // a commit from a state that others had changed already
    | "order against real time" // ids go up where time goes down
    | "id used twice";
  /** Two sentences at most: clients, keys, values, events. */
  readonly message: string;
  /** Indexes of the transactions that can't all be right, the culprit first. */
  readonly transactions: readonly number[];
}

export function anomalyOf(sweep: Sweep, failure: Failure): Anomaly {
  if (failure.kind === "order") return overtaken(sweep, failure.culprit, sweep.floorBy[failure.culprit] as number);
  const culprit = sweep.transactions[failure.culprit] as Transaction;
  const reads = [...claimsOf(culprit, sweep.timelines.byKey.keys())];
  for (const read of reads) {
    const never = neverTrue(sweep, failure.culprit, read);
    if (never !== null) return never;
  }
  const repeated = unrepeatable(failure.culprit, culprit, reads);
  if (repeated !== null) return repeated;
  if (failure.kind === "base") return brokenBase(sweep, failure.culprit, reads);
  return misplaced(sweep, failure.culprit, reads);
}

// --- internal ---

function say({ key, value }: { readonly key: string; readonly value: string | null }): string {
  return value === null ? `no ${key}` : `${key}=${value}`;
}

/** The transaction at a position; undefined for the initial state. */
function writerAt({ transactions, order }: Sweep, position: number): Transaction | undefined {
  return position === 0 ? undefined : transactions[order[position - 1] as number];
}

/** A value that no state of the order ever had. */
function neverTrue(sweep: Sweep, culprit: number, read: Read): Anomaly | null {
  const values = sweep.timelines.byKey.get(read.key)?.values ?? [null];
  if (values.includes(read.value)) return null;
  const reader = sweep.transactions[culprit] as Transaction;
  const index = sweep.transactions.findIndex(({ writes }) => writes.get(read.key) === read.value);
  const writer = sweep.transactions[index];
  const saw = `${describe(reader)} read ${say(read)} (event ${read.at})`;
  if (writer === undefined) return neverCommitted(sweep, culprit, read, saw);
  const by = `${saw}, written by ${describe(writer)}, whose commit`;
  const transactions = [culprit, index];
  if (writer.outcome === "failed") return { kind: "aborted read", transactions, message: `${by} was answered fail.` };
  if (writer.outcome === "none") return { kind: "aborted read", transactions, message: `${by} was never asked for.` };
  if (reader.end < writer.commit)
    return { kind: "future read", transactions, message: `${by} was not asked for before event ${writer.commit}.` };
  return { kind: "unknown commit seen", transactions, message: `${by} nobody knows about, and it fits nowhere.` };
}

/** A value that nobody's commit can have written: told to fail, overwritten in its session, or made up. */
function neverCommitted({ transactions }: Sweep, culprit: number, { key, value }: Read, saw: string): Anomaly {
  for (const why of ["failed", "overwritten"] as const) {
    const index = transactions.findIndex(({ asides }) =>
      asides.some((aside) => aside.key === key && aside.value === value && aside.why === why),
    );
    const writer = transactions[index];
    if (writer === undefined) continue;
    const told = { transactions: [culprit, index] };
    if (why === "overwritten")
      return { ...told, kind: "intermediate read", message: `${saw}, which ${describe(writer)} overwrote itself.` };
    const what = value === null ? "delete" : "put";
    return {
      ...told,
      kind: "failed write read",
      message: `${saw}, but ${describe(writer)}'s ${what} of it was answered fail.`,
    };
  }
  return { kind: "phantom value", transactions: [culprit], message: `${saw}, which nobody ever wrote.` };
}

/** One key with two values in one session. */
function unrepeatable(culprit: number, reader: Transaction, reads: readonly Read[]): Anomaly | null {
  const first = new Map<string, Read>();
  for (const read of reads) {
    const before = first.get(read.key);
    if (before !== undefined && before.value !== read.value) {
      const message = `${describe(reader)} read ${say(before)} (event ${before.at}), then ${say(read)} (event ${read.at}).`;
      return { kind: "non-repeatable read", transactions: [culprit], message };
    }
    first.set(read.key, read);
  }
  return null;
}

/** A writer whose reads are not the state just before its own writes. */
function brokenBase(sweep: Sweep, culprit: number, reads: readonly Read[]): Anomaly {
  const writer = sweep.transactions[culprit] as Transaction;
  const base = (sweep.position[culprit] as number) - 1;
  const wrong = reads.find((read) => valueAt(sweep.timelines, read.key, base) !== read.value) ?? reads[0];
  if (wrong === undefined) throw new Error("a writer that read nothing has no broken base");
  const timeline = sweep.timelines.byKey.get(wrong.key);
  const position = timeline === undefined ? 0 : (timeline.positions[entryAt(timeline, base)] as number);
  const other = writerAt(sweep, position);
  const older = timeline?.values.slice(0, entryAt(timeline, base)).includes(wrong.value) === true;
  const between = other === undefined ? "the initial state has" : `${describe(other)} had committed`;
  const truth = say({ key: wrong.key, value: valueAt(sweep.timelines, wrong.key, base) });
  return {
    kind: !older ? "future read" : writer.writes.has(wrong.key) ? "lost update" : "stale base",
    transactions: position === 0 ? [culprit] : [culprit, sweep.order[position - 1] as number],
    message: `${describe(writer)} read ${say(wrong)} (event ${wrong.at}) and committed, but ${between} ${truth} just before.`,
  };
}

/** A writer whose place in the order was already behind another writer's when its commit was asked for. */
function overtaken(sweep: Sweep, culprit: number, by: number): Anomaly {
  const late = sweep.transactions[culprit] as Transaction;
  const early = sweep.transactions[by] as Transaction;
  return {
    kind: "order against real time",
    transactions: [culprit, by],
    message: `${describe(late)} asked for its commit (event ${late.commit}) after ${describe(early)} was committed, yet comes before it.`,
  };
}

/** A reader each of whose values was true once, but not within its span, or not together. */
function misplaced(sweep: Sweep, culprit: number, reads: readonly Read[]): Anomaly {
  const reader = sweep.transactions[culprit] as Transaction;
  const floor = sweep.floorAt[culprit] as number;
  const reach = sweep.reach[floor] as number;
  // What is over before the reader began stands behind a writer that asks for its commit only when the reader is over
  // too: nothing that the reader read is to blame.
  if (reach >= reader.end) {
    const late = sweep.order.findIndex((index) => sweep.transactions[index]?.commit === reach);
    return overtaken(sweep, sweep.order[late] as number, sweep.floorBy[culprit] as number);
  }
  let last = floor;
  while (last + 1 < sweep.reach.length && (sweep.reach[last + 1] as number) < reader.end) last++;
  const positions = Array.from({ length: last - floor + 1 }, (_, index) => floor + index);
  const possible = (read: Read, position: number): boolean =>
    valueAt(sweep.timelines, read.key, position) === read.value;
  for (const read of reads) {
    if (!positions.some((position) => possible(read, position))) return outOfSpan(sweep, culprit, read, floor);
  }
  // Not the first that comes: only two that exclude each other are a reason.
  const one = reads.find((read) => !possible(read, last));
  const where = positions.filter((position) => one !== undefined && possible(one, position));
  const other = reads.find((read) => !where.some((position) => possible(read, position)));
  const pair = one === undefined ? "" : ` ${say(one)} and ${other === undefined ? "all the rest" : say(other)}`;
  return {
    kind: "torn read",
    transactions: [culprit],
    message: `${describe(reader)} read${pair}, which were never true together within its span.`,
  };
}

/** One value that was true at some time, but not at any time in the reader's span. */
function outOfSpan(sweep: Sweep, culprit: number, read: Read, floor: number): Anomaly {
  const reader = sweep.transactions[culprit] as Transaction;
  const timeline = sweep.timelines.byKey.get(read.key);
  const stale = timeline?.positions.some(
    (position, entry) => position <= floor && timeline.values[entry] === read.value,
  );
  if (stale !== true) return tooEarly(sweep, culprit, read);
  const by = sweep.floorBy[culprit] as number;
  const position = timeline === undefined ? 0 : (timeline.positions[entryAt(timeline, floor)] as number);
  const writer = writerAt(sweep, position);
  const truth = say({ key: read.key, value: valueAt(sweep.timelines, read.key, floor) });
  const over = writer === undefined ? truth : `${truth} by ${describe(writer)}`;
  const since = by < 0 ? "" : `; ${describe(sweep.transactions[by] as Transaction)} was over before it began`;
  return {
    kind: "stale read",
    transactions: [culprit, ...(position > 0 ? [sweep.order[position - 1] as number] : []), ...(by < 0 ? [] : [by])],
    message: `${describe(reader)} read ${say(read)} (event ${read.at}) though it was already ${over}${since}.`,
  };
}

/** One value of a state that was not there yet: nobody had asked for it, or for one of the states before it. */
function tooEarly(sweep: Sweep, culprit: number, read: Read): Anomaly {
  const reader = sweep.transactions[culprit] as Transaction;
  const saw = `${describe(reader)} read ${say(read)} (event ${read.at})`;
  const { positions = [], values = [] } = sweep.timelines.byKey.get(read.key) ?? {};
  const position = positions.find(
    (each, entry) => values[entry] === read.value && (writerAt(sweep, each)?.commit ?? reader.end) < reader.end,
  );
  if (position === undefined)
    return { kind: "future read", transactions: [culprit], message: `${saw} before anybody asked to commit it.` };
  const writer = writerAt(sweep, position) as Transaction;
  const late = sweep.order.find((index) => sweep.transactions[index]?.commit === sweep.reach[position]) as number;
  const { commit, client } = sweep.transactions[late] as Transaction;
  return {
    kind: "order against real time",
    transactions: [culprit, sweep.order[position - 1] as number, late],
    message: `${saw} by ${describe(writer)}, and was over before ${describe(sweep.transactions[late] as Transaction)} asked for its commit (event ${commit}), yet ${client}'s comes before ${writer.client}'s.`,
  };
}
