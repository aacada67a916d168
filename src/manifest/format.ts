// The manifest's objects as JSON: fusio-manifest 0.6.0's fields, and beside them what a correct protocol needs.
// Readers ignore fields that they don't know; a writer that drops ours (the crate does) takes our guarantees along.

/** `HEAD.json`. `generation` counts every write of HEAD: no two have the same bytes, so its ETag can't come back (ABA). */
export interface Head {
  readonly version: number;
  readonly checkpoint_id: string | null;
  readonly last_segment_seq: number;
  readonly last_txn_id: number;
  readonly generation: number;
  /** Nonce of the segment `last_segment_seq`, null before the first (or after a foreign writer). */
  readonly nonce: string | null;
  /** The last segment that the checkpoint contains; -1 where a foreign writer has dropped it: only the checkpoint's meta says. */
  readonly checkpoint_seq: number;
  /** Store's time at which HEAD already named every segment up to `checkpoint_seq`. */
  readonly covered_at_ms: number;
  /** No slot is collected earlier than this after `covered_at_ms`. Set by whoever writes the first HEAD, then kept. */
  readonly grace_ms: number;
}

export interface Change {
  readonly key: string;
  readonly op: "Put" | "Del";
  readonly value?: string;
}

/** `segments/seg-<seq>.json`: one transaction. `prev` is the nonce of the segment before it. */
export interface Segment {
  readonly txn_id: number;
  readonly records: readonly Change[];
  readonly nonce: string | null;
  readonly prev: string | null;
}

/** `leases/<id>.json`. Until its owner has read HEAD it names no snapshot: it then holds all that existed when it was made. */
export interface Lease {
  readonly id: string;
  readonly snapshot_txn_id: number;
  readonly expires_at_ms: number;
  readonly ttl_ms: number | null;
  /** `checkpoint_seq` of the snapshot, once known (a renewal writes it). */
  readonly checkpoint_seq: number | null;
}

/** `gc/GARBAGE`: what a collector marked, for a later call to sweep. */
export interface GarbagePlan {
  readonly against_head_tag: string;
  readonly not_before: number;
  readonly delete_segments: readonly { readonly start: number; readonly end: number }[];
  readonly delete_checkpoints: readonly string[];
  readonly make_checkpoints: readonly string[];
  /** The checkpoint that made all this garbage; null in a foreign plan, which we never sweep. */
  readonly checkpoint_seq: number | null;
}

export const EMPTY_HEAD: Head = {
  version: 1,
  checkpoint_id: null,
  last_segment_seq: 0,
  last_txn_id: 0,
  generation: 0,
  nonce: null,
  checkpoint_seq: 0,
  covered_at_ms: 0,
  grace_ms: 0,
};

/** A HEAD as it was read. */
interface ParsedHead {
  readonly head: Head;
  /**
   * A program that drops our fields has written HEAD since the first commit. `grace_ms` tells: whoever makes a HEAD of
   * ours sets it, and nobody sets it again, while generation and nonce come back with our next commit.
   */
  readonly foreign: boolean;
  /** The state is in runs of fusio-manifest 0.6.1, in files of another format. Rewriting such a HEAD would lose them. */
  readonly inRuns: boolean;
}

/** HEAD's fields, or undefined where the text is no HEAD. */
export function parseHead(text: string): ParsedHead | undefined {
  const json = objectOf(text);
  if (json === undefined) return undefined;
  const seq = count(json["last_segment_seq"] ?? 0);
  const txn = count(json["last_txn_id"] ?? 0);
  const checkpoint = json["checkpoint_id"] ?? null;
  if (seq === undefined || txn === undefined || !(checkpoint === null || typeof checkpoint === "string"))
    return undefined;
  const head: Head = {
    version: count(json["version"]) ?? 1,
    checkpoint_id: checkpoint,
    last_segment_seq: seq,
    last_txn_id: txn,
    generation: count(json["generation"]) ?? 0,
    nonce: stringOrNull(json["nonce"]),
    checkpoint_seq: count(json["checkpoint_seq"]) ?? (checkpoint === null ? 0 : -1),
    covered_at_ms: count(json["covered_at_ms"]) ?? 0,
    grace_ms: count(json["grace_ms"]) ?? 0,
  };
  return { head, foreign: head.grace_ms === 0 && seq > 0, inRuns: hasRuns(json["merge_tree"]) };
}

/** A segment, or undefined where the text is none. */
export function parseSegment(text: string): Segment | undefined {
  const json = objectOf(text);
  const txn = count(json?.["txn_id"]);
  const records = json?.["records"];
  if (json === undefined || txn === undefined || !Array.isArray(records) || !records.every(isChange)) return undefined;
  return { txn_id: txn, records, nonce: stringOrNull(json["nonce"]), prev: stringOrNull(json["prev"]) };
}

/** A checkpoint's entries, or undefined where the text is no checkpoint. */
export function parseCheckpoint(text: string): Map<string, string> | undefined {
  const entries = objectOf(text)?.["entries"];
  if (!Array.isArray(entries)) return undefined;
  const state = new Map<string, string>();
  for (const entry of entries) {
    if (!Array.isArray(entry) || typeof entry[0] !== "string" || typeof entry[1] !== "string") return undefined;
    state.set(entry[0], entry[1]);
  }
  return state.size === entries.length ? state : undefined;
}

/** `last_segment_seq_at_ckpt` of a checkpoint's meta, for a HEAD that doesn't carry it. */
export function parseCheckpointSeq(text: string): number | undefined {
  return count(objectOf(text)?.["last_segment_seq_at_ckpt"]);
}

/** A lease, or undefined where the text is none. */
export function parseLease(text: string): Lease | undefined {
  const json = objectOf(text);
  const expires = count(json?.["expires_at_ms"]);
  if (json === undefined || expires === undefined) return undefined;
  return {
    id: stringOrNull(json["id"]) ?? "",
    snapshot_txn_id: count(json["snapshot_txn_id"]) ?? 0,
    expires_at_ms: expires,
    ttl_ms: count(json["ttl_ms"]) ?? null,
    checkpoint_seq: count(json["checkpoint_seq"]) ?? null,
  };
}

/** A garbage plan, or undefined where the text is none. */
export function parsePlan(text: string): GarbagePlan | undefined {
  const json = objectOf(text);
  const segments = json?.["delete_segments"];
  const checkpoints = json?.["delete_checkpoints"];
  if (json === undefined || !Array.isArray(segments) || !Array.isArray(checkpoints)) return undefined;
  return {
    against_head_tag: stringOrNull(json["against_head_tag"]) ?? "",
    not_before: count(json["not_before"]) ?? 0,
    delete_segments: segments.filter(isRange),
    delete_checkpoints: checkpoints.filter((id) => typeof id === "string"),
    make_checkpoints: [],
    checkpoint_seq: count(json["checkpoint_seq"]) ?? null,
  };
}

// --- internal ---

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const count = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const stringOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

function isChange(value: unknown): value is Change {
  if (typeof value !== "object" || value === null) return false;
  const { key, op, value: written } = value as Record<string, unknown>;
  return typeof key === "string" && (op === "Del" || (op === "Put" && typeof written === "string"));
}

/** `merge_tree.levels` of 0.6.1: empty until its first compaction. */
function hasRuns(tree: unknown): boolean {
  if (typeof tree !== "object" || tree === null) return false;
  const { levels } = tree as Record<string, unknown>;
  return Array.isArray(levels) && levels.some((run) => run !== null);
}

function isRange(value: unknown): value is { start: number; end: number } {
  if (typeof value !== "object" || value === null) return false;
  const { start, end } = value as Record<string, unknown>;
  return count(start) !== undefined && count(end) !== undefined;
}
