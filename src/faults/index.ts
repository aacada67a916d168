// The registry of faults: a line each.
import { damagedBodies } from "./body.js";
import { brownOut } from "./brown-out.js";
import { clockFaults } from "./clock.js";
import { crashes } from "./crash.js";
import { credentialsExpired } from "./credentials-expired.js";
import { duplicate } from "./duplicate.js";
import { errorIn200 } from "./error-in-200.js";
import { etagMissing } from "./etag-missing.js";
import { failedAfter } from "./failed-after.js";
import type { Fault } from "./fault.js";
import { hanging } from "./hang.js";
import { partition } from "./partition.js";
import { pause } from "./pause.js";
import { refused403 } from "./refused-403.js";
import { refused409 } from "./refused-409.js";
import { refused429 } from "./refused-429.js";
import { refused500 } from "./refused-500.js";
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
  refused429,
  refused500,
  refused403,
  credentialsExpired,
  errorIn200,
  etagMissing,
  ...damagedBodies,
  pause,
  ...hanging,
  ...crashes,
  ...clockFaults,
  brownOut,
  partition,
];

/** Every fault by its kind. */
export const faults: ReadonlyMap<string, Fault> = new Map(all.map((fault) => [fault.kind, fault]));
