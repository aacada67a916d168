// What a verdict costs: both checkers on a history of a million operations.

import { type CycleVerdict, searchCycles } from "../../model/cycles/cycle-search.js";
import { recordingOf } from "../../model/cycles/reading.js";
import type { HistoryEvent } from "../../model/history.js";
import { sessionsOf } from "../../model/sessions.js";
import { checkByVersion } from "../../model/version-sweep.js";

const OPERATIONS = 1_000_000;
const KEYS = 100;
const CLIENTS = 8;

/** A serial history of read-modify-write sessions by clients in turn: begin, get, put, commit. */
function history(): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  const state = new Map<string, string>();
  const at = (step: number) => ({ step, atMs: step });
  for (let txn = 1; txn <= OPERATIONS / 4; txn += 1) {
    const client = `c${txn % CLIENTS}`;
    const key = `k${(txn * 7) % KEYS}`;
    const value = `v${txn}`;
    events.push(
      { client, type: "invoke", op: "begin", mode: "write", ...at(txn) },
      { client, type: "ok", op: "begin", ...at(txn) },
      { client, type: "invoke", op: "get", key, ...at(txn) },
      { client, type: "ok", op: "get", value: state.get(key) ?? null, ...at(txn) },
      { client, type: "invoke", op: "put", key, value, ...at(txn) },
      { client, type: "ok", op: "put", ...at(txn) },
      { client, type: "invoke", op: "commit", ...at(txn) },
      { client, type: "ok", op: "commit", txn, ...at(txn) },
    );
    state.set(key, value);
  }
  return events;
}

/** Operations a second of the fastest of three, on what a reader has already put into columns. */
function speed(judge: () => { readonly verdict: string }): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now();
    const { verdict } = judge();
    best = Math.min(best, performance.now() - started);
    if (verdict !== "valid") throw new Error(`the benchmark's own history is ${verdict}`);
  }
  return (1000 * OPERATIONS) / best;
}

export function verdictSpeeds(): { readonly versionSweep: number; readonly cycleSearch: number } {
  const events = history();
  const transactions = sessionsOf(events);
  const versionSweep = speed(() => checkByVersion(transactions));
  const recording = recordingOf(events);
  return { versionSweep, cycleSearch: speed((): CycleVerdict => searchCycles(recording, { ids: true })) };
}
