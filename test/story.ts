// Stories of a bucket, for tests: a line a request, in the on-bucket format.
import type { HistoryEvent } from "../model/history.js";
import type { Applied, RunRecord } from "../model/story.js";
import { historyOf } from "./notation.js";

type Request = Omit<Applied, "step" | "atMs">;

const put = (client: string, key: string, body: string): Request => ({ client, method: "PUT", key, body, status: 200 });
const segmentKey = (seq: number): string => `segments/seg-${String(seq).padStart(20, "0")}.json`;
const pairs = (text: string): string[][] =>
  text
    .split(" ")
    .filter((word) => word !== "")
    .map((pair) => pair.split("="));

/** A HEAD that names segments up to `seq`, under the same transaction id unless told otherwise. */
export const head = (client: string, seq: number, { txn = seq, ckpt = null as string | null } = {}): Request[] => [
  put(
    client,
    "HEAD.json",
    JSON.stringify({ version: 1, checkpoint_id: ckpt, last_segment_seq: seq, last_txn_id: txn }),
  ),
];

/** A segment with changes such as `a=1 b`: puts a, deletes b. */
export const segment = (client: string, seq: number, changes: string): Request[] => {
  const records = pairs(changes).map(([key, value]) =>
    value === undefined ? { key, op: "Del" } : { key, op: "Put", value },
  );
  return [put(client, segmentKey(seq), JSON.stringify({ txn_id: seq, records }))];
};

/** A segment and the HEAD that publishes it. */
export const publish = (client: string, seq: number, changes: string): Request[] => [
  ...segment(client, seq, changes),
  ...head(client, seq),
];

/** A checkpoint of everything up to `seq`, with its meta. */
export const checkpoint = (client: string, id: string, seq: number, entries: string): Request[] => [
  put(client, `checkpoints/${id}.json`, JSON.stringify({ entries: pairs(entries) })),
  put(client, `checkpoints/${id}.meta.json`, JSON.stringify({ last_segment_seq_at_ckpt: seq })),
];

export const remove = (client: string, key: string | number): Request[] => [
  { client, method: "DELETE", key: typeof key === "number" ? segmentKey(key) : key, status: 204 },
];

export const put200 = (client: string, key: string, body: string): Request[] => [put(client, key, body)];

/** Requests in order, one a step; all of them before the history's first event unless `step` says from where on. */
export const storyOf = (requests: readonly Request[], step = -requests.length): readonly Applied[] =>
  requests.map((request, index) => ({ ...request, step: step + index, atMs: 0 }));

/** A record of a history (in the notation of notation.ts, or as events) and a story. */
export function recordOf(
  history: string | readonly HistoryEvent[],
  requests: readonly Request[] = [],
  more: Partial<RunRecord> = {},
): RunRecord {
  return {
    history: typeof history === "string" ? historyOf(history) : history,
    story: storyOf(requests),
    leaseTtlMs: 10_000,
    disturbed: true,
    waived: [],
    ...more,
  };
}
