// Judges a history that was recorded elsewhere.
import { createReadStream } from "node:fs";
import { judgeRecorded } from "../../../properties/recorded.js";
import { wallClock } from "../../run/choices.js";
import { HistoryFileError } from "./error.js";
import { readHistory } from "./read.js";

export interface VerifyOptions {
  /** The search for an order ends after so many milliseconds; the verdict is then `unknown`. */
  readonly timeLimitMs?: number;
}

export interface VerifyResult {
  readonly verdict: "valid" | "invalid" | "unknown";
  readonly violation: VerifyViolation | null;
  /** Why nothing can be concluded; null for the other verdicts. */
  readonly unknownBecause: string | null;
  /** Number of invokes in the file. */
  readonly operations: number;
  readonly elapsedMs: number;
}

export interface VerifyViolation {
  /** The property's name, such as `strictly-serializable`. */
  readonly property: string;
  /** P1 to P6. */
  readonly promise: string;
  readonly claim: string;
  /** What can't be right, in words. Events are named by their lines. */
  readonly message: string;
}

/**
 * Judges the history in a file, by the rules of docs/history.md. The file is streamed; what stays in memory are its
 * transactions. `file`: a path, or `-` for standard input.
 * Rejects with {@link HistoryFileError} where the file is missing, broken, or of a newer version.
 */
export async function verify(file: string, _options: VerifyOptions = {}): Promise<VerifyResult> {
  const startMs = wallClock.now();
  const { transactions, initial, operations } = await readHistory(bytesOf(file));
  const { violation, unknown } = judgeRecorded(transactions, { initial });
  const [open] = unknown;
  return {
    verdict: violation !== null ? "invalid" : open !== undefined ? "unknown" : "valid",
    violation: violation === null ? null : said(violation),
    unknownBecause: violation === null && open !== undefined ? open.message : null,
    operations,
    elapsedMs: wallClock.now() - startMs,
  };
}

// --- internal ---

const CHUNK_BYTES = 2 ** 20;

async function* bytesOf(file: string): AsyncIterable<Uint8Array> {
  try {
    yield* file === "-" ? process.stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new HistoryFileError(0, code === "ENOENT" ? "no such file" : `can't be read (${code})`);
  }
}

function said({ property, message }: NonNullable<ReturnType<typeof judgeRecorded>["violation"]>): VerifyViolation {
  const { name, promise, claim } = property;
  return { property: name, promise, claim, message };
}
