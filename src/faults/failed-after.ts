import { internalError } from "../store/failure.js";
import { always, type Fault, isWrite } from "./fault.js";

export const failedAfter: Fault = {
  kind: "failed-after",
  says: "The store applies the request and answers 500 InternalError.",
  strikes: isWrite,
  ruling: () => ({ apply: "once", answer: always(internalError) }),
};
