// The second verdict: cycles first, and where those decide nothing, the search. Knows nothing of the version sweep.
import { type CycleOptions, type Proof, searchCycles } from "./cycle-search.js";
import { type OrderOptions, searchOrder } from "./order-search.js";
import type { Recording } from "./recording.js";

export type SecondVerdict =
  | { readonly verdict: "valid" }
  /** `proof`: where a cycle shows it. `stuck`: where only the search does, the session for which there was no moment. */
  | { readonly verdict: "invalid"; readonly proof: Proof }
  | { readonly verdict: "invalid"; readonly proof: null; readonly stuck: number }
  | { readonly verdict: "unknown"; readonly message: string };

/** Exact where the answer is not `unknown`. */
export function secondVerdict(recording: Recording, options: CycleOptions & OrderOptions): SecondVerdict {
  const cycles = searchCycles(recording, options);
  if (cycles.verdict !== "unknown") return cycles;
  const order = searchOrder(recording, options);
  return order.verdict === "invalid" ? { ...order, proof: null } : order;
}
