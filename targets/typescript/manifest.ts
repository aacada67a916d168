// A small honest manifest on S3 (AWS SDK for JavaScript) that speaks the protocol of targets: a page to copy from.
// The same three rules as targets/python: a segment is put if absent, HEAD moves by compare-and-swap onto the segment
// that owns the next slot, and an answer that never came is settled by looking who owns the slot. Nothing is deleted.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { crc32 } from "node:zlib";
import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";

interface Head {
  readonly version: number;
  readonly checkpoint_id: string | null;
  readonly last_segment_seq: number | null;
  readonly last_txn_id: number;
}
interface Entry {
  readonly key: string;
  readonly op: "Put" | "Del";
  readonly value?: string;
}
interface Segment {
  readonly txn_id: number;
  readonly nonce: string;
  readonly records: readonly Entry[];
}
/** A document and its ETag; neither where there is no object. */
interface Found<T> {
  readonly value: T | undefined;
  readonly etag: string | undefined;
}
interface Session {
  readonly head: Found<Head>;
  readonly staged: Entry[];
  state?: Map<string, string>;
}
interface Request {
  readonly id: number;
  readonly op: string;
  readonly mode?: string;
  readonly key?: string;
  readonly value?: string;
  readonly prefix?: string;
}

/** What a command is answered instead of `ok`: `fail` had no effect, of `info` nobody knows. */
class Answer extends Error {
  constructor(
    readonly kind: "fail" | "info",
    readonly error: string,
    message: string,
  ) {
    super(message);
  }
}

const TRIES = 8;
const OPS = ["open", "begin", "get", "scan", "put", "delete", "commit", "end", "recover"];
const bucket = process.env["MANIFEST_BUCKET"];
// One attempt a call: a retry inside the SDK would meet its own object and call it a lost race.
const s3 = new S3Client({ endpoint: process.env["MANIFEST_ENDPOINT"] ?? "", forcePathStyle: true, maxAttempts: 1 });
let prefix = process.env["MANIFEST_PREFIX"] ?? "";
let session: Session | undefined;

const segmentKey = (seq: number): string => `segments/seg-${String(seq).padStart(20, "0")}.json`;
const seqOf = ({ value }: Found<Head>): number => value?.last_segment_seq ?? 0;
const checksum = (body: string): string => crc32(body).toString(16).padStart(8, "0");
const unclear = (what: string): Answer => new Answer("fail", "unavailable", `no answer to ${what}`);

/** Asks until there is an answer that can be trusted: whole, with an ETag, or a 404. */
async function load<T>(key: string): Promise<Found<T>> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}/${key}` }));
      const body = (await answer.Body?.transformToString()) ?? "";
      const etag = answer.ETag;
      const written = answer.Metadata?.["crc32"] ?? checksum(body);
      if (etag !== undefined && written === checksum(body)) return { value: JSON.parse(body) as T, etag };
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === "NoSuchKey")
        return { value: undefined, etag: undefined };
    }
  }
  throw unclear(`GET ${key}`);
}

/** Puts if absent, or over exactly `etag`. "unclear": nobody knows whether it was applied. */
async function store(key: string, value: object, etag?: string, txn?: number): Promise<"done" | "refused" | "unclear"> {
  const body = JSON.stringify(value);
  const condition = etag === undefined ? { IfNoneMatch: "*" } : { IfMatch: etag };
  const metadata = { crc32: checksum(body), ...(txn === undefined ? {} : { "fusio-txn-id": String(txn) }) };
  try {
    const put = new PutObjectCommand({
      Bucket: bucket,
      Key: `${prefix}/${key}`,
      Body: body,
      Metadata: metadata,
      ...condition,
    });
    return (await s3.send(put)).ETag === undefined ? "unclear" : "done";
  } catch (error) {
    return error instanceof S3ServiceException && error.name === "PreconditionFailed" ? "refused" : "unclear";
  }
}

const readHead = (): Promise<Found<Head>> => load<Head>("HEAD.json");

/** Moves HEAD onto the segment that owns slot `seq`. True where HEAD is there or past it, whoever brought it there. */
async function publish(from: Found<Head>, seq: number, segment: Segment): Promise<boolean> {
  let head = from;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (seqOf(head) >= seq) return true;
    const base = head.value ?? { version: 1, checkpoint_id: null };
    const moved = { ...base, last_segment_seq: seq, last_txn_id: segment.txn_id, nonce: segment.nonce };
    if ((await store("HEAD.json", moved, head.etag)) === "done") return true;
    head = await readHead();
  }
  return false;
}

/** A segment in the next slot is decided: publish it, or its dead writer would stop everybody. */
async function helped(): Promise<Found<Head>> {
  for (;;) {
    const head = await readHead();
    const seq = seqOf(head) + 1;
    const { value: segment } = await load<Segment>(segmentKey(seq));
    if (segment === undefined || !(await publish(head, seq, segment))) return head;
  }
}

/** True if the slot is ours, false if it is another's. */
async function claim(seq: number, segment: Segment): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const outcome = await store(segmentKey(seq), segment, undefined, segment.txn_id);
    if (outcome === "done") return true;
    if (outcome === "unclear") continue;
    const found = await load<Segment>(segmentKey(seq)).catch(() => undefined);
    if (found?.value === undefined) break;
    return found.value.nonce === segment.nonce;
  }
  throw new Answer("info", "timeout", `nobody knows who owns slot ${seq}`);
}

async function commit({ head: base, staged, state }: Session): Promise<object> {
  if (staged.length === 0) return {};
  let head = base;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const seq = seqOf(head) + 1;
    const segment = { txn_id: (head.value?.last_txn_id ?? 0) + 1, nonce: randomUUID(), records: staged };
    if (await claim(seq, segment)) {
      if (await publish(head, seq, segment).catch(() => false)) return { txn: segment.txn_id };
      throw new Answer("info", "timeout", `segment ${seq} is ours, but HEAD may not name it yet`);
    }
    head = await helped();
    // A session that has read may have read what the winner changed; any other may stand behind the winner.
    if (state !== undefined) break;
  }
  throw new Answer("fail", "conflict", "another transaction took the slot");
}

async function stateOf(open: Session): Promise<Map<string, string>> {
  if (open.state !== undefined) return open.state;
  const state = new Map<string, string>();
  for (let seq = 1; seq <= seqOf(open.head); seq += 1) {
    const { value: segment } = await load<Segment>(segmentKey(seq));
    if (segment === undefined) throw new Answer("fail", "corrupt", `no segment ${seq}`);
    for (const { key, op, value } of segment.records) {
      if (op === "Put" && value !== undefined) state.set(key, value);
      else state.delete(key);
    }
  }
  open.state = state;
  return state;
}

async function perform({ op, mode, key = "", value = "", prefix: opened }: Request): Promise<object> {
  if (op === "open") {
    prefix = opened ?? "";
    session = undefined;
  } else if (op === "begin") {
    session = undefined;
    session = { head: await (mode === "write" ? helped() : readHead()), staged: [] };
  } else if (op === "recover") {
    await helped();
  } else if (op === "end") {
    session = undefined;
  } else {
    return inSession(op, key, value);
  }
  return {};
}

async function inSession(op: string, key: string, value: string): Promise<object> {
  const open = session;
  if (open === undefined) throw new Answer("fail", "no-session", "no session is open");
  if (op === "get") return { value: (await stateOf(open)).get(key) ?? null };
  if (op === "scan") return { entries: [...(await stateOf(open))] };
  if (op === "put") open.staged.push({ key, op: "Put", value });
  if (op === "delete") open.staged.push({ key, op: "Del" });
  if (op !== "commit") return {};
  session = undefined;
  return commit(open);
}

const say = (line: object): unknown => process.stdout.write(`${JSON.stringify(line)}\n`);

say({ ready: { protocol: 1, name: "typescript", ops: OPS } });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  try {
    say({ id: request.id, ok: await perform(request) });
  } catch (error) {
    if (!(error instanceof Answer)) throw error;
    say({ id: request.id, [error.kind]: { error: error.error, message: error.message } });
  }
}
