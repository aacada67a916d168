// What a campaign must have met to have tested anything: the *sometimes* properties, counted in every run.
import type { HistoryEvent } from "../model/history.js";
import type { Applied, RunRecord } from "../model/story.js";

type Count = (record: RunRecord) => number;

const events =
  (fits: (event: HistoryEvent) => boolean): Count =>
  ({ history }) =>
    history.reduce((count, event) => count + (fits(event) ? 1 : 0), 0);
const requests =
  (fits: (applied: Applied) => boolean): Count =>
  ({ story }) =>
    story.reduce((count, applied) => count + (fits(applied) ? 1 : 0), 0);

const isHead = ({ key, method, status }: Applied): boolean => key === "HEAD.json" && method === "PUT" && status === 200;
const failed = (op: string, error: string): Count =>
  events((event) => event.type === "fail" && event.op === op && event.error === error);

/** Every situation by its name, a line each. The names are stable: they stand in reports and in `--json`. */
const situations: Readonly<Record<string, Count>> = {
  commit: events((event) => event.type === "ok" && event.op === "commit" && event.txn !== undefined),
  conflict: failed("commit", "conflict"),
  "ambiguous-commit": events((event) => event.type === "info" && event.op === "commit"),
  "ambiguous-answer": requests(({ fault }) => fault === "response-lost" || fault === "failed-after"),
  "duplicate-delivered": requests(({ fault }) => fault === "duplicate"),
  "zombie-applied": requests(({ fault, status }) => fault === "zombie" && status < 300),
  "zombie-refused": requests(({ fault, status }) => fault === "zombie" && status >= 300),
  "crash-between-two-requests": events((event) => event.type === "crash"),
  "lost-head-race": requests(({ key, method, status }) => key === "HEAD.json" && method === "PUT" && status === 412),
  "lost-slot-race": requests(
    ({ key, method, status }) => key.startsWith("segments/") && method === "PUT" && status === 412,
  ),
  adoption: adoptions,
  compaction: requests(({ key, method, status }) => key.endsWith(".meta.json") && method === "PUT" && status === 200),
  "compaction-during-read": compactionsDuringReads,
  "gc-deleted": requests(
    ({ key, method, status }) => method === "DELETE" && status === 204 && !key.startsWith("leases/"),
  ),
  "lease-expired": events((event) => event.type === "fail" && event.error === "expired"),
  "slot-recreated": slotsRecreated,
  "read-across-commits": readsAcrossCommits,
};

/** How often each situation was met in one run. */
export function reachedIn(record: RunRecord): Record<string, number> {
  return Object.fromEntries(Object.entries(situations).map(([name, count]) => [name, count(record)]));
}

// --- internal ---

/** HEAD published a segment that another client had written. */
function adoptions({ story }: RunRecord): number {
  const writers = new Map<string, string>();
  let seq = 0;
  let count = 0;
  for (const applied of story) {
    const { key, method, status, client, body = "" } = applied;
    if (method === "PUT" && status === 200 && key.startsWith("segments/")) writers.set(key, client);
    if (!isHead(applied)) continue;
    const published = Number(/"last_segment_seq":(\d+)/.exec(body)?.[1] ?? 0);
    const writer = writers.get(`segments/seg-${String(published).padStart(20, "0")}.json`);
    if (published > seq && writer !== undefined && writer !== client) count += 1;
    seq = published;
  }
  return count;
}

/** A segment was written into a slot that had been deleted before. */
function slotsRecreated({ story }: RunRecord): number {
  const gone = new Set<string>();
  let count = 0;
  for (const { key, method, status } of story) {
    if (!key.startsWith("segments/")) continue;
    if (method === "DELETE" && status === 204) gone.add(key);
    if (method === "PUT" && status === 200 && gone.has(key)) count += 1;
  }
  return count;
}

/** The steps at which HEAD was written with another checkpoint than before. */
function checkpointSteps(story: readonly Applied[]): number[] {
  let before: string | undefined;
  return story.filter(isHead).flatMap(({ body = "", step }) => {
    const id = /"checkpoint_id":("[^"]*"|null)/.exec(body)?.[1];
    const moved = id !== before && before !== undefined;
    before = id;
    return moved ? [step] : [];
  });
}

function compactionsDuringReads(record: RunRecord): number {
  return during(record, checkpointSteps(record.story));
}
function readsAcrossCommits(record: RunRecord): number {
  return during(
    record,
    record.story.filter(isHead).map(({ step }) => step),
  );
}

/** Sessions with two reads between whose answers one of the steps lies. */
function during({ history }: RunRecord, steps: readonly number[]): number {
  if (steps.length === 0) return 0;
  const firstRead = new Map<string, number>();
  let count = 0;
  for (const event of history) {
    if (event.type === "crash" || (event.type === "invoke" && event.op === "begin")) firstRead.delete(event.client);
    else if (event.type === "ok" && (event.op === "get" || event.op === "scan")) {
      const since = firstRead.get(event.client);
      if (since === undefined) firstRead.set(event.client, event.step);
      else if (steps.some((step) => step >= since && step < event.step)) count += 1;
    }
  }
  return count;
}
