// The registry of faults: a line each.
import { crashes } from "./crash.js";
import { duplicate } from "./duplicate.js";
import { failedAfter } from "./failed-after.js";
import type { Fault } from "./fault.js";
import { pause } from "./pause.js";
import { refused409 } from "./refused-409.js";
import { refused503 } from "./refused-503.js";
import { requestLost } from "./request-lost.js";
import { responseLost } from "./response-lost.js";
import { zombie } from "./zombie.js";

const all: readonly Fault[] = [
  requestLost,
  responseLost,
  duplicate,
  zombie,
  failedAfter,
  refused503,
  refused409,
  pause,
  ...crashes,
];

/** Every fault by its kind. */
export const faults: ReadonlyMap<string, Fault> = new Map(all.map((fault) => [fault.kind, fault]));
