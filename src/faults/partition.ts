import { timedOut } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const partition: Fault = {
  kind: "partition",
  says: "One client is cut off: its requests are lost and it hears nothing (timeout), until the network heals.",
  lasts: "client",
  takes: ["healRequests"],
  ruling: () => ({ apply: "no", answer: always(timedOut) }),
};
