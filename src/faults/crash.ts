import type { Ruling } from "../store/ruling.js";
import type { Fault } from "./fault.js";

const dies = (apply: Ruling["apply"]) => (): Ruling => ({ apply, answer: (own) => own ?? { status: 0 }, crash: true });

/** The client dies with a request in flight, which is lost, applied, or on its way as a zombie. It comes back as a new client. */
export const crashes: readonly Fault[] = [
  { kind: "crash-before", says: "The client dies; its request in flight is lost.", ruling: dies("no") },
  { kind: "crash-after", says: "The client dies; its request in flight is applied.", ruling: dies("once") },
  { kind: "crash-zombie", says: "The client dies; its request in flight is applied later.", ruling: dies("later") },
];
