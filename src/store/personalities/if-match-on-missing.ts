import type { Apply, StoreRequest } from "../request.js";
import type { Personality } from "./personality.js";
import { unconditional } from "./precondition-ignored.js";

const onMissing =
  (answer: (store: Apply, request: StoreRequest) => ReturnType<Apply>) =>
  (store: Apply): Apply =>
  (request) => {
    const asks = request.method === "PUT" && request.ifMatch !== undefined;
    const missing = asks && store({ method: "HEAD", key: request.key }).status === 404;
    return missing ? answer(store, request) : store(request);
  };

/** What some stores say to If-Match on a key that is not there. S3 says 404. */
export const ifMatchOnMissing: readonly Personality[] = [
  {
    name: "if-match-creates",
    says: "A PUT with If-Match on a key that is missing is accepted.",
    waives: [],
    over: onMissing((store, request) => store(unconditional(request))),
  },
  {
    name: "if-match-missing-412",
    says: "A PUT with If-Match on a key that is missing is answered 412, not 404.",
    waives: [],
    over: onMissing((store, request) => ({ ...store(request), status: 412, code: "PreconditionFailed" })),
  },
];
