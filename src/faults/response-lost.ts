import { connectionReset } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const responseLost: Fault = {
  kind: "response-lost",
  says: "The store applies the request; its client hears nothing (connection reset).",
  ruling: () => ({ apply: "once", answer: always(connectionReset) }),
};
