// The ways from a run to its store: one a line of the registry.
import { SimulatedStore } from "../store/simulated.js";
import type { Tier } from "./execute.js";

/** The simulated store, reached by a function call: the fastest. */
export const memoryTier: Tier = {
  name: "memory",
  open: (clock) => {
    const store = new SimulatedStore({ now: () => clock.nowMs });
    return { store: (request) => store.apply(request), prefix: "run/" };
  },
};
