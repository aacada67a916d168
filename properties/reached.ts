// What a campaign must have met to have tested anything: the *sometimes* properties, counted in every run.
import type { RunRecord } from "../model/story.js";
import { isFloating } from "../model/transaction.js";
import {
  checkpointsSuperseded,
  compactionsDuringReads,
  concurrentCommits,
  crashesBetweenRequests,
  longSessions,
  readsAcrossCommits,
  tombstonesCompacted,
} from "./situations.js";
import { tallyOf } from "./tally.js";
import { type RunView, viewOf } from "./view.js";

type Tally = ReadonlyMap<string, number>;
type Count = (view: RunView, tally: Tally) => number;

/** How often names of the tally occurred that begin so. */
const tallied =
  (...starts: readonly string[]): Count =>
  (_, tally) => {
    let sum = 0;
    for (const [name, count] of tally) if (starts.some((start) => name.startsWith(start))) sum += count;
    return sum;
  };

/** Every situation by its name, a line each. The names are stable: they stand in reports and in `--json`. */
const situations: Readonly<Record<string, Count>> = {
  commit: tallied("ok commit"),
  conflict: tallied("fail commit conflict"),
  "concurrent-commits": concurrentCommits,
  "ambiguous-commit": tallied("info commit"),
  "ambiguous-answer": tallied("fault response-lost ", "fault failed-after "),
  "info-commit-observed": infoCommitsObserved,
  "duplicate-delivered": tallied("fault duplicate "),
  "zombie-applied": tallied("fault zombie 2"),
  "zombie-refused": tallied("fault zombie 4"),
  "crash-between-two-requests": crashesBetweenRequests,
  "lost-head-race": tallied("PUT HEAD.json 412"),
  "lost-slot-race": tallied("PUT segments/ 412"),
  adoption: ({ bucket }) => bucket().published.filter(({ writer, publisher }) => writer !== publisher).length,
  compaction: ({ bucket }) => bucket().compactions,
  "checkpoint-superseded": checkpointsSuperseded,
  "tombstone-compacted": tombstonesCompacted,
  "compaction-during-read": compactionsDuringReads,
  "read-across-commits": readsAcrossCommits,
  "gc-deleted": tallied("DELETE segments/ 2", "DELETE checkpoints/ 2"),
  "slot-recreated": ({ bucket }) => bucket().recreated,
  "lease-expired": (_, tally) => {
    let sum = 0;
    for (const [name, count] of tally) if (name.startsWith("fail ") && name.endsWith(" expired")) sum += count;
    return sum;
  },
  "long-session": longSessions,
  "progress-judged": ({ record }) => (record.healed === undefined ? 0 : 1),
};

const lines = Object.entries(situations);

/** How often each situation was met in one run. */
export function reachedIn(record: RunRecord): Record<string, number> {
  const view = viewOf(record);
  const tally = tallyOf(record);
  const reached: Record<string, number> = {};
  for (const [name, count] of lines) reached[name] = count(view, tally);
  return reached;
}

// --- internal ---

/** Unknown commits that reads show to have taken effect. */
function infoCommitsObserved(view: RunView): number {
  const answer = view.serializability();
  if (answer.verdict !== "valid") return 0;
  const transactions = view.transactions();
  let count = 0;
  for (const index of answer.order) {
    const transaction = transactions[index];
    if (transaction !== undefined && isFloating(transaction)) count += 1;
  }
  return count;
}
