// One line of the journal: a checksum, and an entry as JSON behind it.
import { createReadStream } from "node:fs";
import { crc32 } from "node:zlib";
import type { Body, StoreRequest } from "./request.js";

/** A write that was applied, with the store's date of it; or a bucket that was made or removed. */
export type JournalEntry =
  | { readonly bucket: string; readonly dateMs: number; readonly request: StoreRequest }
  | { readonly bucket: string; readonly there: boolean };

export class JournalError extends Error {
  override readonly name = "JournalError";
}

export function journalLine(entry: JournalEntry): string {
  const json = JSON.stringify("request" in entry ? { ...entry, request: writable(entry.request) } : entry);
  return `${sumOf(json)} ${json}\n`;
}

/**
 * Gives every entry of the file to `restore`, in order; none where there is no file. A bad last line is what a crash
 * leaves of a write that nobody was told of. Throws `JournalError` where other lines follow a bad one.
 */
export async function readJournal(path: string, restore: (entry: JournalEntry) => void): Promise<void> {
  let number = 0;
  let bad: number | undefined;
  for await (const line of linesOf(path)) {
    number += 1;
    if (bad !== undefined) throw new JournalError(`${path}, line ${bad}: damaged, and other lines follow it`);
    const entry = line.whole ? entryOf(line.text) : undefined;
    if (entry === undefined) bad = number;
    else restore(entry);
  }
}

// --- internal ---

const sumOf = (text: string): string => crc32(text).toString(16).padStart(8, "0");

/** Bytes that are no text are written as base64. */
type Writable = Omit<StoreRequest, "body"> & { readonly text?: string; readonly base64?: string };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function writable({ body = "", ...rest }: StoreRequest): Writable {
  if (typeof body === "string") return { ...rest, text: body };
  try {
    return { ...rest, text: decoder.decode(body) };
  } catch {
    return { ...rest, base64: Buffer.from(body).toString("base64") };
  }
}

function entryOf(line: string): JournalEntry | undefined {
  const json = line.slice(9);
  if (line.slice(0, 9) !== `${sumOf(json)} `) return undefined;
  const entry = JSON.parse(json);
  if (entry.request === undefined) return entry;
  const { text, base64, ...request } = entry.request as Writable;
  const body: Body = base64 === undefined ? (text ?? "") : Buffer.from(base64, "base64");
  return { ...entry, request: { ...request, body } };
}

async function* linesOf(path: string): AsyncGenerator<{ readonly text: string; readonly whole: boolean }> {
  let rest = "";
  try {
    for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 })) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) yield { text, whole: true };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (rest !== "") yield { text: rest, whole: false };
}
