// Situations that take more than counting names: what happened while something else was going on.
import type { Transaction } from "../model/transaction.js";
import type { RunView } from "./view.js";

/** Commits that were asked for while another client's was not answered yet. */
export function concurrentCommits({ record }: RunView): number {
  const asked = new Set<string>();
  let count = 0;
  for (const event of record.history) {
    if (event.type === "crash") asked.delete(event.client);
    else if (event.op === "commit") {
      if (event.type !== "invoke") asked.delete(event.client);
      else {
        if (asked.size > 0) count += 1;
        asked.add(event.client);
      }
    }
  }
  return count;
}

/** Crashes in the middle of an operation of which some request had reached the store. */
export function crashesBetweenRequests({ record: { history, story } }: RunView): number {
  let count = 0;
  for (let index = 0; index < history.length; index += 1) {
    const crash = history[index];
    if (crash?.type !== "crash") continue;
    const before = history.findLast((event, place) => place < index && event.client === crash.client);
    if (before?.type !== "invoke") continue;
    const reached = ({ client, step }: { client: string; step: number }): boolean =>
      client === crash.client && step >= before.step && step < crash.step;
    if (story.some(reached)) count += 1;
  }
  return count;
}

/** Sessions that went on for longer than a lease lasts. */
export function longSessions({ record: { history, leaseTtlMs }, transactions }: RunView): number {
  let count = 0;
  for (const { begin, end, commit } of transactions()) {
    const tookMs = (history[Math.max(end, commit)]?.atMs ?? 0) - (history[begin]?.atMs ?? 0);
    if (tookMs > leaseTtlMs) count += 1;
  }
  return count;
}

/** Checkpoints that HEAD named after it had named another. */
export function checkpointsSuperseded({ bucket }: RunView): number {
  const { heads } = bucket();
  let count = 0;
  for (let index = 1; index < heads.length; index += 1) {
    const before = heads[index - 1]?.checkpointId;
    if (before != null && before !== heads[index]?.checkpointId) count += 1;
  }
  return count;
}

/** Deletes that were published and then folded into a checkpoint that HEAD named. */
export function tombstonesCompacted({ bucket }: RunView): number {
  const { heads, published } = bucket();
  const covered = heads.at(-1)?.checkpointSeq ?? 0;
  if (covered === 0) return 0;
  let count = 0;
  for (const { seq, changes } of published) {
    if (seq <= covered) for (const [, value] of changes() ?? []) if (value === null) count += 1;
  }
  return count;
}

/** Sessions with two reads between whose answers HEAD came to name another checkpoint. */
export function compactionsDuringReads(view: RunView): number {
  const { heads } = view.bucket();
  const steps: number[] = [];
  for (let index = 1; index < heads.length; index += 1) {
    const head = heads[index];
    if (head !== undefined && head.checkpointId !== heads[index - 1]?.checkpointId) steps.push(head.step);
  }
  return readsAround(view, steps);
}

/** Sessions with two reads between whose answers HEAD was written. */
export function readsAcrossCommits(view: RunView): number {
  const steps = view.bucket().heads.map(({ step }) => step);
  return readsAround(view, steps);
}

// --- internal ---

/** Sessions with two reads between whose answers one of the steps lies. */
function readsAround({ record, transactions }: RunView, steps: readonly number[]): number {
  if (steps.length === 0) return 0;
  let count = 0;
  for (const transaction of transactions()) {
    if (transaction.reads.length + transaction.scans.length < 2) continue;
    const [first, last] = firstAndLast(transaction);
    const [from, to] = [record.history[first]?.step ?? 0, record.history[last]?.step ?? 0];
    if (steps.some((step) => step >= from && step < to)) count += 1;
  }
  return count;
}

function firstAndLast({ reads, scans }: Transaction): readonly [first: number, last: number] {
  let [first, last] = [Number.POSITIVE_INFINITY, -1];
  for (const { at } of [...reads, ...scans]) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return [first, last];
}
