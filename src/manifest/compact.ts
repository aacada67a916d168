// Compaction: fold a snapshot into a checkpoint, and let HEAD name it unless a newer one is named already.
import { fail, Refusal } from "./answer.js";
import { ask, unavailable } from "./ask.js";
import type { Core, Result, Snapshot } from "./core.js";
import type { Head } from "./format.js";
import { swapHead } from "./head.js";
import { releaseLease } from "./lease.js";
import { checkpointId, checkpointMetaName, checkpointName } from "./names.js";
import { readAll } from "./snapshot.js";

/** Compacts all that is published. Does nothing where the checkpoint is up to date. */
export async function compact(core: Core): Promise<Result<object>> {
  const snapshot = await core.steps.openSnapshot(core);
  if (snapshot instanceof Refusal) return snapshot;
  const { head } = snapshot.base;
  const result = head.last_segment_seq === head.checkpoint_seq ? {} : await fold(core, snapshot);
  await releaseLease(core, snapshot.lease);
  return result;
}

/**
 * Only a newer checkpoint may: the segments between an older one and HEAD's may be gone. Where a foreign HEAD doesn't say
 * how new its checkpoint is, it has to be the one that was folded.
 */
export const mayReplace = (now: Head, folded: Head): boolean =>
  (now.checkpoint_seq < 0
    ? now.checkpoint_id === folded.checkpoint_id
    : now.checkpoint_seq < folded.last_segment_seq) && now.last_segment_seq >= folded.last_segment_seq;

/** Writes the snapshot's state as a new checkpoint; returns its id. The nonce in it makes its name unique: nobody ever writes it twice. */
async function writeCheckpoint(core: Core, snapshot: Snapshot): Promise<Result<string>> {
  const { head } = snapshot.base;
  const state = await readAll(core, snapshot);
  if (state instanceof Refusal) return state;
  const id = checkpointId(head.last_txn_id, core.env.nonce());
  const body = JSON.stringify({ entries: [...state] });
  const meta = JSON.stringify({
    lsn: head.last_txn_id,
    key_count: state.size,
    byte_size: Buffer.byteLength(body),
    created_at_ms: Math.max(0, core.env.clock.now()),
    format: "application/json",
    last_segment_seq_at_ckpt: head.last_segment_seq,
  });
  for (const [key, content] of [
    [checkpointName(id), body],
    [checkpointMetaName(id), meta],
  ] as const) {
    const response = await ask(core, { method: "PUT", key, body: content });
    if (response.status !== 200) return unavailable(`PUT ${key}`, response);
  }
  return id;
}

// --- internal ---

/** A checkpoint that could not be published stays where it is: only a collector can tell that nobody needs it. */
async function fold(core: Core, snapshot: Snapshot): Promise<Result<object>> {
  const id = await writeCheckpoint(core, snapshot);
  if (id instanceof Refusal) return id;
  const { head, lastModified } = snapshot.base;
  const named = (now: Head): Head => ({
    ...now,
    checkpoint_id: id,
    checkpoint_seq: head.last_segment_seq,
    covered_at_ms: lastModified,
    generation: now.generation + 1,
  });
  const swap = await swapHead(core, snapshot.base, (now) =>
    core.steps.mayReplace(now.head, head) ? named(now.head) : undefined,
  );
  if (swap instanceof Refusal) return swap;
  const { checkpoint_seq } = swap.base.head;
  return checkpoint_seq < 0 || checkpoint_seq >= head.last_segment_seq ? {} : fail("corrupt", "HEAD went back");
}
