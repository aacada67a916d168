// One line of a history file to one event, or a sentence on what is wrong with it. By hand and not with a schema: a file
// has millions of lines.
import { type Completion, type Entries, type HistoryEvent, type Mode, OPS, type Op } from "../../../model/history.js";
import { HistoryFileError } from "./error.js";

/** Names for clients: `1` and `"1"` are two of them. */
export type NameClient = (client: string | number) => string;

/** Throws {@link HistoryFileError}. */
export function eventOf(text: string, line: number, nameOf: NameClient): HistoryEvent & { readonly id?: unknown } {
  const fields = objectOf(text, line);
  const { client, type, op } = fields;
  if (typeof client !== "string" && typeof client !== "number") {
    throw new HistoryFileError(line, `"client" must be a string or a number, not ${shown(client)}`);
  }
  const who = { client: nameOf(client), step: 0, atMs: 0 };
  if (type === "crash") return { ...who, type };
  if (type !== "invoke" && type !== "ok" && type !== "fail" && type !== "info") {
    throw new HistoryFileError(line, `unknown type ${shown(type)} (known: invoke, ok, fail, info, crash)`);
  }
  if (typeof op !== "string" || !known.has(op)) {
    throw new HistoryFileError(line, `unknown op ${shown(op)} (known: ${OPS.join(", ")})`);
  }
  const { id } = fields;
  if (type === "invoke") return { ...who, type, ...request(fields, op as Op, line), id };
  if (type === "ok") return { ...who, type, ...reply(fields, op as Op, line), id };
  return { ...who, type, op: op as Op, id };
}

/** A line that has to hold a JSON object. Throws {@link HistoryFileError}. */
export function objectOf(text: string, line: number): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new HistoryFileError(line, `not JSON, or cut off: ${excerpt(text)}`);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new HistoryFileError(line, `not a JSON object: ${excerpt(text)}`);
  }
  return json as Readonly<Record<string, unknown>>;
}

/** A foreign value as it can stand in a sentence. */
export function shown(value: unknown): string {
  return value === undefined ? "nothing" : excerpt(JSON.stringify(value));
}

// --- internal ---

type Fields = Readonly<Record<string, unknown>>;

const known: ReadonlySet<string> = new Set(OPS);

function excerpt(text: string): string {
  const clean = text.trim().replaceAll(/\p{Cc}/gu, " ");
  return clean.length > 60 ? `${clean.slice(0, 60)}...` : clean;
}

function request(
  { key, value, mode }: Fields,
  op: Op,
  line: number,
): { readonly op: Op; readonly key?: string; readonly value?: string; readonly mode?: Mode } {
  switch (op) {
    case "begin":
      if (mode === undefined) return { op };
      if (mode !== "read" && mode !== "write") {
        throw new HistoryFileError(line, `"mode" must be "read" or "write", not ${shown(mode)}`);
      }
      return { op, mode };
    case "get":
    case "delete":
      return { op, key: string(key, "key", line) };
    case "put":
      return { op, key: string(key, "key", line), value: string(value, "value", line) };
    default:
      return { op };
  }
}

function reply(
  { value, entries, txn }: Fields,
  op: Op,
  line: number,
): Pick<Completion, "op" | "value" | "entries" | "txn"> {
  switch (op) {
    case "get":
      return { op, value: value === null ? null : string(value, "value", line, " or null") };
    case "scan":
      return { op, entries: entriesOf(entries, line) };
    case "commit":
      return txn === undefined || txn === null ? { op } : { op, txn: idOf(txn, line) };
    default:
      return { op };
  }
}

function string(value: unknown, name: string, line: number, or = ""): string {
  if (typeof value === "string") return value;
  throw new HistoryFileError(line, `"${name}" must be a string${or}, not ${shown(value)}`);
}

function entriesOf(entries: unknown, line: number): Entries {
  const fits = (entry: unknown): boolean =>
    Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string" && typeof entry[1] === "string";
  if (Array.isArray(entries) && entries.every(fits)) return entries;
  throw new HistoryFileError(line, `"entries" must be an array of [key, value], not ${shown(entries)}`);
}

/** Beyond 2^53 two ids of the file may be one number here, and nobody would notice. */
function idOf(txn: unknown, line: number): number {
  if (typeof txn === "number" && Math.abs(txn) <= Number.MAX_SAFE_INTEGER) return txn;
  throw new HistoryFileError(line, `"txn" must be a number of at most 2^53 - 1, not ${shown(txn)}`);
}
