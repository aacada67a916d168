// Plays a bucket's story request by request, and notes where something was missing, changed or not what its name says.
import {
  type Changes,
  changesOf,
  checkpointSeqOf,
  entriesOf,
  type HeadFields,
  headOf,
  objectName,
} from "./bucket-format.js";
import type { Applied } from "./story.js";

/** One successful write of HEAD. */
export interface HeadWrite extends HeadFields {
  readonly step: number;
  readonly client: string;
  /** The last segment in the checkpoint, by the checkpoint's own meta; 0 without one. */
  readonly checkpointSeq: number;
}

/** A segment at the moment at which a HEAD named it first. */
export interface Published {
  readonly seq: number;
  /** Who put the segment, and who wrote the HEAD: another one where it was adopted. */
  readonly writer: string;
  readonly publisher: string;
  /** Undefined where it is no segment (a finding of its own). Read when first asked for. */
  readonly changes: () => Changes | undefined;
}

export interface Stored {
  readonly body: string;
  readonly client: string;
  readonly changes: () => Changes | undefined;
}

/** The bucket at the end of the story, or in its middle. */
export interface Replayed {
  readonly segments: Map<number, Stored>;
  readonly checkpoints: Map<string, string>;
  readonly metas: Map<string, string>;
  /** Slots whose segment was deleted. */
  readonly collected: Set<number>;
  readonly heads: HeadWrite[];
  readonly published: Published[];
  dangling: string | null;
  changed: string | null;
  broken: string | null;
  compactions: number;
  recreated: number;
}

export function replay(story: readonly Applied[]): Replayed {
  const now: Replayed = {
    segments: new Map(),
    checkpoints: new Map(),
    metas: new Map(),
    collected: new Set(),
    heads: [],
    published: [],
    dangling: null,
    changed: null,
    broken: null,
    compactions: 0,
    recreated: 0,
  };
  for (const applied of story) {
    const { method, status } = applied;
    if (status < 200 || status >= 300) continue;
    if (method === "PUT") put(now, applied);
    else if (method === "DELETE") remove(now, applied);
  }
  return now;
}

// --- internal ---

function put(now: Replayed, applied: Applied): void {
  const { key, body = "", client } = applied;
  const name = objectName(key);
  switch (name.kind) {
    case "head":
      putHead(now, body, applied);
      return;
    case "segment":
      if (now.collected.delete(name.seq)) now.recreated += 1;
      if (namesSegment(now, name.seq)) compare(now, applied, now.segments.get(name.seq)?.body);
      now.segments.set(name.seq, { body, client, changes: once(() => changesOf(body)) });
      return;
    case "checkpoint":
      if (namesCheckpoint(now, name.id)) compare(now, applied, now.checkpoints.get(name.id));
      now.checkpoints.set(name.id, body);
      checkEntries(now, applied);
      return;
    case "meta":
      if (namesCheckpoint(now, name.id)) compare(now, applied, now.metas.get(name.id));
      now.metas.set(name.id, body);
      now.compactions += 1;
      return;
    default:
      return;
  }
}

function remove(now: Replayed, { key, client, step }: Applied): void {
  const name = objectName(key);
  let named = false;
  if (name.kind === "head") named = now.heads.length > 0;
  else if (name.kind === "segment") {
    named = namesSegment(now, name.seq);
    if (now.segments.delete(name.seq)) now.collected.add(name.seq);
  } else if (name.kind === "checkpoint" || name.kind === "meta") {
    named = namesCheckpoint(now, name.id);
    (name.kind === "meta" ? now.metas : now.checkpoints).delete(name.id);
  }
  if (named)
    now.dangling ??= `${client} deleted ${key} at step ${step}, while ${name.kind === "head" ? "in use" : "HEAD named it"}`;
}

function namesSegment({ heads }: Replayed, seq: number): boolean {
  const head = heads[heads.length - 1];
  return head !== undefined && seq > head.checkpointSeq && seq <= head.seq;
}

function namesCheckpoint({ heads }: Replayed, id: string): boolean {
  return heads[heads.length - 1]?.checkpointId === id;
}

/** Of an object that HEAD names; one that is gone is a dangling reference, found when it went. */
function compare(now: Replayed, { key, body, client, step }: Applied, before: string | undefined): void {
  if (before !== undefined && before !== body)
    now.changed ??= `${client} changed ${key} at step ${step}, while HEAD named it`;
}

function checkEntries(now: Replayed, { key, body = "", client, step }: Applied): void {
  const entries = entriesOf(body);
  if (entries === undefined) now.broken ??= `${client} put ${key} at step ${step}, which is no checkpoint`;
  else if (new Set(entries.map(([name]) => name)).size !== entries.length)
    now.broken ??= `${client} put ${key} at step ${step}, in which a key stands twice`;
}

function putHead(now: Replayed, body: string, { client, step }: Applied): void {
  const fields = headOf(body);
  const whose = `${client}'s HEAD at step ${step}`;
  if (fields === undefined) {
    now.broken ??= `${whose} is no HEAD: ${body}`;
    return;
  }
  const before = now.heads[now.heads.length - 1];
  const { seq: last, txn, checkpointId } = fields;
  // Written out: a spread costs more than reading HEAD does.
  const head = { seq: last, txn, checkpointId, step, client, checkpointSeq: checkpointSeq(now, checkpointId, before) };
  now.heads.push(head);
  if (checkpointId !== null && checkpointId !== before?.checkpointId) {
    if (!now.checkpoints.has(checkpointId) || !now.metas.has(checkpointId))
      now.dangling ??= `${whose} names checkpoint ${checkpointId}, which is not there`;
  }
  // What the HEAD before named as well is watched from then on, so only what is new needs a look.
  const known = before?.seq ?? 0;
  const from = before === undefined || head.checkpointSeq >= before.checkpointSeq ? known : 0;
  for (let seq = Math.max(head.checkpointSeq, from) + 1; seq <= head.seq; seq += 1) {
    if (!now.segments.has(seq)) now.dangling ??= `${whose} names segment ${seq}, which is not there`;
  }
  for (let seq = known + 1; seq <= head.seq; seq += 1) publish(now, seq, client);
}

function checkpointSeq(now: Replayed, id: string | null, before: HeadWrite | undefined): number {
  if (id === null) return 0;
  if (before?.checkpointId === id) return before.checkpointSeq;
  return checkpointSeqOf(now.metas.get(id) ?? "") ?? 0;
}

function publish(now: Replayed, seq: number, publisher: string): void {
  const stored = now.segments.get(seq);
  if (stored === undefined) return;
  const { client: writer, changes } = stored;
  now.published.push({ seq, writer, publisher, changes });
}

function once<T>(compute: () => T): () => T {
  let made = false;
  let value: T | undefined;
  return () => {
    if (!made) value = compute();
    made = true;
    return value as T;
  };
}
