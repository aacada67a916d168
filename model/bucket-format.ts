// The objects of the on-bucket format (docs/format.md), read on our own: a judge must not share the manifest's reader.
// Fields that are not looked at may be anything; what does not read as what its name says is undefined.

export type ObjectName =
  | { readonly kind: "head" }
  | { readonly kind: "segment"; readonly seq: number }
  | { readonly kind: "checkpoint" | "meta"; readonly id: string }
  | { readonly kind: "other" };

export interface HeadFields {
  readonly seq: number;
  readonly txn: number;
  readonly checkpointId: string | null;
}

/** A segment's changes, in order; null is a delete. */
export type Changes = readonly (readonly [key: string, value: string | null])[];

const HEAD_NAME: ObjectName = { kind: "head" };
const OTHER: ObjectName = { kind: "other" };
const SEGMENT = "segments/seg-";
const CHECKPOINT = "checkpoints/";
const DIGITS = 20;

/** What the object with this key (relative to the prefix) is. */
export function objectName(key: string): ObjectName {
  if (key === "HEAD.json") return HEAD_NAME;
  if (key.startsWith(SEGMENT) && key.endsWith(".json")) {
    const seq = Number(key.slice(SEGMENT.length, -".json".length));
    const isSeq = key.length === SEGMENT.length + DIGITS + ".json".length && Number.isSafeInteger(seq) && seq >= 0;
    return isSeq ? { kind: "segment", seq } : OTHER;
  }
  if (key.startsWith(CHECKPOINT) && key.endsWith(".json")) {
    const kind = key.endsWith(".meta.json") ? "meta" : "checkpoint";
    return { kind, id: key.slice(CHECKPOINT.length, kind === "meta" ? -".meta.json".length : -".json".length) };
  }
  return OTHER;
}

/** `HEAD.json`. A HEAD without commits may lack its counters or have null in their place. */
export function headOf(text: string): HeadFields | undefined {
  const json = objectOf(text);
  if (json === undefined) return undefined;
  const { last_segment_seq: seq = 0, last_txn_id: txn = 0, checkpoint_id: id = null } = json;
  const [seqOr0, txnOr0] = [seq ?? 0, txn ?? 0];
  if (typeof seqOr0 !== "number" || typeof txnOr0 !== "number") return undefined;
  if (id !== null && typeof id !== "string") return undefined;
  return { seq: seqOr0, txn: txnOr0, checkpointId: id };
}

/** `segments/seg-....json` */
export function changesOf(text: string): Changes | undefined {
  const records = objectOf(text)?.["records"];
  if (!Array.isArray(records)) return undefined;
  const changes: (readonly [string, string | null])[] = [];
  for (const record of records as readonly unknown[]) {
    if (typeof record !== "object" || record === null) return undefined;
    const { key, op, value } = record as Record<string, unknown>;
    if (typeof key !== "string") return undefined;
    if (op === "Put" && typeof value === "string") changes.push([key, value]);
    else if (op === "Del") changes.push([key, null]);
    else return undefined;
  }
  return changes;
}

/** `checkpoints/<id>.json`: its entries, a key that stands twice included. */
export function entriesOf(text: string): readonly (readonly [key: string, value: string])[] | undefined {
  const entries = objectOf(text)?.["entries"];
  if (!Array.isArray(entries)) return undefined;
  const isEntry = (entry: unknown): boolean =>
    Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "string";
  return entries.every(isEntry) ? (entries as readonly (readonly [string, string])[]) : undefined;
}

/** `checkpoints/<id>.meta.json`: the last segment that the checkpoint contains. */
export function checkpointSeqOf(text: string): number | undefined {
  const seq = objectOf(text)?.["last_segment_seq_at_ckpt"];
  return typeof seq === "number" ? seq : undefined;
}

// --- internal ---

interface Json {
  readonly [field: string]: unknown;
  readonly last_segment_seq?: unknown;
  readonly last_txn_id?: unknown;
  readonly checkpoint_id?: unknown;
}

function objectOf(text: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as Json) : undefined;
  } catch {
    return undefined;
  }
}
