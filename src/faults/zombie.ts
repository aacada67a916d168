import { timedOut } from "../store/failure.js";
import { always, type Fault, isWrite } from "./fault.js";

export const zombie: Fault = {
  kind: "zombie",
  says: "The client hears nothing (timeout) and gives up; the request is applied later, if its condition holds then.",
  strikes: isWrite,
  ruling: () => ({ apply: "later", answer: always(timedOut) }),
};
