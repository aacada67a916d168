// A target for tests: the whole state is one object, replaced by CAS. Its argument names what it does wrong.
import { createInterface } from "node:readline";

const wrong = process.argv[2] ?? "nothing";
const env = (name: string): string => process.env[name] ?? "";
const key = wrong === "own-key" ? "MINE" : env("AWS_ACCESS_KEY_ID");
const date = (): string => new Date().toISOString().replace(/[-:]|\.\d+/g, "");
const headers = {
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20240101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`,
  // Who tells the time says it as SDKs do, too.
  ...(wrong === "tells-time" ? { "x-amz-date": date() } : {}),
  ...(wrong === "old-date" ? { "x-amz-date": "20240101T000000Z" } : {}),
  "amz-sdk-request": wrong === "retries" ? "attempt=1; max=3" : "attempt=1; max=1",
};
let prefix = wrong === "own-prefix" ? "mine" : env("MANIFEST_PREFIX");
const url = () => `${env("MANIFEST_ENDPOINT")}/${env("MANIFEST_BUCKET")}/${prefix}/state.json`;

type State = { readonly txn: number; readonly entries: readonly (readonly [string, string])[] };
interface Session {
  readonly etag: string | null;
  readonly state: State;
  staged: (readonly [string, string | null])[];
}
interface Request {
  readonly id: number;
  readonly op: string;
  readonly key: string;
  readonly value?: string;
  readonly prefix?: string;
}

let session: Session | undefined;
let kept: Session["staged"] = [];
let late: (() => Promise<unknown>) | undefined;

async function begin(): Promise<object> {
  const response = await fetch(url(), { headers }).catch(() => undefined);
  if (response === undefined || ![200, 404].includes(response.status))
    return { fail: { error: "unavailable", message: `${response?.status}` } };
  const state = response.status === 404 ? { txn: 0, entries: [] } : ((await response.json()) as State);
  session = { etag: response.headers.get("etag"), state, staged: wrong === "end-keeps" ? kept : [] };
  return { ok: {} };
}

async function commit({ etag, state, staged }: Session): Promise<object> {
  if (wrong === "never-commits") return { info: { error: "timeout" } };
  const entries = new Map(state.entries);
  for (const [name, value] of staged) value === null ? entries.delete(name) : entries.set(name, value);
  const txn = state.txn + 1;
  const body = JSON.stringify({ txn, entries: [...entries] });
  const condition: Record<string, string> = etag === null ? { "if-none-match": "*" } : { "if-match": etag };
  const conditions = wrong === "no-condition" ? {} : condition;
  const put = () =>
    fetch(url(), { method: "PUT", body, headers: { ...headers, ...conditions } }).catch(() => undefined);
  if (wrong === "early-answer") {
    late = put;
    return { ok: { txn } };
  }
  const response = await put();
  if (response?.status === 200) return { ok: { txn } };
  if (response?.status === 412) return { fail: { error: "conflict" } };
  if (wrong === "dies-of-no-answer") throw new Error("no answer");
  return { [wrong === "no-answer-is-fail" ? "fail" : "info"]: { error: "timeout" } };
}

function read({ state, staged }: Session): ReadonlyMap<string, string | null> {
  return new Map([...state.entries, ...(wrong === "dirty-read" ? staged : [])]);
}

async function perform(request: Request): Promise<object> {
  const { op } = request;
  if (op === "open") {
    prefix = request.prefix ?? "";
    if (wrong !== "open-keeps") session = undefined;
    return { ok: {} };
  }
  if (op === "begin" && wrong === "begin-fails-yet-opens") {
    await begin();
    return { fail: { error: "busy" } };
  }
  if (op === "begin") return wrong === "open-keeps" && session !== undefined ? { fail: { error: "busy" } } : begin();
  if (session === undefined || !OPS.includes(op)) {
    if (wrong === "dies-of-unknown") throw new Error(`unknown ${op}`);
    return { fail: { error: "unsupported" } };
  }
  if (op === "get" && wrong === "tells-time") return { ok: { value: String(Date.now()) } };
  if (op === "get") return { ok: { value: wrong === "shape" ? 7 : (read(session).get(request.key) ?? null) } };
  if (op === "scan") return { ok: { entries: [...read(session)] } };
  if (op === "put") session.staged.push([request.key, request.value ?? ""]);
  if (op === "delete" && wrong !== "no-delete") session.staged.push([request.key, null]);
  if (op !== "end" && op !== "commit") return { ok: {} };
  const closing = session;
  session = undefined;
  kept = op === "end" ? closing.staged : [];
  return op === "end" ? { ok: {} } : commit(closing);
}

const OPS = ["open", "begin", "get", "scan", "put", "delete", "commit", "end"].filter(
  (op) => op !== "end" || wrong !== "no-end",
);
const say = (line: object): unknown => process.stdout.write(`${JSON.stringify(line)}\n`);

say({ ready: { protocol: wrong === "protocol-2" ? 2 : 1, name: "misbehaving", ops: OPS } });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  // Whoever acknowledges first and writes later has it written by the next request, unless it is killed before.
  await late?.();
  late = undefined;
  if (wrong === "chatty") say({ working: request.op });
  const answer = await perform(request);
  if (wrong !== "silent") say({ id: request.id, ...answer });
}
