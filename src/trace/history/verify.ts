// Judges a history that was recorded elsewhere.
import { createReadStream } from "node:fs";
import type { Explanation } from "../../../model/cycles/explain.js";
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
  /** The anomaly's name, its smallest cycle, and what it rules out; null where only a search shows it. */
  readonly explanation: Explanation | null;
}

/**
 * Judges the history in a file, by the rules of docs/history.md. The file is streamed; what stays in memory are its
 * transactions. `file`: a path, or `-` for standard input.
 * Rejects with {@link HistoryFileError} where the file is missing, broken, or of a newer version.
 */
export async function verify(file: string, { timeLimitMs = 60_000 }: VerifyOptions = {}): Promise<VerifyResult> {
  const startMs = wallClock.now();
  const history = await readHistory(bytesOf(file));
  const judgingMs = wallClock.now();
  const judgement = judgeRecorded(history, () => wallClock.now() - judgingMs > timeLimitMs);
  const { verdict, property, message, explanation } = judgement;
  return {
    verdict,
    violation:
      property === null
        ? null
        : {
            property: property.name,
            promise: property.promise,
            claim: property.claim,
            message: message ?? "",
            explanation,
          },
    unknownBecause: verdict === "unknown" ? message : null,
    operations: history.operations,
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
