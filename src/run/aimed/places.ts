// Every place of a run at which a fault can strike, for every kind.
import type { Fault, FaultSpec } from "../../faults/fault.js";
import { faults } from "../../faults/index.js";
import { clientOf } from "../../sim/lanes.js";
import { commute, lanesFrom, lanesOf, latesAfter } from "./moments.js";
import type { Node } from "./node.js";
import type { Step } from "./trail.js";

/** One fault of one kind at one request: the runs that begin with it, before its own late arrivals are moved. */
export type Place = readonly Node[];

/** A fault that lasts heals after so many requests: those that one operation tries again, so that it has to give up. */
const HEAL_REQUESTS = 4;
/** Which byte of a body is damaged: past the opening of any JSON, within the shortest. */
const BYTE = 20;

/** How often `placesOf` yields. */
export function countPlaces(node: Node, steps: readonly Step[], kinds: readonly string[]): number {
  let count = 0;
  for (const _ of placesOf(node, steps, kinds)) count += 1;
  return count;
}

/** The places behind what is decided, request by request in the order of the run. */
export function* placesOf(node: Node, steps: readonly Step[], kinds: readonly string[]): Generator<Place> {
  for (let at = node.decided + 1; at < steps.length; at += 1) {
    const step = steps[at];
    if (step === undefined || !isSighting(step) || step.struck !== undefined) continue;
    for (const kind of kinds) {
      const fault = faults.get(kind);
      if (fault !== undefined && fits(fault, step)) yield placeAt(node, steps, at, fault);
    }
  }
}

// --- internal ---

/** A client's request on its way for the first time: only then faults are asked. */
const isSighting = ({ kind, since }: Step): boolean => kind === "request" && since === undefined;

const fits = ({ strikes }: Fault, { request }: Step): boolean =>
  request !== undefined && (strikes === undefined || strikes(request));

function placeAt(node: Node, steps: readonly Step[], at: number, fault: Fault): Place {
  const { plan } = node;
  const struck = steps[at];
  if (struck === undefined) return [];
  const { lane } = struck;
  const client = clientOf(lane);
  const sighted = (step: Step): boolean => clientOf(step.lane) === client && isSighting(step) && fits(fault, step);
  const nth = steps.slice(0, at).filter(sighted).length;
  const faulty = { ...plan, faults: [...plan.faults, specOf(fault, { client, nth }, plan.leaseTtlMs)] };
  const lanes = lanesOf(steps);
  // A client that stands still is late from here on.
  const rest = fault.kind === "pause" ? lanesFrom(steps, at + 1, lane) : lanesFrom(steps, at + 1);
  const here: Node = { plan: faulty, lanes: [...lanes.slice(0, at + 1), ...rest], decided: at };
  // A zombie that commutes with this request need not commute with the fault: it also comes right before.
  const before = latesAfter(steps, at)
    .filter((late) => late.step.kind === "zombie" && commute(node, struck, late.step))
    .map((late): Node => {
      const moved = [...lanes.slice(0, at), late.step.lane, lane, ...rest];
      return { plan: faulty, lanes: moved, decided: at + 1 };
    });
  return [here, ...before];
}

function specOf(fault: Fault, at: FaultSpec["at"], leaseTtlMs: number): FaultSpec {
  // A pause's steps are the schedule's business: the client stands still until the schedule goes on with it.
  const fields = { ms: leaseTtlMs + 5_000, steps: 0, healRequests: HEAL_REQUESTS, byte: BYTE };
  const taken = (fault.takes ?? []).map((field) => [field, fields[field]] as const);
  return { kind: fault.kind, at, ...Object.fromEntries(taken) };
}
