// Ctrl-C: the first one asks the work to come to an end, the second one ends the process at once.
import { EXIT } from "./exit.js";

export interface Interruption {
  readonly asked: () => boolean;
  /** Gives the signals back to the system. */
  readonly dispose: () => void;
}

export function interruption(): Interruption {
  let asked = false;
  const onSignal = (): void => {
    if (asked) process.exit(EXIT.interrupted);
    asked = true;
    process.stderr.write("\ninterrupted: finishing what is under way (once more to stop at once)\n");
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    asked: () => asked,
    dispose: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
