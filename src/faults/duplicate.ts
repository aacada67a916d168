import { type Fault, isWrite } from "./fault.js";

export const duplicate: Fault = {
  kind: "duplicate",
  says: "The store applies the request twice; its client hears the second answer, judged against what the first left.",
  strikes: isWrite,
  ruling: () => ({ apply: "twice", answer: (own) => own ?? { status: 0, code: "Timeout" } }),
};
