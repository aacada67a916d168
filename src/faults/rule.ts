// Carries a plan's faults through a run: counts the requests that fit each place, and rules on the one that is meant.
import type { StoreRequest } from "../store/request.js";
import type { Ruling } from "../store/ruling.js";
import type { FaultSpec, Place } from "./fault.js";
import { faults } from "./index.js";

/** A request as a place sees it: `key` below the manifest's prefix, `op` the operation that its client is in. */
export interface Sighting {
  readonly client: number;
  readonly op: string;
  readonly key: string;
  readonly request: StoreRequest;
}

export type Rule = (sighting: Sighting) => { readonly kind: string; readonly ruling: Ruling } | undefined;

/** A rule for one run. Each fault strikes once; the first in the plan wins where two mean the same request. */
export function ruleOf(specs: readonly FaultSpec[]): Rule {
  const open = specs.map((spec) => ({ spec, left: spec.at.nth }));
  return (sighting) => {
    let struck: FaultSpec | undefined;
    for (const entry of open) {
      if (!fits(entry.spec, sighting)) continue;
      if (entry.left === 0 && struck === undefined) struck = entry.spec;
      if (entry.left > 0 || struck === entry.spec) entry.left -= 1;
    }
    const fault = struck === undefined ? undefined : faults.get(struck.kind);
    return fault === undefined || struck === undefined ? undefined : { kind: fault.kind, ruling: fault.ruling(struck) };
  };
}

// --- internal ---

function fits(spec: FaultSpec, { client, op, key, request }: Sighting): boolean {
  if (spec.at.client !== client || (spec.at.op !== undefined && spec.at.op !== op)) return false;
  return likeness(spec.at, request, key) && (faults.get(spec.kind)?.strikes?.(request) ?? true);
}

function likeness({ request: pattern }: Place, request: StoreRequest, key: string): boolean {
  if (pattern === undefined) return true;
  const [method, start = ""] = pattern.split(" ");
  return (method === "*" || method === request.method) && key.startsWith(start);
}
