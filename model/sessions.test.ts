// The rules of "A session is a transaction", one by one.
import { describe, expect, test } from "vitest";
import { historyOf } from "../test/notation.js";
import type { HistoryEvent, Op } from "./history.js";
import { HistoryError, sessionsOf } from "./sessions.js";

const at = { step: 0, atMs: 0 };
const lastOf = (line: string) => sessionsOf(historyOf(line)).at(-1);

test("a session with everything", () => {
  expect(sessionsOf(historyOf("A[ A?a=1 A?{a=1,b=2} A!a=3 A!b A* A+7"))).toEqual([
    {
      client: "A",
      begin: 0,
      end: 11,
      commit: 10,
      reads: [{ key: "a", value: "1", at: 3 }],
      scans: [
        {
          entries: [
            ["a", "1"],
            ["b", "2"],
          ],
          at: 5,
        },
      ],
      writes: new Map([
        ["a", "3"],
        ["b", null],
      ]),
      asides: [],
      doubtful: false,
      outcome: "committed",
      txn: 7,
    },
  ]);
});

describe("outcome and span", () => {
  test.each([
    ["A[ A!a=1 A* A+1", "committed", 5],
    ["A[ A!a=1 A* A-", "failed", 0],
    ["A[ A?a A!a=1 A* A-", "failed", 3],
    ["A[ A?a A!a=1 A* A~", "unknown", 3],
    ["A[ A!a=1 A*", "unknown", 0],
    ["A[ A!a=1 A* AX", "unknown", 0],
    ["A[ A!a=1 AX", "none", 0],
    ["A[ A?a A!a=1 A]", "none", 3],
    ["A[ A!a=1 A* A+1 A]", "committed", 5],
    ["A[ A!a=1 A* A#gc", "unknown", 0],
  ])("%s: %s", (line, outcome, end) => expect(lastOf(line)).toMatchObject({ outcome, end }));

  test("the last write of a key wins", () => {
    expect(lastOf("A[ A!a=1 A!a A!a=2 A* A+1")?.writes).toEqual(new Map([["a", "2"]]));
  });

  test("chores stand anywhere", () => {
    expect(sessionsOf(historyOf("A#compact A[ A#gc A!a=1 A#recover A* A+1 A#gc"))).toHaveLength(1);
  });

  test("a client that died may come back", () => {
    expect(sessionsOf(historyOf("A[ A!a=1 AX A[ A!a=2 A* A+1")).map(({ outcome }) => outcome)).toEqual([
      "none",
      "committed",
    ]);
  });

  test("a put that is info leaves the writes in doubt", () => {
    expect(lastOf("A[ A%a=1 A* A~")).toMatchObject({ doubtful: true, outcome: "unknown", writes: new Map() });
  });
});

test("a get, scan, put or delete that failed is not part of its session", () => {
  const history: HistoryEvent[] = [...historyOf("A[")];
  for (const op of ["get", "scan", "put", "delete"] as const) {
    history.push({ ...at, client: "A", type: "invoke", op, key: "a", value: "1" });
    history.push({ ...at, client: "A", type: "fail", op, error: "unavailable" });
  }
  expect(sessionsOf([...history, ...historyOf("A* A+1")])[0]).toMatchObject({
    reads: [],
    scans: [],
    writes: new Map(),
  });
});

const ask = (op: Op, rest: object = {}): HistoryEvent => ({ ...at, client: "A", type: "invoke", op, ...rest });
const tell = (type: "ok" | "fail" | "info", op: Op, rest: object = {}): HistoryEvent => ({
  ...{ ...at, client: "A", type, op },
  ...rest,
});

describe("open makes a new client of the old one", () => {
  test("its session is over, and it may begin another", () => {
    const sessions = sessionsOf([
      ...historyOf("A[ A!a=1"),
      ask("open"),
      tell("ok", "open"),
      ...historyOf("A[ A!a=2 A* A+1"),
    ]);
    expect(sessions.map(({ outcome }) => outcome)).toEqual(["none", "committed"]);
  });
  test("after it there is no session", () => {
    expect(() => sessionsOf([...historyOf("A["), ask("open"), tell("ok", "open"), ...historyOf("A?a")])).toThrow(
      "event 5: get outside a session",
    );
  });
  test("nor has the last one been committed", () => {
    const open = [ask("open"), tell("ok", "open")];
    const unanswered = [ask("open")];
    for (const opened of [open, unanswered])
      expect(sessionsOf([...historyOf("A[ A!a=1 A* A+1"), ...opened, ask("commit")])).toHaveLength(1);
  });
  test("an open that is not answered leaves it open whether the session is", () => {
    expect(sessionsOf([...historyOf("A["), ask("open"), ...historyOf("A[ A?a=1 A]")])).toHaveLength(2);
    expect(sessionsOf([...historyOf("A["), ask("open"), ...historyOf("A!a=1 A* A+1")])[0]?.outcome).toBe("committed");
  });
});

describe("a begin or an end that is not answered leaves it open whether there is a session", () => {
  test.each(["begin", "end"] as const)("%s: another begin is well-formed", (op) => {
    const before = op === "begin" ? [] : historyOf("A[");
    expect(sessionsOf([...before, ask(op), ...historyOf("A[ A?a=1 A]")])).toHaveLength(2);
    expect(sessionsOf([...before, ask(op), tell("info", op), ...historyOf("A[ A?a=1 A]")])).toHaveLength(2);
  });
  test("a begin that is not answered may have opened one", () => {
    expect(sessionsOf([ask("begin"), ...historyOf("A!a=1 A* A+1")])[0]).toMatchObject({ outcome: "committed" });
  });
  test("nor does one that failed say so", () => {
    expect(sessionsOf([...historyOf("A["), ask("end"), tell("fail", "end"), ...historyOf("A[ A?a A]")])).toHaveLength(
      2,
    );
  });
  test("an end that is not answered has closed it", () => {
    expect(() => sessionsOf([...historyOf("A["), ask("end"), ...historyOf("A?a=1")])).toThrow("outside a session");
    expect(
      sessionsOf([...historyOf("A["), ask("end"), tell("fail", "end"), ...historyOf("A?a=1")])[0]?.reads,
    ).toHaveLength(1);
  });
});

test("what is answered is what was asked for", () => {
  expect(() => sessionsOf([...historyOf("A["), ask("get", { key: "a" }), tell("ok", "scan")])).toThrow(
    "event 3: ok of scan without its invoke",
  );
  expect(() => sessionsOf([...historyOf("A["), ask("get"), tell("ok", "get")])).toThrow("event 3: get without a key");
});

test("a scan that answers nothing is empty", () => {
  expect(sessionsOf([...historyOf("A["), ask("scan"), tell("ok", "scan")])[0]?.scans).toEqual([{ entries: [], at: 3 }]);
});

test("only a put or a delete that is not answered leaves the writes in doubt", () => {
  for (const op of ["put", "delete"] as const)
    expect(sessionsOf([...historyOf("A["), ask(op, { key: "a" }), ...historyOf("A* A~")])[0]?.doubtful, op).toBe(true);
  for (const op of ["get", "scan", "gc"] as const)
    expect(sessionsOf([...historyOf("A["), ask(op, { key: "a" }), ...historyOf("A* A~")])[0]?.doubtful, op).toBe(false);
  expect(sessionsOf([ask("put", { key: "a" }), ask("get", { key: "a" })])).toEqual([]);
});

test("a commit that was asked for outside a session is no commit, and may be asked for again", () => {
  expect(sessionsOf([ask("commit"), tell("fail", "commit"), ask("commit"), tell("info", "commit")])).toEqual([]);
});

test("who died may commit a new session", () => {
  expect(sessionsOf(historyOf("A[ A!a=1 A* A+1 AX A*"))).toHaveLength(1);
});

test("an operation that never completes is info", () => {
  const put: HistoryEvent = { ...at, client: "A", type: "invoke", op: "put", key: "a", value: "1" };
  const [session] = sessionsOf([...historyOf("A["), put, ...historyOf("A* A~")]);
  expect(session).toMatchObject({ doubtful: true, outcome: "unknown" });
});

test("after a begin that failed, all but ok is let through", () => {
  const failed: HistoryEvent[] = [
    { ...at, client: "A", type: "invoke", op: "begin" },
    { ...at, client: "A", type: "fail", op: "begin", error: "unavailable" },
  ];
  expect(sessionsOf([...failed, ...historyOf("A* A-")])[0]).toMatchObject({ outcome: "none" });
  expect(() => sessionsOf([...failed, ...historyOf("A* A+1")])).toThrow("event 3: commit outside a session");
});

describe("ill-formed histories name the event", () => {
  test.each([
    ["A[ A[", "event 2: begin inside a session"],
    ["A[ A?a A[", "event 4: begin inside a session"],
    ["A[ A!a=1 A* A+1 A] A*", "event 8: second commit of a session"],
    ["A[ A!a=1 A* A+1 A*", "event 6: second commit of a session"],
    ["A[ A!a=1 A* A*", "event 5: second commit of a session"],
    ["A+1", "event 0: ok of commit without its invoke"],
    ["A[ A!a=1 A* A+1 A~", "event 6: info of commit without its invoke"],
    ["A?a", "event 1: get outside a session"],
    ["A[ A] A!a=1", "event 5: put outside a session"],
    ["A[ A%a=1 A* A+1", "event 5: ok commit after a put or delete that was info"],
  ])("%s", (line, message) => {
    expect(() => sessionsOf(historyOf(line))).toThrow(HistoryError);
    expect(() => sessionsOf(historyOf(line))).toThrow(message);
  });
});
