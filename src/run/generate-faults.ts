// Faults and where they strike, drawn by fast-check.
import fc from "fast-check";
import type { Fault, FaultSpec } from "../faults/fault.js";
import { faults } from "../faults/index.js";
import type { Method } from "../store/request.js";

/** Bytes of a body that may be hit; a number of ours is mostly among the first. */
const BYTES = 400;
/** Where a fault may strike a writer, a reader, a keeper: the requests that their fate hangs on are named, `*` meets the others. */
const LIKENESSES: Readonly<Record<string, readonly string[]>> = {
  w: ["PUT segments/", "PUT segments/", "PUT HEAD.json", "PUT HEAD.json", "GET HEAD.json", "GET segments/", "PUT", "*"],
  r: ["PUT leases/", "GET HEAD.json", "GET segments/", "GET checkpoints/", "GET", "*"],
  k: ["PUT HEAD.json", "PUT checkpoints/", "PUT gc/", "GET", "LIST", "DELETE", "PUT", "*"],
};
/** Early ones are more likely to come at all. */
const NTHS = [0, 0, 0, 1, 1, 2, 3, 5];

/** One fault of these kinds, that may strike one of these clients; one that takes time takes `pauseMs`. */
export function faultArbitrary(
  kinds: readonly string[],
  names: readonly string[],
  pauseMs: number,
): fc.Arbitrary<FaultSpec> {
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      client: fc.nat({ max: names.length - 1 }),
      nth: fc.constantFrom(...NTHS),
      likeness: fc.nat({ max: 0xffff }),
      ms: fc.constant(pauseMs),
      steps: fc.integer({ min: 1, max: 60 }),
      healRequests: fc.integer({ min: 1, max: 12 }),
      byte: fc.nat({ max: BYTES }),
    })
    .map(({ kind, client, nth, likeness, ...fields }) => {
      const fault = faults.get(kind);
      const likenesses = (LIKENESSES[names[client]?.charAt(0) ?? ""] ?? []).filter((like) => mayMean(fault, like));
      const request = likenesses[likeness % likenesses.length] ?? "*";
      const taken = (fault?.takes ?? []).map((field) => [field, fields[field]] as const);
      return { kind, at: { client, nth, request }, ...Object.fromEntries(taken) };
    });
}

/** A reader that stands still in the middle of its reads, while keepers go on: with time passing, or without. */
export function stallArbitrary(reader: number, pauseMs: number): fc.Arbitrary<FaultSpec[]> {
  return fc
    .record({
      nth: fc.constantFrom(0, 0, 1),
      request: fc.constantFrom("PUT leases/", "GET segments/", "GET checkpoints/"),
      ms: fc.constantFrom(0, pauseMs),
      steps: fc.integer({ min: 20, max: 80 }),
    })
    .map(({ nth, request, ms, steps }) => [{ kind: "pause", at: { client: reader, nth, request }, ms, steps }]);
}

// --- internal ---

/** False where a fault never strikes a request like this: it would be drawn for nothing. */
function mayMean(fault: Fault | undefined, likeness: string): boolean {
  const method = likeness.split(" ")[0];
  if (method === "*" || fault?.strikes === undefined) return true;
  return fault.strikes({ method: method as Method, key: "", ifMatch: "*" });
}
