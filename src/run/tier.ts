// A tier: a way from a run to its store.
import type { StoreClock } from "../sim/world.js";
import type { Apply, Send } from "../store/request.js";

/** How a run reaches its store. `clock` is the store's; whoever opens the store asks it for the time. */
export interface Tier {
  readonly name: string;
  /** A fresh, empty place for one run. `prefix` ends in `/`. A real server has its own personality: it takes no others. */
  readonly open: (clock: StoreClock, personalities: readonly string[]) => Place;
  /** The last leg of each client's way to the door, where it is more than a function call: the SDK. */
  readonly leg?: (send: Send, life: ClientLife) => Promise<Send>;
}

/** Whose way it is, and how many steps have been taken so far. */
export interface ClientLife {
  readonly client: string;
  readonly step: () => number;
}

/** One run's store. `content`, where it can be read at once: all objects in key order, to compare two runs. */
export interface Place {
  readonly store: Apply | Send;
  readonly prefix: string;
  /** Deletes what the run has put there, where that outlives the run. */
  readonly cleanUp?: () => Promise<void>;
  readonly content?: () => readonly (readonly [key: string, object: unknown])[];
}
