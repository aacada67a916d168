// Waits until a process has sent all that it sends in one go.
import { after, soon } from "../../store/clock.js";

/** How often in a row it has to be seen asleep, with a turn of the event loop in between, in which its requests come in. */
const LOOKS = 2;
/** Between two looks at one that runs, milliseconds. */
const PAUSE_MS = 1;
/** Where it can't be seen: how long a second request takes to follow. Milliseconds. */
const GRACE_MS = 3;
/** One that never sleeps is not waited for any longer. Milliseconds. */
const PATIENCE_MS = 50;

/**
 * Calls `then` once the process sleeps, as `isAsleep` sees it; after a short while where that is not to be seen. What it
 * has sent before it fell asleep has arrived by then. Returns how to call it off.
 */
export function whenQuiet(isAsleep: () => boolean | undefined, then: () => void): () => void {
  let [looks, pauses] = [0, 0];
  let cancel: () => void = () => undefined;
  const look = (): void => {
    const asleep = isAsleep();
    looks = asleep === true ? looks + 1 : 0;
    if (looks === LOOKS || pauses * PAUSE_MS >= PATIENCE_MS) then();
    else if (asleep === undefined) cancel = after(GRACE_MS, then);
    else if (asleep) cancel = soon(look);
    else {
      pauses += 1;
      cancel = after(PAUSE_MS, look);
    }
  };
  look();
  return () => cancel();
}
