// The bucket as its story tells it, read independently of any client: what HEAD said, what it named, what was published.
import type { Applied } from "./story.js";

/** One successful write of HEAD. */
export interface HeadWrite {
  /** Index in the story. */
  readonly at: number;
  readonly seq: number;
  readonly txn: number;
  readonly checkpointId: string | null;
  /** Last segment in the checkpoint, by the checkpoint's own meta; 0 without one. */
  readonly checkpointSeq: number;
}

/** A put that some published segment carries. */
export interface Published {
  readonly seq: number;
  readonly key: string;
  readonly value: string;
}

export interface Bucket {
  readonly heads: readonly HeadWrite[];
  readonly published: readonly Published[];
  /** First moment at which HEAD named something that was not there. */
  readonly dangling: string | null;
  /** First moment at which something that HEAD names changed its bytes. */
  readonly changed: string | null;
  /** First object that could not be read as what its name says, or holds a key twice. */
  readonly broken: string | null;
  readonly twice: string | null;
  /** The state that the last HEAD describes, null where it can't be put together. */
  readonly state: ReadonlyMap<string, string> | null;
}

const SEGMENT = /^segments\/seg-(\d{20})\.json$/;
const CHECKPOINT = /^checkpoints\/(.+?)(?:\.meta)?\.json$/;

/** Reads the story once, from its first request to its last. */
export function bucketOf(story: readonly Applied[]): Bucket {
  const reader = new Reader();
  for (let at = 0; at < story.length; at += 1) {
    const applied = story[at] as Applied;
    if (applied.status === 200 && applied.method === "PUT") reader.put(at, applied);
    else if (applied.status === 204 && applied.method === "DELETE") reader.remove(applied);
  }
  return reader.bucket();
}

// --- internal ---

interface SegmentJson {
  readonly records: readonly { readonly key: string; readonly op: string; readonly value?: string }[];
}

class Reader {
  private readonly objects = new Map<string, string>();
  private readonly heads: HeadWrite[] = [];
  private readonly published: Published[] = [];
  private head: HeadWrite | undefined;
  private dangling: string | null = null;
  private changed: string | null = null;
  private broken: string | null = null;
  private twice: string | null = null;

  put(at: number, { key, body = "", client, step }: Applied): void {
    const before = this.objects.get(key);
    if (before !== undefined && before !== body && this.named(key)) {
      this.changed ??= `${client} changed ${key} at step ${step}, while HEAD named it`;
    }
    this.objects.set(key, body);
    if (key === "HEAD.json") this.putHead(at, body, `${client}'s HEAD at step ${step}`);
    else if (CHECKPOINT.test(key) && !key.endsWith(".meta.json")) this.checkEntries(key, body);
  }

  remove({ key, client, step }: Applied): void {
    if (this.named(key)) this.dangling ??= `${client} deleted ${key} at step ${step}, while HEAD named it`;
    this.objects.delete(key);
  }

  bucket(): Bucket {
    const { heads, published, dangling, changed, broken, twice } = this;
    return { heads, published, dangling, changed, broken, twice, state: this.fold() };
  }

  private putHead(at: number, body: string, whose: string): void {
    const json = this.json<{ last_segment_seq?: number; last_txn_id?: number; checkpoint_id?: string | null }>(
      body,
      whose,
    );
    if (json === null) return;
    const checkpointId = json.checkpoint_id ?? null;
    const meta = checkpointId === null ? undefined : this.objects.get(`checkpoints/${checkpointId}.meta.json`);
    const known = this.head?.checkpointId === checkpointId ? this.head.checkpointSeq : undefined;
    const checkpointSeq =
      checkpointId === null
        ? 0
        : (known ??
          this.json<{ last_segment_seq_at_ckpt?: number }>(meta ?? "{}", whose)?.last_segment_seq_at_ckpt ??
          0);
    const before = this.head?.seq ?? 0;
    this.head = { at, seq: json.last_segment_seq ?? 0, txn: json.last_txn_id ?? 0, checkpointId, checkpointSeq };
    this.heads.push(this.head);
    this.missing(checkpointId, checkpointSeq, before, whose);
    for (let seq = before + 1; seq <= this.head.seq; seq += 1) this.publish(seq);
  }

  /** HEAD must find what it newly names: an unchanged part is watched when it is deleted. */
  private missing(checkpointId: string | null, checkpointSeq: number, before: number, whose: string): void {
    if (checkpointId !== null && !this.objects.has(`checkpoints/${checkpointId}.json`))
      this.dangling ??= `${whose} names checkpoint ${checkpointId}, which is not there`;
    for (let seq = Math.max(checkpointSeq, before) + 1; seq <= (this.head?.seq ?? 0); seq += 1) {
      if (!this.objects.has(segmentKey(seq))) this.dangling ??= `${whose} names segment ${seq}, which is not there`;
    }
  }

  private publish(seq: number): void {
    const json = this.json<SegmentJson>(this.objects.get(segmentKey(seq)) ?? "{}", segmentKey(seq));
    for (const { key, op, value } of json?.records ?? [])
      if (op === "Put") this.published.push({ seq, key, value: value ?? "" });
  }

  private checkEntries(key: string, body: string): void {
    const entries = this.json<{ entries?: readonly (readonly [string, string])[] }>(body, key)?.entries ?? [];
    if (new Set(entries.map(([name]) => name)).size !== entries.length) this.twice ??= `${key} holds a key twice`;
  }

  /** True for what HEAD names at this moment. */
  private named(key: string): boolean {
    const { head } = this;
    if (head === undefined) return false;
    const digits = SEGMENT.exec(key)?.[1];
    if (digits !== undefined) return Number(digits) > head.checkpointSeq && Number(digits) <= head.seq;
    return head.checkpointId !== null && CHECKPOINT.exec(key)?.[1] === head.checkpointId;
  }

  private fold(): Map<string, string> | null {
    const { head } = this;
    if (head === undefined) return new Map();
    const base = head.checkpointId === null ? "{}" : this.objects.get(`checkpoints/${head.checkpointId}.json`);
    if (base === undefined) return null;
    const state = new Map(
      this.json<{ entries?: readonly (readonly [string, string])[] }>(base, "checkpoint")?.entries ?? [],
    );
    for (let seq = head.checkpointSeq + 1; seq <= head.seq; seq += 1) {
      const text = this.objects.get(segmentKey(seq));
      if (text === undefined) return null;
      for (const { key, op, value } of this.json<SegmentJson>(text, "segment")?.records ?? []) {
        if (op === "Put") state.set(key, value ?? "");
        else state.delete(key);
      }
    }
    return state;
  }

  private json<T>(text: string, what: string): T | null {
    try {
      return JSON.parse(text) as T;
    } catch {
      this.broken ??= `${what} is not JSON`;
      return null;
    }
  }
}

const segmentKey = (seq: number): string => `segments/seg-${String(seq).padStart(20, "0")}.json`;
