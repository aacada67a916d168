import type { Ruling } from "../store/ruling.js";
import type { Fault, FaultSpec } from "./fault.js";

const moved = (skewMs: number): Ruling => ({ apply: "once", answer: (own) => own ?? { status: 0 }, skewMs });

/** One client's own clock goes wrong before the request, and stays so. The store's clock is never touched. */
export const clockFaults: readonly Fault[] = [
  {
    kind: "clock-forward",
    says: "The client's own clock is `ms` ahead from here on.",
    takes: ["ms"],
    ruling: ({ ms = 0 }: FaultSpec) => moved(ms),
  },
  {
    kind: "clock-back",
    says: "The client's own clock is `ms` behind from here on.",
    takes: ["ms"],
    ruling: ({ ms = 0 }: FaultSpec) => moved(-ms),
  },
  {
    kind: "clock-jumps",
    says: "The client's own clock jumps `ms` ahead and back again, from one request to the next, until it is set right.",
    lasts: "client",
    takes: ["ms", "healRequests"],
    ruling: ({ ms = 0 }: FaultSpec, before: number) => moved(before % 2 === 0 ? ms : -ms),
  },
];
