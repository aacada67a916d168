// Asks a real server again that is busy for a moment. For contact and clean-up alone: the manifest has rules of its own.
import { type Clock, systemClock } from "./clock.js";

const TRIES = 5;
/** Doubled before each further try. */
const FIRST_WAIT_MS = 50;

export interface Answered<T> {
  readonly answer: T;
  readonly tries: number;
}

/** Asks until the answer is none that passes by itself, five times at most. */
export async function askAgain<T>(
  ask: () => Promise<T>,
  isPassing: (answer: T) => boolean,
  clock: Clock = systemClock,
): Promise<Answered<T>> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (tries === TRIES || !isPassing(answer)) return { answer, tries };
    await clock.sleep(FIRST_WAIT_MS * 2 ** (tries - 1));
  }
}

/** No answer, too many requests, or a server that is at fault: but one that can't do it never will (501). */
export const isPassing = ({ status }: { readonly status: number }): boolean =>
  status === 0 || status === 429 || (status >= 500 && status !== 501);
