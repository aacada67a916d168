import { tooManyRequests } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const refused429: Fault = {
  kind: "refused-429",
  says: "The store does not apply the request and answers 429 (R2: more than one write a second to one key).",
  ruling: () => ({ apply: "no", answer: always(tooManyRequests) }),
};
