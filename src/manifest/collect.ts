// Garbage collection in two calls: one marks what HEAD's checkpoint made superfluous, a later one sweeps it.
import { bodyText } from "../store/body.js";
import { Refusal } from "./answer.js";
import { ask, getObject, listNames, unavailable } from "./ask.js";
import type { Base, Core, Found, Result } from "./core.js";
import { type GarbagePlan, parseLease, parsePlan } from "./format.js";
import { readHead } from "./head.js";
import {
  CHECKPOINTS,
  checkpointMetaName,
  checkpointName,
  GARBAGE,
  LEASES,
  SEGMENTS,
  segmentName,
  seqOfSegment,
  txnOfCheckpoint,
} from "./names.js";

/** A lease that has not run out: how old it is, and which checkpoint its owner's snapshot stands on, if it says. */
interface Live {
  readonly lastModified: number;
  readonly checkpointSeq: number | null;
}

/** Dates are whole seconds on the wire: two of them can be almost two seconds off. */
const ROUNDING_MS = 2000;

/**
 * Sweeps what an earlier call marked, if nobody can need it any more, then marks anew. HEAD is read first and the
 * leases second: a lease that is not in the list was taken later, so its owner reads a HEAD at least as new as ours.
 */
export async function collect(core: Core): Promise<Result<object>> {
  const base = await readHead(core);
  if (base === undefined) return {};
  if (base instanceof Refusal) return base;
  const found = await getObject(core, GARBAGE);
  if (found instanceof Refusal) return found;
  const plan = found === undefined ? undefined : parsePlan(bodyText(found.body));
  const live = await liveLeases(core);
  if (live instanceof Refusal) return live;
  const pending = plan !== undefined && plan.delete_segments.length + plan.delete_checkpoints.length > 0;
  if (pending && plan.checkpoint_seq !== null && found !== undefined) {
    if (!mature(core, plan, found.lastModified, live)) return {};
    const swept = await sweep(core, plan);
    if (swept instanceof Refusal) return swept;
  }
  return core.steps.mark(core, base, found, pending);
}

/** Deletes what a plan names. Harmless to repeat, and whenever it lands: nothing in it can be needed again. */
async function sweep(core: Core, plan: GarbagePlan): Promise<Result<object>> {
  const names = plan.delete_segments.flatMap(({ start, end }) =>
    Array.from({ length: end - start + 1 }, (_, i) => segmentName(start + i)),
  );
  for (const id of plan.delete_checkpoints) names.push(checkpointName(id), checkpointMetaName(id));
  for (const key of names) {
    const response = await ask(core, { method: "DELETE", key });
    if (response.status !== 204 && response.status !== 200 && response.status !== 404)
      return unavailable(`DELETE ${key}`, response);
  }
  return {};
}

/** Installs the plan of what is garbage under `base`, over exactly the plan that was read (`old`). */
export async function mark(core: Core, base: Base, old: Found | undefined, pending: boolean): Promise<Result<object>> {
  const plan = await garbageUnder(core, base);
  if (plan instanceof Refusal) return plan;
  if (!pending && plan.delete_segments.length + plan.delete_checkpoints.length === 0) return {};
  const condition = old === undefined ? { ifNoneMatch: "*" } : { ifMatch: old.etag };
  const response = await ask(core, { method: "PUT", key: GARBAGE, ...condition, body: JSON.stringify(plan) });
  return response.status === 200 || response.status === 412 || response.status === 404
    ? {}
    : unavailable(`PUT ${GARBAGE}`, response);
}

/**
 * What HEAD's checkpoint replaces: the segments that it contains, and every other checkpoint that is not newer. A newer
 * one may be a compactor's that is about to be published; an older one never can be.
 */
async function garbageUnder(core: Core, base: Base): Promise<Result<GarbagePlan>> {
  const { head } = base;
  const segments = await listNames(core, SEGMENTS);
  if (segments instanceof Refusal) return segments;
  const checkpoints = await listNames(core, CHECKPOINTS);
  if (checkpoints instanceof Refusal) return checkpoints;
  const seqs = segments
    .map(seqOfSegment)
    .filter((seq): seq is number => seq !== undefined && seq <= head.checkpoint_seq);
  const newest = head.checkpoint_id === null ? -1 : (txnOfCheckpoint(checkpointName(head.checkpoint_id)) ?? -1);
  const ids = checkpoints
    .filter((name) => (txnOfCheckpoint(name) ?? Number.POSITIVE_INFINITY) <= newest)
    .map((name) => name.slice(CHECKPOINTS.length).replace(/(\.meta)?\.json$/, ""))
    .filter((id) => id !== head.checkpoint_id);
  return {
    against_head_tag: base.etag ?? "",
    not_before: head.covered_at_ms + (head.grace_ms || core.env.leaseTtlMs) + ROUNDING_MS,
    delete_segments: seqs.map((seq) => ({ start: seq, end: seq })),
    delete_checkpoints: [...new Set(ids)],
    make_checkpoints: [],
    checkpoint_seq: head.checkpoint_seq,
  };
}

/** The leases that hold, by the store's clock; those that have run out are deleted. */
async function liveLeases(core: Core): Promise<Result<Live[]>> {
  const names = await listNames(core, LEASES);
  if (names instanceof Refusal) return names;
  const live: Live[] = [];
  for (const name of names) {
    const found = await getObject(core, name);
    if (found instanceof Refusal) return found;
    if (found === undefined) continue;
    const lease = parseLease(bodyText(found.body));
    const foreign = lease?.ttl_ms == null;
    const term = found.lastModified + (lease?.ttl_ms ?? core.env.leaseTtlMs);
    const end = (foreign ? Math.max(term, lease?.expires_at_ms ?? 0) : term) + ROUNDING_MS;
    if (found.date < end) live.push({ lastModified: found.lastModified, checkpointSeq: lease?.checkpoint_seq ?? null });
    else await ask(core, { method: "DELETE", key: name });
  }
  return live;
}

// --- internal ---

/**
 * True where nobody can need what the plan names: no lease is older than the plan, except of owners who say that they
 * stand on its checkpoint or a newer one; and no writer can still take one of its slots for the next (`not_before`).
 */
const mature = (core: Core, plan: GarbagePlan, markedAt: number, live: readonly Live[]): boolean =>
  core.memory.storeNow >= plan.not_before &&
  live.every(({ lastModified, checkpointSeq }) =>
    checkpointSeq === null ? lastModified > markedAt : checkpointSeq >= (plan.checkpoint_seq ?? 0),
  );
