// HEAD: reading it, creating the first one, and advancing it by compare-and-swap.
import { bodyText } from "../store/body.js";
import { outcomeOf } from "../store/failure.js";
import { fail, info, Refusal } from "./answer.js";
import { ask, backOff, getObject, sendOnce, unavailable } from "./ask.js";
import type { Base, Core, Result } from "./core.js";
import { EMPTY_HEAD, type Head, parseHead, type Segment } from "./format.js";
import { HEAD } from "./names.js";

/** How many writes of HEAD one client tries before it answers that it doesn't know. Each that fails is somebody's success. */
const PUBLISH_ATTEMPTS = 12;

/** HEAD as it is now. Undefined where the bucket has none. */
export async function readHead(core: Core): Promise<Result<Base | undefined>> {
  const found = await getObject(core, HEAD);
  if (found === undefined || found instanceof Refusal) return found;
  const parsed = parseHead(bodyText(found.body));
  if (parsed === undefined) return fail("corrupt", `${HEAD} is not a HEAD`);
  if (parsed.inRuns)
    return fail("unsupported", `${HEAD} names runs of fusio-manifest 0.6.1, which this manifest can't read`);
  if (parsed.foreign) warnOnce(core);
  return { head: parsed.head, etag: found.etag, date: found.date, lastModified: found.lastModified };
}

/**
 * HEAD, made if there is none. "No such key" is never taken for "empty": creating the first HEAD under
 * `If-None-Match: *` is the proof, and it fails where the 404 was wrong.
 */
export async function ensureHead(core: Core): Promise<Result<Base>> {
  for (let attempt = 0; attempt < PUBLISH_ATTEMPTS; attempt += 1) {
    const base = await readHead(core);
    if (base !== undefined) return base;
    const first = firstHead(core);
    const response = await ask(core, { method: "PUT", key: HEAD, ifNoneMatch: "*", body: JSON.stringify(first) });
    if (response.status === 200 && response.etag !== undefined)
      return baseOf(core, first, response.etag, response.date);
    if (response.status !== 200 && response.status !== 412) return unavailable(`PUT ${HEAD}`, response);
  }
  return fail("unavailable", `${HEAD} is neither there nor can it be made`);
}

/** What a first HEAD says. Its `grace_ms` holds for every client from then on. */
export const firstHead = (core: Core): Head => ({ ...EMPTY_HEAD, grace_ms: core.env.leaseTtlMs });

/** The HEAD that follows when `segment` is published on `head`. */
export const advanced = (head: Head, segment: Segment): Head => ({
  ...head,
  last_segment_seq: head.last_segment_seq + 1,
  last_txn_id: segment.txn_id,
  generation: head.generation + 1,
  nonce: segment.nonce,
});

/**
 * Writes `next(base)` over exactly `base`, again on a newer HEAD as long as `next` gives one. Returns the HEAD that
 * made `next` say "no more" (undefined), or the one written. `info` where the attempts ran out.
 * A write that got no answer is looked up, not repeated blindly; landing late it can do no harm, since HEAD has moved on.
 */
export async function swapHead(
  core: Core,
  start: Base,
  next: (base: Base) => Head | undefined,
): Promise<Result<{ readonly base: Base; readonly written: boolean }>> {
  let base = start;
  let doubt = false;
  for (let attempt = 0; attempt < PUBLISH_ATTEMPTS; attempt += 1) {
    const head = next(base);
    if (head === undefined) return { base, written: false };
    const condition = base.etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: base.etag };
    const response = await sendOnce(core, {
      method: "PUT",
      key: HEAD,
      ...condition,
      contentType: "application/json",
      body: JSON.stringify(head),
    });
    if (response.status === 200 && response.etag !== undefined) {
      return { base: baseOf(core, head, response.etag, response.date), written: true };
    }
    const outcome = outcomeOf(response);
    doubt ||= outcome.applied !== "no";
    const answered =
      outcome.applied === "no" && !outcome.retryable && response.status !== 412 && response.status !== 404;
    if (answered && !doubt) return info("unknown", `HEAD can't be written: ${response.status} ${response.code ?? ""}`);
    if (outcome.retryable) await backOff(core, Math.min(attempt, 3));
    const now = await readHead(core);
    if (now instanceof Refusal) return info("unknown", `HEAD could not be read again: ${now.message}`);
    if (now === undefined && base.etag !== undefined) return info("corrupt", `${HEAD} has vanished`);
    base = now ?? base;
  }
  return info(
    "unknown",
    `HEAD could not be written in ${PUBLISH_ATTEMPTS} attempts${doubt ? ", some without an answer" : ""}`,
  );
}

// --- internal ---

function baseOf(core: Core, head: Head, etag: string | undefined, date: number | undefined): Base {
  const at = date ?? core.memory.storeNow;
  return { head, etag, date: at, lastModified: at };
}

function warnOnce(core: Core): void {
  if (core.memory.warned) return;
  core.memory.warned = true;
  core.env.warn?.(
    "HEAD has been written by a program that drops our fields (generation, nonce, grace_ms): only that program's guarantees hold here",
  );
}
