// A snapshot: the state that one HEAD describes, read lazily from its newest segment back to its checkpoint.
import { bodyText } from "../store/body.js";
import { Refusal } from "./answer.js";
import { getObject } from "./ask.js";
import type { Base, Core, Held, Result, Snapshot } from "./core.js";
import { parseCheckpoint, parseCheckpointSeq, parseSegment } from "./format.js";
import { lost, releaseLease, renewLease, wantsRenewal } from "./lease.js";
import { checkpointMetaName, checkpointName, segmentName } from "./names.js";

/** Pins the state of now. The lease comes first: a HEAD read before it could name what a collector is about to take. */
export async function openSnapshot(core: Core): Promise<Result<Snapshot>> {
  const lease = await core.steps.takeLease(core);
  if (lease instanceof Refusal) return lease;
  const base = await core.steps.freshHead(core);
  if (base instanceof Refusal) {
    await releaseLease(core, lease);
    return base;
  }
  return snapshotOf(base, lease);
}

/** A session reads one snapshot from first to last. It has none until it reads: one that only writes needs none. */
export const pin = async (core: Core, pinned: Snapshot | undefined): Promise<Result<Snapshot>> =>
  pinned ?? core.steps.openSnapshot(core);

/** The snapshot of a HEAD, nothing of it read yet. */
export const snapshotOf = ({ head, ...read }: Base, lease: Held): Snapshot => ({
  base: { head, ...read },
  lease,
  changes: [],
  nextSeq: head.last_segment_seq,
  nextNonce: head.nonce,
  checkpointSeq: head.checkpoint_seq,
  checkpoint: head.checkpoint_id === null ? new Map() : undefined,
});

/** One key's value in the snapshot, null where it is absent. Reads no further back than it must. */
export async function lookUp(core: Core, snapshot: Snapshot, key: string): Promise<Result<string | null>> {
  for (let i = 0; ; i += 1) {
    if (i === snapshot.changes.length) {
      const more = await loadNext(core, snapshot);
      if (more instanceof Refusal) return more;
      if (!more) return snapshot.checkpoint?.get(key) ?? null;
    }
    const change = snapshot.changes[i]?.findLast((candidate) => candidate.key === key);
    if (change !== undefined) return change.op === "Put" ? (change.value ?? "") : null;
  }
}

/** The whole state, in key order. */
export async function readAll(core: Core, snapshot: Snapshot): Promise<Result<Map<string, string>>> {
  for (;;) {
    const more = await loadNext(core, snapshot);
    if (more instanceof Refusal) return more;
    if (!more) break;
  }
  const state = new Map(snapshot.checkpoint);
  for (const changes of snapshot.changes.toReversed()) {
    for (const { key, op, value } of changes) {
      if (op === "Put") state.set(key, value ?? "");
      else state.delete(key);
    }
  }
  return new Map([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// --- internal ---

/** Reads the next segment or, below the last one, the checkpoint. False when there is nothing more to read. */
async function loadNext(core: Core, snapshot: Snapshot): Promise<Result<boolean>> {
  if (snapshot.checkpointSeq < 0) {
    const seq = await checkpointSeqOf(core, snapshot);
    if (seq instanceof Refusal) return seq;
    snapshot.checkpointSeq = seq;
  }
  if (snapshot.nextSeq > snapshot.checkpointSeq) return loadSegment(core, snapshot);
  if (snapshot.checkpoint !== undefined) return false;
  const id = snapshot.base.head.checkpoint_id ?? "";
  const text = await load(core, snapshot, checkpointName(id));
  if (text instanceof Refusal) return text;
  const entries = parseCheckpoint(text);
  if (entries === undefined) return lost(core, snapshot.lease, checkpointName(id), core.memory.storeNow);
  snapshot.checkpoint = entries;
  return false;
}

/** The chain of nonces leads from HEAD down: a slot that was collected and then filled again by a stalled writer breaks it. */
async function loadSegment(core: Core, snapshot: Snapshot): Promise<Result<boolean>> {
  const name = segmentName(snapshot.nextSeq);
  const text = await load(core, snapshot, name);
  if (text instanceof Refusal) return text;
  const segment = parseSegment(text);
  const broken = segment === undefined || (snapshot.nextNonce !== null && segment.nonce !== snapshot.nextNonce);
  if (broken) return lost(core, snapshot.lease, name, core.memory.storeNow);
  snapshot.changes.push(segment.records);
  snapshot.nextSeq -= 1;
  snapshot.nextNonce = segment.prev;
  return true;
}

async function load(core: Core, snapshot: Snapshot, name: string): Promise<Result<string>> {
  if (wantsRenewal(core, snapshot.lease)) await renewLease(core, snapshot.lease, snapshot.base.head);
  const found = await getObject(core, name);
  if (found instanceof Refusal) return found;
  if (found === undefined) return lost(core, snapshot.lease, name, core.memory.storeNow);
  return bodyText(found.body);
}

/** For a HEAD without `checkpoint_seq`, as the crate writes it. */
async function checkpointSeqOf(core: Core, snapshot: Snapshot): Promise<Result<number>> {
  const name = checkpointMetaName(snapshot.base.head.checkpoint_id ?? "");
  const text = await load(core, snapshot, name);
  if (text instanceof Refusal) return text;
  return parseCheckpointSeq(text) ?? lost(core, snapshot.lease, name, core.memory.storeNow);
}
