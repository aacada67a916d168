// P4: one order of the transactions, agreeing with real time, explains every answer.
import { type Property, violation } from "./property.js";

export const strictlySerializable: Property = {
  name: "strictly-serializable",
  promise: "P4",
  claim: "One order of the transactions, agreeing with real time, explains every answer.",
  judge: (view) => {
    const answer = view.serializability();
    if (answer.verdict === "valid") return null;
    if (answer.verdict === "unknown") return answer;
    return violation(`${answer.anomaly.kind}: ${answer.anomaly.message}`);
  },
};
