// Commit: put the segment into the next slot if it is free (that decides), then let HEAD name it (that publishes).
import { bodyText } from "../store/body.js";
import { outcomeOf } from "../store/failure.js";
import { fail, info, Refusal } from "./answer.js";
import { ATTEMPTS, backOff, getObject, sendOnce, unavailable } from "./ask.js";
import type { Base, Claim, Core, Fate, Result } from "./core.js";
import { type Change, type Head, parseSegment, type Segment } from "./format.js";
import { advanced, ensureHead, swapHead } from "./head.js";
import { segmentName } from "./names.js";

/** One attempt to commit `changes` directly on `base`. */
export async function commitOn(core: Core, base: Base, changes: readonly Change[]): Promise<Fate> {
  const { last_segment_seq, last_txn_id, nonce } = base.head;
  const segment: Segment = { txn_id: last_txn_id + 1, records: changes, nonce: core.env.nonce(), prev: nonce };
  const seq = last_segment_seq + 1;
  const claim = await core.steps.claimSlot(core, seq, segment);
  if (claim.kind === "none") return claim;
  if (claim.kind === "mine") return core.steps.publishOwn(core, base, segment, claim);
  if (claim.segment !== undefined) core.memory.taken = { seq, segment: claim.segment };
  if (inTime(core, base, claim.date)) return { kind: "lost" };
  // One of our PUTs may have been applied, published, compacted and collected, and this be a stalled writer's.
  // A HEAD that is not there is made: that is the proof that none has named the slot, let alone covered it.
  const now = await ensureHead(core);
  return now instanceof Refusal || !isAbove(now.head, seq) ? collected(seq) : { kind: "lost" };
}

/**
 * Puts the segment into its slot, if it is free, and finds out who is in it. A 412 does not say that the slot is
 * somebody else's: the same request may have been applied a moment ago, by an attempt whose answer was lost or by a
 * network that delivers twice.
 */
export async function claimSlot(core: Core, seq: number, segment: Segment): Promise<Claim> {
  const key = segmentName(seq);
  const body = JSON.stringify(segment);
  const metadata = { "fusio-txn-id": String(segment.txn_id) };
  let applied = false;
  for (let attempt = 0; ; attempt += 1) {
    const response = await sendOnce(core, {
      method: "PUT",
      key,
      ifNoneMatch: "*",
      contentType: "application/json",
      metadata,
      body,
    });
    if (response.status === 200) return { kind: "mine", date: response.date ?? Number.POSITIVE_INFINITY };
    if (response.status === 412) return occupant(core, key, segment);
    const outcome = outcomeOf(response);
    applied ||= outcome.applied !== "no";
    if (!outcome.retryable || attempt + 1 === ATTEMPTS) {
      const refusal = unavailable(`PUT ${key}`, response);
      return {
        kind: "none",
        refusal: applied ? info("unknown", `nobody knows whether it was applied: ${refusal.message}`) : refusal,
      };
    }
    await backOff(core, attempt);
  }
}

/**
 * Our segment is in the slot: makes HEAD name it. If HEAD has moved on without us, somebody helped, unless the slot
 * had been collected before we filled it; then nobody will ever look at it.
 */
export async function publishOwn(
  core: Core,
  base: Base,
  segment: Segment,
  claim: Claim & { kind: "mine" },
): Promise<Fate> {
  const seq = base.head.last_segment_seq + 1;
  const swap = await publish(core, base, segment);
  if (swap instanceof Refusal) return { kind: "none", refusal: swap };
  const { head } = swap.base;
  if (swap.written || head.nonce === segment.nonce) return { kind: "committed", txn: segment.txn_id, base: swap.base };
  if (head.last_segment_seq >= seq && (isAbove(head, seq) || inTime(core, base, claim.date))) {
    return { kind: "committed", txn: segment.txn_id, base: undefined };
  }
  return collected(seq);
}

/**
 * Publishes a segment that was found in the slot after `base`. Safe whoever wrote it: the write succeeds only while
 * HEAD has not reached the slot, and such a slot has never been collected.
 */
export async function publishFound(core: Core, base: Base, segment: Segment): Promise<Result<Base>> {
  const swap = await publish(core, base, segment);
  return swap instanceof Refusal ? fail("unavailable", swap.message) : swap.base;
}

// --- internal ---

const publish = (core: Core, base: Base, segment: Segment) =>
  swapHead(core, base, ({ head }) =>
    head.last_segment_seq === base.head.last_segment_seq ? advanced(head, segment) : undefined,
  );

/**
 * True where the slot after `base` can't have been collected by the store's time `date`: HEAD had not reached it at
 * `base.date`, and collectors wait `grace_ms`, and two seconds more as dates are whole seconds, after HEAD has.
 */
const inTime = (core: Core, base: Base, date: number): boolean =>
  base.date !== undefined && date <= base.date + (base.head.grace_ms || core.env.leaseTtlMs);

/** True where HEAD's checkpoint certainly does not contain the slot. A foreign HEAD doesn't say. */
const isAbove = ({ checkpoint_seq }: Head, seq: number): boolean => checkpoint_seq >= 0 && checkpoint_seq < seq;

const collected = (seq: number): Fate => ({
  kind: "none",
  refusal: info(
    "unknown",
    `slot ${seq} was collected meanwhile: it can't be told whether our segment was published before`,
  ),
});

/** Whose segment is in a slot that a PUT of ours found taken. */
async function occupant(core: Core, key: string, segment: Segment): Promise<Claim> {
  const found = await getObject(core, key);
  if (found === undefined || found instanceof Refusal) {
    return { kind: "none", refusal: info("unknown", `${key} is taken, but can't be read`) };
  }
  const other = parseSegment(bodyText(found.body));
  if (other?.nonce === segment.nonce) return { kind: "mine", date: found.date };
  return { kind: "taken", segment: other, date: found.date };
}
