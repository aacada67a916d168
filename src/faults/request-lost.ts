import { timedOut } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const requestLost: Fault = {
  kind: "request-lost",
  says: "The request never reaches the store; its client hears nothing (timeout).",
  ruling: () => ({ apply: "no", answer: always(timedOut) }),
};
