// From events to a recording: the rules of docs/history.md once more, in other words than sessions.ts has them.
import type { Completion, Entries, HistoryEvent, Invoke } from "../history.js";
import { lineUp, type Visit } from "./lining.js";
import { FATE, type Recording } from "./recording.js";

/** Events one after the other; `at` only has to grow. The history has to be well-formed: sessions.ts says so. */
export interface Reading {
  readonly add: (event: HistoryEvent, at: number) => void;
  /** Closes what is still open. Nothing may be added afterwards. */
  readonly finish: () => Recording;
}

export function recordingOf(history: readonly HistoryEvent[], initial?: ReadonlyMap<string, string>): Recording {
  const reading = startReading(initial);
  for (let at = 0; at < history.length; at += 1) reading.add(history[at] as HistoryEvent, at);
  return reading.finish();
}

export function startReading(initial: ReadonlyMap<string, string> = new Map()): Reading {
  const columns = emptyColumns();
  const lines = new Map<string, Line>();
  const keys = new Map<string, Map<string | null, number>>();
  const context: Context = { columns, keys, initial };
  for (const [key, value] of initial) pairOf(context, key, value);
  return {
    add: (event, at) => {
      let line = lines.get(event.client);
      if (line === undefined) {
        line = { visit: null, asked: null };
        lines.set(event.client, line);
      }
      follow(context, line, event, at);
    },
    finish: () => {
      for (const line of lines.values()) depart(context, line);
      return lineUp(columns, columns.visits, columns.refused);
    },
  };
}

// --- internal ---

/** Columns while they grow. Sessions close in another order than they begin, so each keeps its own lists till the end. */
interface Columns {
  readonly keys: string[];
  readonly keyOf: number[];
  readonly valueAt: (string | null)[];
  readonly absentOf: number[];
  readonly initialOf: number[];
  readonly visits: Visit[];
  readonly refused: { readonly visit: Visit; readonly pair: number }[];
}

interface Context {
  readonly columns: Columns;
  readonly keys: Map<string, Map<string | null, number>>;
  readonly initial: ReadonlyMap<string, string>;
}

/** What a client is doing: its session, and the request that waits for an answer. */
interface Line {
  visit: Visit | null;
  asked: Invoke | null;
}

const emptyColumns = (): Columns => ({
  ...{ keys: [], keyOf: [], valueAt: [], absentOf: [], initialOf: [] },
  visits: [],
  refused: [],
});

const NONE: number[] = [];

function follow(context: Context, line: Line, event: HistoryEvent, at: number): void {
  switch (event.type) {
    case "crash":
      depart(context, line);
      return;
    case "invoke":
      giveUp(context, line);
      line.asked = event;
      if (event.op === "begin") line.visit = arrive(context, event.client, at);
      if (event.op === "commit" && line.visit !== null) line.visit.asked = at;
      return;
    case "info":
      giveUp(context, line);
      return;
    case "fail":
      if (event.op === "commit" || event.op === "begin") line.visit = null;
      else refuse(context, line);
      line.asked = null;
      return;
    case "ok":
      if (line.asked !== null) hear(context, line, line.asked, event, at);
      line.asked = null;
  }
}

/** A put or delete that was answered fail is staged nowhere; who sees it all the same has to be told whose it is. */
function refuse(context: Context, { visit, asked }: Line): void {
  if (visit === null || asked === null || (asked.op !== "put" && asked.op !== "delete")) return;
  const pair = pairOf(context, asked.key ?? "", asked.op === "put" ? (asked.value ?? "") : null);
  context.columns.refused.push({ visit, pair });
}

function arrive({ columns }: Context, client: string, at: number): Visit {
  const visit = {
    client,
    begin: at,
    end: at,
    asked: -1,
    fate: FATE.none,
    id: Number.NaN,
    reads: NONE,
    scans: NONE,
    puts: NONE,
  };
  columns.visits.push(visit);
  return visit;
}

/** No answer will come: of a put it is open whether it is staged, of a commit whether it took effect. */
function giveUp(context: Context, line: Line): void {
  const { asked, visit } = line;
  line.asked = null;
  if (asked === null || visit === null) return;
  if (asked.op === "put" || asked.op === "delete")
    stage(visit, -1 - pairOf(context, asked.key ?? "", asked.value ?? null));
  if (asked.op === "commit") visit.fate = FATE.floating;
  if (asked.op === "commit" || asked.op === "end") line.visit = null;
}

/** The client died, or the history is over. */
function depart(context: Context, line: Line): void {
  giveUp(context, line);
  line.visit = null;
}

function hear(context: Context, line: Line, asked: Invoke, answer: Completion, at: number): void {
  const { visit } = line;
  if (asked.op === "open" || asked.op === "end") line.visit = null;
  if (visit === null) return;
  if (asked.op === "get") {
    if (visit.reads === NONE) visit.reads = [];
    visit.reads.push(pairOf(context, asked.key ?? "", answer.value ?? null));
    visit.end = at;
  } else if (asked.op === "scan") {
    if (visit.scans === NONE) visit.scans = [];
    look(context, visit.scans, answer.entries ?? []);
    visit.end = at;
  } else if (asked.op === "put" || asked.op === "delete") {
    stage(visit, pairOf(context, asked.key ?? "", asked.op === "put" ? (asked.value ?? "") : null));
  } else if (asked.op === "commit") {
    visit.end = at;
    visit.fate = FATE.committed;
    visit.id = answer.txn ?? Number.NaN;
    line.visit = null;
  }
}

function stage(visit: Visit, put: number): void {
  if (visit.puts === NONE) visit.puts = [];
  visit.puts.push(put);
}

function look(context: Context, scans: number[], entries: Entries): void {
  scans.push(entries.length);
  for (const [key, value] of entries) scans.push(pairOf(context, key, value));
}

function pairOf({ columns, keys, initial }: Context, key: string, value: string | null): number {
  let pairs = keys.get(key);
  if (pairs === undefined) {
    pairs = new Map();
    keys.set(key, pairs);
    const number = columns.keys.push(key) - 1;
    columns.absentOf.push(newPair(columns, number, null));
    pairs.set(null, columns.absentOf[number] as number);
    const before = initial.get(key);
    if (before !== undefined) pairs.set(before, newPair(columns, number, before));
    columns.initialOf.push(columns.keyOf.length - 1);
  }
  let pair = pairs.get(value);
  if (pair === undefined) {
    pair = newPair(columns, columns.keyOf[pairs.get(null) as number] as number, value);
    pairs.set(value, pair);
  }
  return pair;
}

function newPair({ keyOf, valueAt }: Columns, key: number, value: string | null): number {
  valueAt.push(value);
  return keyOf.push(key) - 1;
}
