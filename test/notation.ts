// Histories on one line, for tests. A client is a capital letter; what it does follows at once, blanks between.
//
//   A[        begins             A?a=1      gets a, reads 1      A*    asks for its commit
//   A]        ends               A?a        gets a, finds none   A+7   commit ok, txn 7 (A+ without an id)
//   A!a=1     puts a = 1         A?{a=1}    scans, sees this     A-    commit fails: conflict
//   A!a       deletes a          AX         dies                 A~    commit info
//   A%a=1     puts, told info    A-expired  fails so             A#gc  a chore, done
//
// Everything but a commit is asked and answered in one go. `A!a=1 A* B[ B?a=1 A+1` is a read inside a commit.
import type { Completion, HistoryEvent, Op } from "../model/history.js";

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

// --- internal ---

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
