import { internalError, slowDown } from "../store/failure.js";
import type { Ruling } from "../store/ruling.js";
import { always, type Fault, type FaultSpec } from "./fault.js";

/** What a store in trouble does, in turn: refuses, is slow, applies and fails. Retries pile up on it. */
const TURNS: readonly ((spec: FaultSpec) => Ruling)[] = [
  () => ({ apply: "no", answer: always(slowDown) }),
  ({ ms = 0 }) => ({ apply: "once", answer: (own) => own ?? { status: 0 }, pause: { ms, steps: 1 } }),
  () => ({ apply: "once", answer: always(internalError) }),
];

export const brownOut: Fault = {
  kind: "brown-out",
  says: "For a while the store refuses (503), is slow (`ms`), and applies but fails (500), in turn and for everyone.",
  lasts: "everyone",
  takes: ["ms", "healRequests"],
  ruling: (spec, before) => TURNS[before % TURNS.length]?.(spec) ?? { apply: "once", answer: always(slowDown) },
};
