// Histories on one line, for tests. A client is a capital letter; what it does follows at once, blanks between.
//
//   A[        begins             A?a=1      gets a, reads 1      A*    asks for its commit
//   A]        ends               A?a        gets a, finds none   A+7   commit ok, txn 7 (A+ without an id)
//   A!a=1     puts a = 1         A?{a=1}    scans, sees this     A-    commit fails: conflict
//   A!a       deletes a          AX         dies                 A~    commit info
//   A%a=1     puts, told info    A-expired  fails so             A#gc  a chore, done
//   A^a=1     puts, told fail
//
// Everything but a commit is asked and answered in one go. `A!a=1 A* B[ B?a=1 A+1` is a read inside a commit.
// Stories on one line too: who put, or deleted, what. `@7` makes the next request the step 7.
//
//   A:s1{a=1,b}  segment 1: a = 1, b deleted     A:h2     HEAD at segment 2, txn 2 (A:h2t1: txn 1)
//   A:c1{a=1}    checkpoint 1, up to segment 1   A:h2/1   HEAD at segment 2 with checkpoint 1
//   A:-s1        deletes segment 1 (c1: too)     ...!412  answered so; ...!zombie is a fault, ...!zombie!412 both
import type { Completion, HistoryEvent, Op } from "../model/history.js";
import type { Applied, RunRecord } from "../model/story.js";

/** The events of a line. Every token takes one step and one second on the store's clock; `@5000` waits so many ms. */
export function historyOf(line: string): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [];
  const writer = { events, step: 0, atMs: 0 };
  for (const token of line.split(/\s+/).filter((word) => word !== "")) {
    if (token.startsWith("@")) writer.atMs += Number(token.slice(1));
    else write(writer, token.charAt(0), token.charAt(1), token.slice(2));
  }
  return events;
}

/** The requests of a line, each in a step of its own but a checkpoint's two. */
export function storyOf(line: string): readonly Applied[] {
  let step = 0;
  return line.split(/\s+/).flatMap((token) => {
    if (token.startsWith("@")) step = Number(token.slice(1)) - 1;
    if (token === "" || token.startsWith("@")) return [];
    step += 1;
    return requestsOf(token).map((request) => ({ ...request, step, atMs: step * 1000 }));
  });
}

/** A run that something disturbed, with leases of a minute. */
export const recordOf = (history: string, story = "", rest: Partial<RunRecord> = {}): RunRecord => ({
  history: historyOf(history),
  story: storyOf(story),
  leaseTtlMs: 60_000,
  disturbed: true,
  waived: [],
  ...rest,
});

// --- internal ---

const REQUEST = /^(\w):(-?)([shc])(\d+)(?:\{(.*)\})?(?:t(\d+))?(?:\/(\d+))?(?:!([a-z-]+))?(?:!(\d+))?$/;

function requestsOf(token: string): readonly Omit<Applied, "step" | "atMs">[] {
  const found = REQUEST.exec(token);
  if (found === null) throw new Error(`no such request: ${token}`);
  const [, client = "", minus, kind, number = "", braces = "", txn = number, checkpoint, fault, status = "200"] = found;
  const method: Applied["method"] = minus === "-" ? "DELETE" : "PUT";
  const how = { client, method, status: Number(status), ...(fault === undefined ? {} : { fault }) };
  const put = (key: string, body: unknown): Omit<Applied, "step" | "atMs"> =>
    method === "PUT" ? { ...how, key, body: JSON.stringify(body) } : { ...how, key };
  const seq = Number(number);
  if (kind === "h") {
    const counters = { last_segment_seq: seq, last_txn_id: Number(txn) };
    return [put("HEAD.json", { version: 1, checkpoint_id: checkpoint ?? null, ...counters })];
  }
  const pairs = braces
    .split(",")
    .filter((pair) => pair !== "")
    .map((pair) => pair.split("="));
  if (kind === "s") {
    const records = pairs.map(([key, value]) => (value === undefined ? { key, op: "Del" } : { key, op: "Put", value }));
    return [put(`segments/seg-${number.padStart(20, "0")}.json`, { txn_id: seq, records })];
  }
  return [
    put(`checkpoints/${number}.json`, { entries: pairs }),
    put(`checkpoints/${number}.meta.json`, { last_segment_seq_at_ckpt: seq }),
  ];
}

interface Writer {
  readonly events: HistoryEvent[];
  step: number;
  atMs: number;
}

type Asked = { readonly op: Op; readonly key?: string; readonly value?: string; readonly mode?: "write" };
type Told = Pick<Completion, "type" | "value" | "entries" | "txn" | "error">;

function write(writer: Writer, client: string, mark: string, rest: string): void {
  writer.step += 1;
  writer.atMs += 1000;
  const at = { client, step: writer.step, atMs: writer.atMs };
  const ask = (asked: Asked): void => void writer.events.push({ ...at, type: "invoke", ...asked });
  const tell = (op: Op, told: Told): void => void writer.events.push({ ...at, op, ...told });
  const call = (asked: Asked, told: Told): void => {
    ask(asked);
    tell(asked.op, told);
  };
  const [key = "", value] = rest.split("=");
  const put: Asked = value === undefined ? { op: "delete", key } : { op: "put", key, value };
  const marks: Record<string, () => void> = {
    "[": () => call({ op: "begin", mode: "write" }, { type: "ok" }),
    "]": () => call({ op: "end" }, { type: "ok" }),
    "!": () => call(put, { type: "ok" }),
    "%": () => call(put, { type: "info", error: "timeout" }),
    "^": () => call(put, { type: "fail", error: "timeout" }),
    "#": () => call({ op: rest as Op }, { type: "ok" }),
    "*": () => ask({ op: "commit" }),
    "+": () => tell("commit", { type: "ok", ...(rest === "" ? {} : { txn: Number(rest) }) }),
    "-": () => tell("commit", { type: "fail", error: rest === "" ? "conflict" : rest }),
    "~": () => tell("commit", { type: "info", error: "timeout" }),
    X: () => void writer.events.push({ ...at, type: "crash" }),
    "?": () =>
      rest.startsWith("{")
        ? call({ op: "scan" }, { type: "ok", entries: entriesOf(rest) })
        : call({ op: "get", key }, { type: "ok", value: value ?? null }),
  };
  const act = marks[mark];
  if (act === undefined) throw new Error(`no such token: ${client}${mark}${rest}`);
  act();
}

/** `{a=1,b=2}` */
function entriesOf(braces: string): readonly (readonly [string, string])[] {
  const pairs = braces
    .slice(1, -1)
    .split(",")
    .filter((pair) => pair !== "");
  return pairs.map((pair) => pair.split("=")).map(([key = "", value = ""]) => [key, value] as const);
}
