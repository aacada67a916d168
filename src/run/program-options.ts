// What a trace says of a program, and back: its command and how long a client that does nothing is waited for.
import type { ProgramFacts } from "../targets/target.js";

export interface ProgramOptions {
  readonly command: string;
  readonly settleMs: number;
  /** Whether its processes' clocks were set from here. */
  readonly setClocks: boolean;
}

export const optionsOf = ({ command, settleMs, clocks }: ProgramFacts): Readonly<Record<string, string>> => ({
  command,
  settleMs: String(settleMs),
  ...(clocks.set ? { clocks: SET } : {}),
});

/** Undefined where the options are not a program's. */
export function programOptionsOf(options: Readonly<Record<string, string>>): ProgramOptions | undefined {
  const { command, settleMs, clocks } = options;
  const ms = Number(settleMs);
  return command === undefined || !Number.isInteger(ms) || ms < 0
    ? undefined
    : { command, settleMs: ms, setClocks: clocks === SET };
}

// --- internal ---

const SET = "set";
