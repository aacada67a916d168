import { expect, test } from "vitest";
import type { TimedEvent } from "../run/timed/timed-run.js";
import { analyze } from "./point.js";
import { DEFAULT_LOAD, type Settings } from "./settings.js";

const settings: Settings = {
  load: { ...DEFAULT_LOAD, durationMs: 1000 },
  warmUpMs: 0,
  target: "manifest",
  clock: "wall",
  backend: "http://127.0.0.1:9",
  latency: "",
  repeat: 0,
};
const tally = { writesDropped: 0, readsDropped: 0, requests: 9, faults: 0 };
const at = { step: 0, atMs: 500 };

const writer: readonly TimedEvent[] = [
  { client: "w0", type: "invoke", op: "begin", mode: "write", intendedMs: 400, attempt: 0, ...at },
  { client: "w0", type: "ok", op: "begin", ...at },
  { client: "w0", type: "invoke", op: "put", key: "k", value: "v", ...at },
  { client: "w0", type: "ok", op: "put", ...at },
  { client: "w0", type: "invoke", op: "commit", ...at },
  { client: "w0", type: "ok", op: "commit", txn: 1, ...at },
];
const auditor = (scan: TimedEvent): readonly TimedEvent[] => [
  { client: "auditor", type: "invoke", op: "begin", mode: "read", ...at },
  { client: "auditor", type: "ok", op: "begin", ...at },
  { client: "auditor", type: "invoke", op: "scan", ...at },
  scan,
  { client: "auditor", type: "invoke", op: "end", ...at },
  { client: "auditor", type: "ok", op: "end", ...at },
];
const rowOf = (events: readonly TimedEvent[], unseen?: string) =>
  analyze({ settings, startMs: 0, events, tally: { ...tally, ...(unseen === undefined ? {} : { unseen }) } });

const seen: TimedEvent = { client: "auditor", type: "ok", op: "scan", entries: [["k", "v"]], ...at };
const gone: TimedEvent = { client: "auditor", type: "fail", op: "scan", error: "timeout", message: "reset", ...at };

test("where the final scan failed, nobody knows whether the acknowledged is there: unknown, with the reason", () => {
  expect(rowOf([...writer, ...auditor(seen)])).toMatchObject({ verdict: "valid", because: "" });
  const { verdict, because } = rowOf([...writer, ...auditor(gone)], "the bucket's own story was not judged");
  expect([verdict, because]).toEqual(["unknown", expect.stringContaining("the final scan failed (timeout, reset)")]);
  expect(rowOf(writer)).toMatchObject({ verdict: "unknown", because: expect.stringContaining("there was none") });
});

test("a story that was not seen is no reason for unknown where the scan was answered, and is said", () => {
  const row = rowOf([...writer, ...auditor(seen)], "the bucket's own story was not judged");
  expect(row).toMatchObject({ verdict: "valid", because: "the bucket's own story was not judged" });
});

test("a lost write is invalid, whatever else was not seen", () => {
  expect(rowOf([...writer, ...auditor({ ...seen, entries: [] } as TimedEvent)])).toMatchObject({ verdict: "invalid" });
});
