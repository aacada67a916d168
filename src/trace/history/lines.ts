// Bytes to lines, chunk by chunk: a file of any length in bounded memory.
import { HistoryFileError } from "./error.js";

/** A longer line is no event of anybody's; without a bound one missing newline would eat the memory. */
const LINE_BYTES_MAX = 64 * 2 ** 20;
const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Calls `onLine` with each line's text and number, from 1. Throws {@link HistoryFileError} where it is not UTF-8. */
export async function readLines(
  source: AsyncIterable<Uint8Array>,
  onLine: (text: string, line: number) => void,
): Promise<void> {
  const lines = { onLine, next: 1 };
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for await (const chunk of source) {
    const end = chunk.lastIndexOf(NEWLINE);
    const rest = chunk.subarray(end + 1);
    if (end >= 0) {
      split(lines, join([...pending, chunk.subarray(0, end + 1)]));
      pending = [];
      pendingBytes = 0;
    }
    if (rest.length === 0) continue;
    // A source may use its buffer again.
    pending.push(rest.slice());
    pendingBytes += rest.length;
    if (pendingBytes > LINE_BYTES_MAX) {
      throw new HistoryFileError(lines.next, `a line of more than ${LINE_BYTES_MAX / 2 ** 20} MiB`);
    }
  }
  if (pendingBytes > 0) split(lines, join(pending));
}

// --- internal ---

interface Lines {
  readonly onLine: (text: string, line: number) => void;
  next: number;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function join(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

/** Whole lines, the last perhaps without its newline. */
function split(lines: Lines, bytes: Uint8Array): void {
  const marked = lines.next === 1 && BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  const text = textOf(marked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes, lines.next);
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf("\n", from);
    const to = found < 0 ? text.length : found;
    lines.onLine(text.slice(from, to), lines.next);
    lines.next += 1;
    from = to + 1;
  }
}

function textOf(bytes: Uint8Array, first: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new HistoryFileError(first + newlinesBeforeDamage(bytes), "not UTF-8");
  }
}

function newlinesBeforeDamage(bytes: Uint8Array): number {
  let count = 0;
  for (let from = 0; ; count += 1) {
    const found = bytes.indexOf(NEWLINE, from);
    const to = found < 0 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return count;
    }
    if (found < 0) return count;
    from = to + 1;
  }
}
