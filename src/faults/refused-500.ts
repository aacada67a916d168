import { internalError } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const refused500: Fault = {
  kind: "refused-500",
  says: "The store does not apply the request and answers 500 InternalError.",
  ruling: () => ({ apply: "no", answer: always(internalError) }),
};
