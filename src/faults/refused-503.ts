import { slowDown } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const refused503: Fault = {
  kind: "refused-503",
  says: "The store does not apply the request and answers 503 SlowDown.",
  ruling: () => ({ apply: "no", answer: always(slowDown) }),
};
