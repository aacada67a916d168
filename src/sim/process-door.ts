// What the world can't see of a client that is a process, it is told through this.
import type { Send } from "../store/request.js";

export interface ProcessDoor {
  /** Parks a request. Several may be parked at once, and none says that the client has settled. */
  readonly post: Send;
  /** The client has settled. `busy` where it waits for nothing here and will go on by itself, at a time of its own. */
  readonly settle: (busy: boolean) => void;
  /** The client goes on with `then`: at once if it runs, else as soon as nobody else does. */
  readonly resume: (then: () => void) => void;
  /** The store's time and the client's own, milliseconds. */
  readonly times: () => { readonly store: number; readonly own: number };
}
