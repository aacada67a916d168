// P5. What HEAD says only grows, and ids of acknowledged transactions are unique and in the order of real time.
import { isCommittedWriter } from "../model/transaction.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const monotone: Property = {
  name: "monotone",
  promise: "P5",
  claim: "HEAD's transaction id and sequence, and its checkpoint's, never go back; ids are unique and in commit order.",
  judge: (view) => ofHead(view) ?? ofIds(view),
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
        return violation(`HEAD's ${part} went back from ${before[part]} to ${now[part]} (write ${i + 1} of HEAD).`);
    }
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
