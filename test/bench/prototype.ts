// The manifest that the scheduler benchmark drives: small, async, JSON bodies. With leases it makes about twice the requests.
// It is the load, not the subject: what is measured is what a scheduler costs around it.
import type { HistoryEvent } from "../../model/history.js";
import type { Send } from "../../src/store/request.js";

interface Head {
  readonly seq: number;
  readonly generation: number;
}
interface Segment {
  readonly txn: number;
  readonly records: readonly { readonly key: string; readonly value: string }[];
}

/** What the bucket holds before a run: as many segments as bring a run to about 73 requests, 152 with leases. */
export const INITIAL: readonly (readonly [key: string, value: string])[] = [["k0", "initial.0"]];

/** The objects of that bucket. */
export function* initialObjects(): Generator<readonly [key: string, body: string]> {
  for (const [i, [key, value]] of INITIAL.entries()) {
    const segment: Segment = { txn: i + 1, records: [{ key, value }] };
    yield [padded(i + 1), JSON.stringify(segment)];
  }
  const head: Head = { seq: INITIAL.length, generation: INITIAL.length };
  yield ["HEAD.json", JSON.stringify(head)];
}

export interface Load {
  readonly history: HistoryEvent[];
  requests: number;
}

const padded = (seq: number): string => `segments/seg-${String(seq).padStart(20, "0")}.json`;
type Unstamped<T> = T extends unknown ? Omit<T, "step" | "atMs"> : never;
/** Stamps the event in place: a copy would cost more than all the scheduling. */
const note = (load: Load, event: Unstamped<HistoryEvent>): void => {
  const stamped = event as { step: number; atMs: number } & typeof event;
  stamped.step = load.requests;
  stamped.atMs = 0;
  load.history.push(stamped as HistoryEvent);
};

/** A writer: `count` blind transactions, each begun again until it is committed. */
export async function writer(load: Load, send: Send, client: string, count: number, leases: boolean): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    let attempt = 0;
    while (!(await transact(load, send, client, `k${i % 2}`, `${client}.${i}.${attempt}`, leases))) attempt += 1;
  }
}

/** One transaction; false where its slot was taken. */
async function transact(
  load: Load,
  send: Send,
  client: string,
  key: string,
  value: string,
  leases: boolean,
): Promise<boolean> {
  note(load, { client, type: "invoke", op: "begin", mode: "write" });
  if (leases)
    await send({ method: "PUT", key: `leases/${value}`, body: JSON.stringify({ id: value, expires_at_ms: 0 }) });
  const found = await send({ method: "GET", key: "HEAD.json" });
  const head: Head = found.status === 200 ? JSON.parse(found.body as string) : { seq: 0, generation: 0 };
  note(load, { client, type: "ok", op: "begin" });
  note(load, { client, type: "invoke", op: "put", key, value });
  note(load, { client, type: "ok", op: "put" });
  note(load, { client, type: "invoke", op: "commit" });
  const seq = head.seq + 1;
  const segment: Segment = { txn: seq, records: [{ key, value }] };
  if (leases)
    await send({ method: "PUT", key: `leases/${value}`, body: JSON.stringify({ id: value, expires_at_ms: 1 }) });
  const put = await send({ method: "PUT", key: padded(seq), ifNoneMatch: "*", body: JSON.stringify(segment) });
  if (put.status === 200) {
    const next: Head = { seq, generation: head.generation + 1 };
    const condition = found.etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: found.etag };
    await send({ method: "PUT", key: "HEAD.json", ...condition, body: JSON.stringify(next) });
  } else JSON.parse((await send({ method: "GET", key: padded(seq) })).body as string);
  if (leases) await send({ method: "DELETE", key: `leases/${value}` });
  if (put.status === 200) note(load, { client, type: "ok", op: "commit", txn: seq });
  else note(load, { client, type: "fail", op: "commit", error: "conflict" });
  return put.status === 200;
}

/** A reader: `count` scans, each over HEAD and every segment. */
export async function reader(load: Load, send: Send, client: string, count: number, leases: boolean): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const lease = `leases/${client}.${i}`;
    note(load, { client, type: "invoke", op: "begin", mode: "read" });
    if (leases) await send({ method: "PUT", key: lease, body: JSON.stringify({ id: lease, expires_at_ms: 0 }) });
    const found = await send({ method: "GET", key: "HEAD.json" });
    const head: Head = found.status === 200 ? JSON.parse(found.body as string) : { seq: 0, generation: 0 };
    note(load, { client, type: "ok", op: "begin" });
    note(load, { client, type: "invoke", op: "scan" });
    const state = new Map<string, string>();
    for (let seq = 1; seq <= head.seq; seq += 1) {
      const object = await send({ method: "GET", key: padded(seq) });
      const segment: Segment = JSON.parse(object.body as string);
      for (const { key, value } of segment.records) state.set(key, value);
      if (leases) await send({ method: "PUT", key: lease, body: JSON.stringify({ id: lease, expires_at_ms: seq }) });
    }
    note(load, { client, type: "ok", op: "scan", entries: [...state] });
    if (leases) await send({ method: "DELETE", key: lease });
    note(load, { client, type: "invoke", op: "end" });
    note(load, { client, type: "ok", op: "end" });
  }
}
