// Object names below the manifest's prefix, as fusio-manifest writes them.

const DIGITS = 20;
const padded = (n: number): string => String(n).padStart(DIGITS, "0");

export const HEAD = "HEAD.json";
export const GARBAGE = "gc/GARBAGE";
export const SEGMENTS = "segments/";
export const CHECKPOINTS = "checkpoints/";
export const LEASES = "leases/";

export const segmentName = (seq: number): string => `${SEGMENTS}seg-${padded(seq)}.json`;

/** Checkpoint ids sort by transaction; the nonce keeps two compactors of one state apart. */
export const checkpointId = (txn: number, nonce: string): string => `ckpt-${padded(txn)}-${nonce}`;
export const checkpointName = (id: string): string => `${CHECKPOINTS}${id}.json`;
export const checkpointMetaName = (id: string): string => `${CHECKPOINTS}${id}.meta.json`;
export const leaseName = (id: string): string => `${LEASES}${id}.json`;

/** The sequence number in a segment's name, or undefined for a name that is none. */
export function seqOfSegment(name: string): number | undefined {
  const digits = /^segments\/seg-(\d{20})\.json$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The transaction in a checkpoint's name (data or meta), or undefined for a name that is none. */
export function txnOfCheckpoint(name: string): number | undefined {
  const digits = /^checkpoints\/ckpt-(\d{20})[^/]*\.json$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
