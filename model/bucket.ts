// The bucket as its story tells it, read independently of any client: what HEAD said and named, what was published.
import { entriesOf } from "./bucket-format.js";
import { type HeadWrite, type Published, type Replayed, replay } from "./bucket-replay.js";
import type { Applied } from "./story.js";

export interface Bucket {
  readonly heads: readonly HeadWrite[];
  readonly published: readonly Published[];
  /** The first moment at which HEAD, or something that it names, was not there. */
  readonly dangling: string | null;
  /** The first moment at which something that HEAD names changed its bytes. */
  readonly changed: string | null;
  /** The first object that is not what its name says, or a checkpoint with a key twice. */
  readonly broken: string | null;
  /** Checkpoints put in full (with their meta), whether HEAD ever named them or not. */
  readonly compactions: number;
  /** Segments put into a slot that had been deleted before. */
  readonly recreated: number;
  /** The state that the last HEAD describes; undefined without a HEAD, or where it can't be put together. */
  readonly state: () => ReadonlyMap<string, string> | undefined;
}

/** Reads the story once, from its first request to its last. */
export function bucketOf(story: readonly Applied[]): Bucket {
  const replayed = replay(story);
  const { heads, published, dangling, changed, broken, compactions, recreated } = replayed;
  const state = (): ReadonlyMap<string, string> | undefined => stateOf(replayed);
  return { heads, published, dangling, changed, broken, compactions, recreated, state };
}

// --- internal ---

function stateOf({ heads, checkpoints, segments }: Replayed): ReadonlyMap<string, string> | undefined {
  const head = heads[heads.length - 1];
  if (head === undefined) return undefined;
  const base = head.checkpointId === null ? [] : entriesOf(checkpoints.get(head.checkpointId) ?? "");
  if (base === undefined) return undefined;
  const state = new Map(base);
  for (let seq = head.checkpointSeq + 1; seq <= head.seq; seq += 1) {
    const changes = segments.get(seq)?.changes();
    if (changes === undefined) return undefined;
    for (const [key, value] of changes) {
      if (value === null) state.delete(key);
      else state.set(key, value);
    }
  }
  return state;
}
