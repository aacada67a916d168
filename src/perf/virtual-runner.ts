// Points in virtual time.
import { targetOf } from "../run/choices.js";
import { runVirtual } from "../run/timed/virtual.js";
import { type LatencyModel, latencyOf } from "./latency.js";
import type { Runner } from "./point.js";

export const virtualRunner =
  (model: LatencyModel, interrupted: () => boolean): Runner =>
  ({ load, warmUpMs, target }) =>
    runVirtual({
      load,
      warmUpMs,
      target: targetOf(target),
      latencyMs: (kind, chance) => latencyOf(model, kind, chance),
      interrupted,
    });
