// Reads a history that was recorded elsewhere: JSON lines, streamed. The format: docs/history.md.

import { type Reading, startReading } from "../../../model/cycles/reading.js";
import { HistoryError, SessionReader } from "../../../model/sessions.js";
import type { RecordedHistory } from "../../../properties/recorded.js";
import { HistoryFileError } from "./error.js";
import { eventOf, type NameClient, objectOf, shown } from "./event.js";
import { readLines } from "./lines.js";

/** A file's history. Events are numbered by their lines, from 1. */
export interface HistoryOfFile extends RecordedHistory {
  /** Number of invokes. */
  readonly operations: number;
}

/** The version of the format, in the first line. */
const VERSION = 1;

/** Reads to the end. Throws {@link HistoryFileError}. */
export async function readHistory(source: AsyncIterable<Uint8Array>): Promise<HistoryOfFile> {
  const sessions = new SessionReader();
  const ids = new Map<string, unknown>();
  const nameOf = clientNames();
  let initial: ReadonlyMap<string, string> | undefined;
  let second: Reading | undefined;
  let operations = 0;
  await readLines(source, (text, line) => {
    if (initial === undefined) {
      initial = headerOf(text, line);
      second = startReading(initial);
      return;
    }
    if (text.trim() === "") return;
    const event = eventOf(text, line, nameOf);
    if (event.type === "invoke") {
      operations += 1;
      if (event.id !== undefined) ids.set(event.client, event.id);
      else if (ids.size > 0) ids.delete(event.client);
    } else if (event.id !== undefined && ids.has(event.client) && ids.get(event.client) !== event.id) {
      throw new HistoryFileError(
        line,
        `an answer to ${shown(event.id)}, but ${event.client} asked ${shown(ids.get(event.client))}`,
      );
    }
    try {
      sessions.add(event, line);
      second?.add(event, line);
    } catch (error) {
      throw error instanceof HistoryError ? new HistoryFileError(line, error.reason) : error;
    }
  });
  if (initial === undefined || second === undefined)
    throw new HistoryFileError(1, `an empty file; the first line must be {"history": ${VERSION}}`);
  return { initial, transactions: sessions.transactions, recording: second.finish(), operations };
}

// --- internal ---

function headerOf(text: string, line: number): ReadonlyMap<string, string> {
  const { history, initial } = objectOf(text, line);
  if (typeof history !== "number") {
    throw new HistoryFileError(line, `no history: the first line must be {"history": ${VERSION}}`);
  }
  if (history > VERSION) {
    throw new HistoryFileError(line, `a history of version ${history}; this program reads up to ${VERSION}`);
  }
  if (history !== VERSION) throw new HistoryFileError(line, `there is no version ${history} of the format`);
  if (initial === undefined) return new Map();
  const pairs =
    typeof initial === "object" && initial !== null && !Array.isArray(initial) ? Object.entries(initial) : null;
  if (pairs?.every((pair): pair is [string, string] => typeof pair[1] === "string") !== true) {
    throw new HistoryFileError(line, `"initial" must be an object of strings, not ${shown(initial)}`);
  }
  return new Map(pairs as [string, string][]);
}

/** Names as they are; where a number and a string look alike, the one that comes second is marked. */
function clientNames(): NameClient {
  const names = new Map<string | number, string>();
  const taken = new Set<string>();
  return (client) => {
    const known = names.get(client);
    if (known !== undefined) return known;
    let name = String(client);
    while (taken.has(name)) name += "*";
    taken.add(name);
    names.set(client, name);
    return name;
  };
}
