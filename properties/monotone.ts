// P5. What HEAD says only grows, and ids of acknowledged transactions are unique and in the order of real time.
import { isCommittedWriter } from "../model/transaction.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const monotone: Property = {
  name: "monotone",
  promise: "P5",
  claim: "HEAD's transaction id and sequence, and its checkpoint's, never go back; ids are unique and in commit order.",
  judge: (view) =>
    // A sweep that found an order has already followed the ids in real time.
    ofHead(view) ?? (view.serializability().verdict === "valid" ? null : ofIds(view)),
};

// --- internal ---

function ofHead(view: RunView): Finding {
  const { heads } = view.bucket();
  for (let i = 1; i < heads.length; i += 1) {
    const before = heads[i - 1];
    const now = heads[i];
    if (before === undefined || now === undefined) continue;
    for (const part of ["txn", "seq", "checkpointSeq"] as const) {
      if (now[part] < before[part])
        return violation(
          `${now.client}'s HEAD at step ${now.step} took ${part} back from ${before[part]} to ${now[part]}.`,
        );
    }
    if (now.seq > before.seq && now.txn === before.txn)
      return violation(
        `${now.client}'s HEAD at step ${now.step} went from segment ${before.seq} to ${now.seq} under one transaction id, ${now.txn}.`,
      );
  }
  return null;
}

function ofIds(view: RunView): Finding {
  const owners = new Map<number, string>();
  const committed = view.transactions().filter(isCommittedWriter);
  for (const { txn, client } of committed) {
    if (txn === null) continue;
    const other = owners.get(txn);
    if (other !== undefined)
      return violation(`Both ${other} and ${client} were answered ok with transaction id ${txn}.`);
    owners.set(txn, client);
  }
  const byEnd = committed.filter(({ txn }) => txn !== null).sort((a, b) => a.end - b.end);
  const byStart = [...byEnd].sort((a, b) => a.commit - b.commit);
  let ended = 0;
  let highest = { txn: -1, client: "" };
  for (const { txn, client, commit } of byStart) {
    for (let done = byEnd[ended]; done !== undefined && done.end < commit; done = byEnd[ended]) {
      if ((done.txn ?? -1) > highest.txn) highest = { txn: done.txn ?? -1, client: done.client };
      ended += 1;
    }
    if ((txn ?? 0) < highest.txn)
      return violation(
        `${client} began to commit after ${highest.client}'s transaction ${highest.txn} was acknowledged, and got the lower id ${txn}.`,
      );
  }
  return null;
}
