import type { Ruling } from "../store/ruling.js";
import { type Fault, isWrite } from "./fault.js";

const hangs = (apply: Ruling["apply"]) => (): Ruling => ({ apply, answer: (own) => own ?? { status: 0 }, hang: true });

/** The client never hears anything and has no time limit: it waits to the end of the run. */
export const hanging: readonly Fault[] = [
  { kind: "hang", says: "The request is never applied; its client waits for ever.", ruling: hangs("no") },
  {
    kind: "hang-zombie",
    says: "The request is applied at some later time; its client waits for ever.",
    strikes: isWrite,
    ruling: hangs("later"),
  },
];
