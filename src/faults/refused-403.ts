import { requestTimeTooSkewed } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const refused403: Fault = {
  kind: "refused-403",
  says: "The store does not apply the request and answers 403 RequestTimeTooSkewed: its signature is too old.",
  ruling: () => ({ apply: "no", answer: always(requestTimeTooSkewed) }),
};
