// Seeds: how a campaign's one seed becomes the seeds of its batches.

/** A campaign draws its plans in batches of so many: run `i` is number `i % BATCH` of batch `i / BATCH`. */
export const BATCH = 50;

/**
 * The seed of a batch, a 32-bit integer: the finaliser of MurmurHash3 (Appleby, 2011) over both numbers, so that
 * neighbouring seeds share no batch.
 */
export function batchSeed(seed: number, batch: number): number {
  let h = Math.imul(seed ^ Math.imul(batch + 1, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
