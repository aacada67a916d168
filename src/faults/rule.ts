// Carries a plan's faults through a run: counts the requests that fit each place, and rules on the one that is meant.
import type { StoreRequest } from "../store/request.js";
import type { Ruling } from "../store/ruling.js";
import type { Fault, FaultSpec, Place } from "./fault.js";
import { faults } from "./index.js";

/** A request as a place sees it: `key` below the manifest's prefix, `op` the operation that its client is in. */
export interface Sighting {
  readonly client: number;
  readonly op: string;
  readonly key: string;
  readonly request: StoreRequest;
}

export type Rule = (sighting: Sighting) => { readonly kind: string; readonly ruling: Ruling } | undefined;

/**
 * A rule for one run. A fault strikes the request at its place and, if it lasts, those that follow until it heals; the
 * first in the plan wins where two mean the same request.
 */
export function ruleOf(specs: readonly FaultSpec[]): Rule {
  const open = specs.flatMap((spec): Open[] => {
    const fault = faults.get(spec.kind);
    return fault === undefined ? [] : [{ spec, fault, left: spec.at.nth, before: 0 }];
  });
  return (sighting) => {
    let struck: Open | undefined;
    for (const entry of open) {
      if (!(entry.before === 0 ? arrived(entry, sighting) : lasts(entry, sighting))) continue;
      if (entry.left > 0) entry.left -= 1;
      else struck ??= entry;
    }
    if (struck === undefined) return undefined;
    const { fault, spec, before } = struck;
    struck.before += 1;
    return { kind: fault.kind, ruling: fault.ruling(spec, before) };
  };
}

// --- internal ---

/** A fault and what has become of it: so many fitting requests to go, so many struck. */
interface Open {
  readonly spec: FaultSpec;
  readonly fault: Fault;
  left: number;
  before: number;
}

function arrived({ spec, fault }: Open, { client, op, key, request }: Sighting): boolean {
  if (spec.at.client !== client || (spec.at.op !== undefined && spec.at.op !== op)) return false;
  return likeness(spec.at, request, key) && (fault.strikes?.(request) ?? true);
}

function lasts({ spec, fault, before }: Open, { client, request }: Sighting): boolean {
  if (fault.lasts === undefined || before >= (spec.healRequests ?? 1)) return false;
  return (fault.lasts === "everyone" || spec.at.client === client) && (fault.strikes?.(request) ?? true);
}

function likeness({ request: pattern }: Place, request: StoreRequest, key: string): boolean {
  if (pattern === undefined) return true;
  const [method, start = ""] = pattern.split(" ");
  return (method === "*" || method === request.method) && key.startsWith(start);
}
