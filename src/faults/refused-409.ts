import { conditionalRequestConflict } from "../store/failure.js";
import { always, type Fault, isWrite } from "./fault.js";

export const refused409: Fault = {
  kind: "refused-409",
  says: "The store does not apply the conditional write and answers 409 ConditionalRequestConflict: a race, to be tried again.",
  strikes: (request) => isWrite(request) && (request.ifMatch !== undefined || request.ifNoneMatch !== undefined),
  ruling: () => ({ apply: "no", answer: always(conditionalRequestConflict) }),
};
