import { expect, test } from "vitest";
import type { TimedEvent } from "../run/timed/timed-run.js";
import { commandsOf } from "./commands.js";
import { figuresOf } from "./figures.js";

const tally = { writesDropped: 3, readsDropped: 0, requests: 9, faults: 0 };
const window = { startMs: 0, warmUpMs: 1000, durationMs: 11_000 };

const begin = (client: string, atMs: number, mode: "read" | "write", intendedMs: number, attempt = 0): TimedEvent => ({
  client,
  type: "invoke",
  op: "begin",
  mode,
  atMs,
  step: 0,
  intendedMs,
  attempt,
});
const answer = (
  client: string,
  atMs: number,
  op: "commit" | "end" | "get",
  type: "ok" | "fail",
  error = "",
): TimedEvent => ({
  client,
  type,
  op,
  atMs,
  step: 0,
  error,
});

test("latency runs from the intended start, a precondition failure's from its own begin; warm-up is left out", () => {
  const commands = commandsOf([
    begin("w0", 500, "write", 500),
    answer("w0", 900, "commit", "fail", "conflict"),
    begin("w0", 2500, "write", 2000),
    answer("w0", 2800, "commit", "fail", "conflict"),
    begin("w0", 2900, "write", 2000, 1),
    answer("w0", 3000, "commit", "ok"),
    begin("r0", 4000, "read", 4000),
    answer("r0", 4050, "get", "ok"),
    answer("r0", 4100, "end", "ok"),
    begin("r0", 5000, "read", 5000),
    answer("r0", 5050, "get", "fail", "expired"),
    answer("r0", 5100, "end", "ok"),
    begin("w0", 9000, "write", 9000),
    { client: "w0", type: "crash", atMs: 9100, step: 0 },
    begin("w0", 10_900, "write", 10_900),
    answer("w0", 11_100, "commit", "ok"),
  ]);
  const figures = figuresOf(commands, tally, window);
  const close = (value: unknown, wanted: number) => expect(Math.abs(Number(value) / wanted - 1)).toBeLessThan(0.001);
  close(figures["write_p99_ms"], 1000);
  close(figures["precond_p50_ms"], 300);
  close(figures["read_p50_ms"], 100);
  expect(figures).toMatchObject({
    // Attempts: a conflict, an ok, and one that died with its client.
    precondition_failure_rate: 0.3333,
    avg_retry_count: 0.5,
    write_tps: 0.1,
    read_tps: 0.1,
    // The last one was answered after the end.
    writes_ok: 1,
    writes_unfinished: 1,
    writes_info: 1,
    writes_failed: 0,
    writes_late: 1,
    writes_dropped: 3,
    conflicts: 1,
    reads_failed: 1,
  });
});

test("a backlog from the warm-up counts where it ends: throughput, counts and percentiles are of the same commands", () => {
  const commands = commandsOf(
    Array.from({ length: 30 }, (_, i) => [
      begin("w0", 300 * i, "write", 10 * i),
      answer("w0", 300 * i + 100, "commit", "fail", "conflict"),
      begin("w0", 300 * i + 150, "write", 10 * i, 1),
      answer("w0", 300 * i + 250, "commit", "ok"),
    ]).flat(),
  );
  const figures = figuresOf(commands, tally, window);
  // Three of them were over before the warm-up was; all were due within it.
  expect(figures).toMatchObject({ writes_ok: 27, write_tps: 2.7, conflicts: 27, precondition_failure_rate: 0.5 });
  expect(figures).toMatchObject({ avg_retry_count: 1, writes_failed: 0, writes_unfinished: 0 });
  const p99 = Number(figures["write_p99_ms"]);
  expect(Math.abs(p99 / (300 * 29 + 250 - 290) - 1)).toBeLessThan(0.001);
});

test("nothing to measure is null, not zero", () => {
  expect(figuresOf([], tally, window)).toMatchObject({ precondition_failure_rate: null, write_p50_ms: null });
});
