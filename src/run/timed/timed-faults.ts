// Faults of a timed run: placed by time, since nobody knows beforehand how many requests a client will make.
import type { FaultSpec } from "../../faults/fault.js";
import { faults } from "../../faults/index.js";
import { type Rule, ruleOf } from "../../faults/rule.js";
import { seededRandom } from "../../store/random.js";
import { batchSeed } from "../seeds.js";
import { gapMs, type Workload } from "./workload.js";

const PAUSE_MS = 15_000;
const HEAL_MAX = 12;
/** Bytes of a body that may be hit. */
const BYTES = 400;
const CHANCE = 7919;

/** A rule that strikes a client's first fitting request from each drawn moment on. `nowMs` is the run's clock. */
export function timedRule(load: Workload, clients: number, startMs: number, nowMs: () => number): Rule {
  const waiting = Array.from({ length: clients }, (_, client) => drawn(load, client, startMs));
  const open: { readonly rule: Rule; readonly lasts: boolean }[] = [];
  return (sighting) => {
    const mine = waiting[sighting.client] ?? [];
    for (let next = mine[0]; next !== undefined && next.atMs <= nowMs(); next = mine[0]) {
      open.push({ rule: ruleOf([next.spec]), lasts: faults.get(next.spec.kind)?.lasts !== undefined });
      mine.shift();
    }
    for (let i = 0; i < open.length; i += 1) {
      const entry = open[i];
      const found = entry?.rule(sighting);
      if (found === undefined) continue;
      if (entry?.lasts === false) open.splice(i, 1);
      return found;
    }
    return undefined;
  };
}

// --- internal ---

function drawn(load: Workload, client: number, startMs: number): { readonly atMs: number; readonly spec: FaultSpec }[] {
  const { faults: kinds, faultEveryMs, durationMs } = load;
  if (kinds.length === 0) return [];
  const random = seededRandom(batchSeed(load.seed, CHANCE + client));
  const list: { readonly atMs: number; readonly spec: FaultSpec }[] = [];
  for (let atMs = startMs; ; ) {
    atMs += gapMs(random, 1000 / faultEveryMs);
    if (atMs >= startMs + durationMs) return list;
    const kind = kinds[random.below(kinds.length)] ?? "";
    const fields = {
      ms: PAUSE_MS,
      steps: 1,
      healRequests: 1 + random.below(HEAL_MAX),
      byte: random.below(BYTES),
    };
    const taken = (faults.get(kind)?.takes ?? []).map((field) => [field, fields[field]] as const);
    list.push({ atMs, spec: { kind, at: { client, nth: 0 }, ...Object.fromEntries(taken) } });
  }
}
