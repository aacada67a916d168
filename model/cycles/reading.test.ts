// The second reading of the rules, against the first one: other words, the same sessions.
import { expect, test } from "vitest";
import { historyOf } from "../../test/notation.js";
import type { HistoryEvent, Op } from "../history.js";
import { sessionsOf } from "../sessions.js";
import { recordingOf } from "./reading.js";
import { FATE } from "./recording.js";

const at = { client: "A", step: 0, atMs: 0 };
const ask = (op: Op, rest: object = {}): HistoryEvent => ({ ...at, type: "invoke", op, ...rest });
const tell = (type: "ok" | "fail" | "info", op: Op, rest: object = {}): HistoryEvent => ({ ...at, type, op, ...rest });
const key = { key: "a" };

/** What both readings say of a session, in the words of neither. */
function second(history: readonly HistoryEvent[]) {
  const recording = recordingOf(history);
  const { client, begin, end, asked, fate, id, readsTo, scansTo, writesTo, writes, valueAt, stagedTo, staged } =
    recording;
  return client.map((name, session) => {
    const start = (to: readonly number[]) => (session === 0 ? 0 : (to[session - 1] as number));
    const count = (to: readonly number[]) => (to[session] as number) - start(to);
    return {
      ...{ name, begin: begin[session], end: end[session], asked: asked[session] },
      ...{ id: Number.isNaN(id[session]) ? null : id[session], reads: count(readsTo), scans: count(scansTo) },
      writes: writes
        .slice(start(writesTo), writesTo[session])
        .map((pair) => valueAt[pair])
        .toSorted(),
      fate: fate[session],
      doubtful: staged.slice(start(stagedTo), stagedTo[session]).some((put) => put < 0),
    };
  });
}

const first = (history: readonly HistoryEvent[]) =>
  sessionsOf(history).map(({ client, begin, end, commit, txn, reads, scans, writes, outcome, doubtful }) => {
    const floating = outcome === "unknown" && (writes.size > 0 || doubtful);
    const committed = outcome === "committed";
    return {
      ...{ name: client, begin, end, asked: commit, id: txn, reads: reads.length, scans: scans.length },
      // A session that changed nothing has no writes in the second reading.
      writes: floating || committed ? [...writes.values()].toSorted() : [],
      fate: committed ? FATE.committed : outcome === "unknown" ? FATE.floating : FATE.none,
      doubtful: outcome === "unknown" && doubtful,
    };
  });

test.each([
  ["a session with everything", historyOf("A[ A?a=1 A?{a=1} A!b=2 A!c A* A+7")],
  ["a commit that failed", historyOf("A[ A!a=1 A* A- A[ A?a A]")],
  ["a commit that is info", historyOf("A[ A!a=1 A* A~ A[ A?a A]")],
  ["a commit that is never answered", historyOf("A[ A!a=1 A*")],
  [
    "a client that dies before, in and after its commit",
    historyOf("A[ A!a=1 AX A[ A!a=2 A* AX A[ A!a=3 A* A+3 AX A[ A?a A]"),
  ],
  ["a commit without an id", historyOf("A[ A!a=1 A* A+")],
  ["two clients at once", historyOf("A[ B[ A!a=1 B!b=1 A* B* B+1 A+2")],
  ["chores inside and outside", historyOf("A#gc A[ A#compact A!a=1 A* A+1 A#recover")],
  ["a begin that failed", [ask("begin"), tell("fail", "begin"), ask("commit"), tell("fail", "commit")]],
  ["a begin that is info", [ask("begin"), tell("info", "begin"), ...historyOf("A!a=1 A* A+1")]],
  ["a begin that is never answered", [ask("begin"), ...historyOf("A[ A!a=1 A* A+1")]],
  ["an end that failed", [...historyOf("A["), ask("end"), tell("fail", "end"), ...historyOf("A?a A]")]],
  ["an end that is info", [...historyOf("A[ A?a"), ask("end"), tell("info", "end"), ...historyOf("A[ A?b A]")]],
  ["an end that is never answered", [...historyOf("A[ A?a"), ask("end"), ...historyOf("A[ A?b A]")]],
  ["open", [...historyOf("A[ A!a=1"), ask("open"), tell("ok", "open"), ...historyOf("A[ A!b=2 A* A+2")]],
  ["open that failed", [...historyOf("A[ A!a=1"), ask("open"), tell("fail", "open"), ...historyOf("A* A+2")]],
  [
    "a get that failed, one that is info, one never answered",
    [
      ...historyOf("A["),
      ...[ask("get", key), tell("fail", "get"), ask("get", key), tell("info", "get"), ask("get", key)],
      ...historyOf("A?b A]"),
    ],
  ],
  [
    "a put that failed",
    [...historyOf("A["), ask("put", { ...key, value: "1" }), tell("fail", "put"), ...historyOf("A* A+1")],
  ],
  [
    "a put that is info",
    [...historyOf("A["), ask("put", { ...key, value: "1" }), tell("info", "put"), ...historyOf("A* A~")],
  ],
  ["a delete that is never answered", [...historyOf("A["), ask("delete", key), ...historyOf("A!b=1 A* A~")]],
  [
    "a put of nothing, a get of nothing",
    [
      ...historyOf("A["),
      ask("put", key),
      tell("ok", "put"),
      ask("get", key),
      tell("ok", "get"),
      ...historyOf("A* A+1"),
    ],
  ],
  ["a delete that is never answered, alone", [...historyOf("A["), ask("delete", key), ...historyOf("A* A~")]],
  ["a put outside", [ask("put", key), tell("info", "put"), ask("put", key), tell("fail", "put")]],
  ["a scan of nothing", [...historyOf("A["), ask("scan"), tell("ok", "scan"), ...historyOf("A]")]],
])("%s", (_what, history) => expect(second(history)).toEqual(first(history)));

test("a scan that answers nothing is empty, and open ends a session for good", () => {
  const scan = [...historyOf("A["), ask("scan"), tell("ok", "scan"), ...historyOf("A]")];
  expect(recordingOf(scan)).toMatchObject({ entriesTo: [0], entries: [] });
  const opened = [...historyOf("A["), ask("open"), tell("ok", "open"), ask("put", key), tell("info", "put")];
  expect(recordingOf(opened).staged).toEqual([]);
});
