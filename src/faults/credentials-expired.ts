import { expiredToken } from "../store/failure.js";
import { always, type Fault } from "./fault.js";

export const credentialsExpired: Fault = {
  kind: "credentials-expired",
  says: "The client's requests are answered 400 ExpiredToken, and not applied, until its credentials are renewed.",
  lasts: "client",
  takes: ["healRequests"],
  ruling: () => ({ apply: "no", answer: always(expiredToken) }),
};
