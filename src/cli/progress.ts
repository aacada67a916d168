// Progress on stderr, one line that rewrites itself, and only where a person is looking.

import { wallClock } from "../run/choices.js";
import type { Tally } from "../run/tally.js";

export interface Progress {
  readonly show: (tally: Tally) => void;
  readonly clear: () => void;
  /** Writes what is said of `what` to stderr, above the line. */
  readonly note: (what: string) => (message: string) => void;
}

const EVERY_MS = 250;
const CLEAR = "\r\x1b[K";

export function progressLine(quiet: boolean): Progress {
  const stream = process.stderr;
  const shown = !quiet && stream.isTTY;
  const clear = (): void => {
    if (shown) stream.write(CLEAR);
  };
  const note = (what: string) => (message: string) => {
    clear();
    stream.write(`${what}: ${message}\n`);
  };
  if (!shown) return { show: () => undefined, clear, note };
  const startMs = wallClock.now();
  let shownMs = startMs;
  return {
    show: (tally) => {
      const nowMs = wallClock.now();
      if (nowMs - shownMs < EVERY_MS) return;
      shownMs = nowMs;
      const perSecond = Math.round((1000 * tally.runs) / (nowMs - startMs));
      const counts = Object.values(tally.reached);
      const met = counts.filter((count) => count > 0).length;
      stream.write(`${CLEAR}${tally.runs} runs, ${perSecond} runs/s, reached ${met} of ${counts.length} situations`);
    },
    clear,
    note,
  };
}
