import { always, type Fault } from "./fault.js";

export const errorIn200: Fault = {
  kind: "error-in-200",
  says: "The store does not apply the write and answers 200 with an <Error> for a body; there is no ETag in it.",
  strikes: (request) => request.method === "PUT",
  ruling: () => ({ apply: "no", answer: always({ status: 200, code: "InternalError" }) }),
};
