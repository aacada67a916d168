// The reference manifest, played step by step.
import { expect, test } from "vitest";
import { type Answer, type Command, EMPTY, step } from "./reference.js";

/** The last answer. */
function play(...commands: readonly Command[]): Answer {
  let [reference, answer] = step(EMPTY, { op: "end" });
  for (const command of commands) [reference, answer] = step(reference, command);
  return answer;
}

const begin: Command = { op: "begin", mode: "write" };
const put: Command = { op: "put", key: "a", value: "1" };
const commit: Command = { op: "commit" };

test("a commit is seen by the next session, in get and scan", () => {
  expect(play(begin, put, commit)).toEqual({ type: "ok", txn: 1 });
  expect(play(begin, put, commit, begin, { op: "get", key: "a" })).toEqual({ type: "ok", value: "1" });
  expect(play(begin, put, commit, begin, { op: "scan" })).toEqual({ type: "ok", entries: [["a", "1"]] });
});

test("reads see the snapshot, not what is staged", () => {
  expect(play(begin, put, { op: "get", key: "a" })).toEqual({ type: "ok", value: null });
});

test("a delete removes, an end forgets, a commit without writes has no id", () => {
  expect(play(begin, put, commit, begin, { op: "delete", key: "a" }, commit, begin, { op: "scan" })).toEqual({
    type: "ok",
    entries: [],
  });
  expect(play(begin, put, { op: "end" }, begin, { op: "scan" })).toEqual({ type: "ok", entries: [] });
  expect(play(begin, commit)).toEqual({ type: "ok" });
});

test("what fails changes nothing", () => {
  expect(play(put)).toEqual({ type: "fail", error: "no-session" });
  expect(play(begin, begin)).toEqual({ type: "fail", error: "session-open" });
  expect(play({ op: "begin", mode: "read" }, put)).toEqual({ type: "fail", error: "read-only" });
  expect(step(EMPTY, put)[0]).toBe(EMPTY);
});

test("chores change nothing", () => {
  for (const op of ["compact", "gc", "recover"] as const) expect(step(EMPTY, { op })[0]).toBe(EMPTY);
});

test("answers are what they are, and nothing more", () => {
  expect(play()).toEqual({ type: "ok" });
  expect(play(begin)).toEqual({ type: "ok" });
  expect(play(begin, put)).toEqual({ type: "ok" });
  for (const op of ["compact", "gc", "recover"] as const) {
    expect(play(begin, { op })).toEqual({ type: "ok" });
    expect(play({ op })).toEqual({ type: "ok" });
  }
  for (const op of ["get", "scan", "delete", "commit"] as const)
    expect(play({ op, key: "a" })).toEqual({ type: "fail", error: "no-session" });
});

test("end and commit close the session", () => {
  expect(play(begin, { op: "end" }, put)).toEqual({ type: "fail", error: "no-session" });
  expect(play(begin, commit, put)).toEqual({ type: "fail", error: "no-session" });
  expect(play(begin, put, commit, put)).toEqual({ type: "fail", error: "no-session" });
  expect(play(begin, put, commit, begin, commit, begin, { op: "get", key: "a" })).toEqual({ type: "ok", value: "1" });
});
