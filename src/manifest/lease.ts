// A reader's lease: while it lasts on the store's clock, no collector takes what the reader's snapshot needs.
import { fail } from "./answer.js";
import { ATTEMPTS, backOff, sendOnce, unavailable } from "./ask.js";
import type { Core, Held, Result } from "./core.js";
import type { Head, Lease } from "./format.js";
import { leaseName } from "./names.js";

/**
 * Takes a lease that holds everything there is. Each attempt has a name of its own and is written under
 * `If-None-Match: *`, so that its `Last-Modified` is the moment at which it began to hold. Counter-example for one
 * name: an attempt that got no answer lands again after a compaction, and a collector takes the old reader for one
 * that came after it.
 */
export async function takeLease(core: Core): Promise<Result<Held>> {
  for (let attempt = 0; ; attempt += 1) {
    const id = `lease-${core.env.nonce()}`;
    const response = await sendOnce(core, {
      method: "PUT",
      key: leaseName(id),
      ifNoneMatch: "*",
      contentType: "application/json",
      body: JSON.stringify(leaseBody(core, id, undefined)),
    });
    if (response.status === 200 && response.date !== undefined) return { id, date: response.date, lapsed: false };
    if (attempt + 1 === ATTEMPTS) return unavailable("taking a lease", response);
    await backOff(core, attempt);
  }
}

/** True once half of the lease has passed, by what the store's answers have said. */
export const wantsRenewal = (core: Core, held: Held): boolean =>
  !held.lapsed && core.memory.storeNow >= held.date + core.env.leaseTtlMs / 2;

/**
 * Renews in place, now naming the snapshot. It counts only if it arrived before the old term ran out: after that a
 * collector may have seen the lease dead and be on its way to delete it, or what it held.
 */
export async function renewLease(core: Core, held: Held, snapshot: Head): Promise<void> {
  const response = await sendOnce(core, {
    method: "PUT",
    key: leaseName(held.id),
    contentType: "application/json",
    body: JSON.stringify(leaseBody(core, held.id, snapshot)),
  });
  if (response.status !== 200 || response.date === undefined) return;
  if (mayHaveRunOut(core, held, response.date)) held.lapsed = true;
  else held.date = response.date;
}

/** Gives the lease back. Without an answer it simply runs out. */
export async function releaseLease(core: Core, held: Held): Promise<void> {
  await sendOnce(core, { method: "DELETE", key: leaseName(held.id) });
}

/** Why an object that the snapshot needs can be missing or wrong: only because the lease ran out, else something is broken. */
export function lost(core: Core, held: Held, what: string, date: number): Result<never> {
  if (held.lapsed || mayHaveRunOut(core, held, date)) return fail("expired", `the lease ran out; ${what} is gone`);
  return fail("corrupt", `${what} is missing or not what HEAD refers to, although the lease holds`);
}

// --- internal ---

/** Both dates are whole seconds, so this is true at the earliest one second before the end. Collectors wait longer. */
const mayHaveRunOut = (core: Core, held: Held, date: number): boolean => date >= held.date + core.env.leaseTtlMs;

const leaseBody = (core: Core, id: string, snapshot: Head | undefined): Lease => ({
  id,
  snapshot_txn_id: snapshot?.last_txn_id ?? 0,
  expires_at_ms: Math.max(0, core.env.clock.now() + core.env.leaseTtlMs),
  ttl_ms: core.env.leaseTtlMs,
  checkpoint_seq: snapshot === undefined ? null : Math.max(0, snapshot.checkpoint_seq),
});
