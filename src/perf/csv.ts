// Results on disk: a row is there as soon as its point ends, and what is there already is never lost unasked.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { stringify } from "csv-stringify/sync";
import { makeFolder } from "../run/folder.js";
import { COLUMNS, type Row } from "./row.js";

/** A CSV file that is not a result of ours; the message says what is wrong. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

/** Where new results may go: `path`, or the first of `path-2`, `path-3`, ... that is free. */
export function freePath(path: string): string {
  const stem = path.replace(/\.csv$/, "");
  let free = path;
  for (let i = 2; existsSync(free); i += 1) free = `${stem}-${i}.csv`;
  return free;
}

/** Begins a file anew, with its header. Throws the system's error where it can't be written. */
export function beginCsv(path: string): void {
  makeFolder(dirname(path));
  writeFileSync(path, stringify([COLUMNS]));
}

/** A row as its file has it, with its header. */
export const rowLine = (row: Row): string => stringify([COLUMNS, cellsOf(row)]);

export const appendRow = (path: string, row: Row): void => appendFileSync(path, stringify([cellsOf(row)]));

/** A file's rows, every cell as text. Throws CsvError. A last line that was cut off is not counted. */
export function readCsv(path: string): readonly Readonly<Record<string, string>>[] {
  const text = readText(path);
  const [header, ...lines] = recordsOf(text.slice(0, text.lastIndexOf("\n") + 1));
  if (header === undefined) throw new CsvError(`${path} is empty`);
  const missing = COLUMNS.slice(0, 8).filter((column) => !header.includes(column));
  if (missing.length > 0) throw new CsvError(`${path} is no perf result: it has no column ${missing.join(", ")}`);
  return lines.map((cells) => Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ""])));
}

/** The rows of a file that a broken sweep left behind; a line that was cut off is taken away. Throws CsvError. */
export function resumeCsv(path: string): readonly Readonly<Record<string, string>>[] {
  const text = readText(path);
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (!whole.startsWith(stringify([COLUMNS])))
    throw new CsvError(`${path} has other columns than this version writes: it can't be resumed (--force starts anew)`);
  if (whole !== text) writeFileSync(path, whole);
  return readCsv(path);
}

// --- internal ---

const cellsOf = (row: Row) => COLUMNS.map((column) => row[column] ?? "");

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new CsvError(`${path} can't be read`);
  }
}

/** Records of RFC 4180: quoted cells may hold commas, quotes and line ends. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^,\n\r]*)(,|\r?\n)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [, raw = "", end = ""] = match;
    record.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}
