// P1. A read must not see a value that was surely overwritten before it began.
import { claimsOf } from "../model/claims.js";
import { describe, isCommittedWriter, isFloating, type Read, type Transaction } from "../model/transaction.js";
import { say } from "./pairs.js";
import { type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const durable: Property = {
  name: "durable",
  promise: "P1",
  claim: "What was answered ok is in every read that starts later.",
  judge: (view) => {
    // Where one order explains every read, nothing is lost; this property says what is, where none does.
    if (view.serializability().verdict === "valid") return null;
    const keys = keyHistories(view);
    for (const reader of view.transactions()) {
      for (const read of claimsOf(reader, keys.keys())) {
        const history = keys.get(read.key);
        const lost = history === undefined ? undefined : lostTo(history, reader, read);
        if (lost === undefined) continue;
        const left = say(read.key, lost.writes.get(read.key) ?? null);
        return violation(
          `${describe(lost)} was answered ok and left ${left}; ${describe(reader)} began later and read ${say(read.key, read.value)} (event ${read.at}), which is older.`,
        );
      }
    }
    return null;
  },
};

// --- internal ---

/** Of the acknowledged writers of a key so far, by the end of their commits: the latest to begin it, the highest id. */
interface Bar {
  readonly end: number;
  readonly latest: Transaction;
  readonly highest: Transaction;
}

interface KeyHistory {
  readonly initial: string | null;
  /** Everybody who wrote a value and may have committed, by value. */
  readonly byValue: Map<string | null, Transaction[]>;
  readonly bars: Bar[];
}

function keyHistories({ transactions, initial }: RunView): ReadonlyMap<string, KeyHistory> {
  const keys = new Map<string, KeyHistory>();
  for (const [key, value] of initial) keys.set(key, { initial: value, byValue: new Map(), bars: [] });
  const byEnd = transactions()
    .filter((each) => isCommittedWriter(each) || isFloating(each))
    .sort((one, other) => one.end - other.end);
  for (const writer of byEnd) {
    for (const [key, value] of writer.writes) {
      const history: KeyHistory = keys.get(key) ?? { initial: null, byValue: new Map(), bars: [] };
      keys.set(key, history);
      const same = history.byValue.get(value);
      if (same === undefined) history.byValue.set(value, [writer]);
      else same.push(writer);
      if (writer.outcome === "committed") history.bars.push(nextBar(history.bars.at(-1), writer));
    }
  }
  return keys;
}

function nextBar(before: Bar | undefined, writer: Transaction): Bar {
  const latest = before === undefined || writer.commit > before.latest.commit ? writer : before.latest;
  const higher = before === undefined || (writer.txn ?? -1) > (before.highest.txn ?? -1);
  return { end: writer.end, latest, highest: higher ? writer : before.highest };
}

/** Who overwrote the value for good before the reader began, if everybody who wrote it was overwritten. */
function lostTo({ initial, byValue, bars }: KeyHistory, reader: Transaction, read: Read): Transaction | undefined {
  const bar = bars.findLast(({ end }) => end < reader.begin);
  if (bar === undefined) return undefined;
  const writers = byValue.get(read.value) ?? [];
  // A value that nobody can have put there was not lost: it is another promise's business.
  if (writers.length === 0 && read.value !== initial) return undefined;
  let lost = bar.latest;
  for (const writer of writers) {
    if (writer.outcome !== "committed") return undefined;
    if (writer.end < bar.latest.commit) lost = bar.latest;
    else if (writer.txn !== null && writer.txn < (bar.highest.txn ?? -1)) lost = bar.highest;
    else return undefined;
  }
  return lost;
}
