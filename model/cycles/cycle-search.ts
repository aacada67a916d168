// The second verdict on strict serializability, from values alone: no order of the transactions explains every answer
// exactly if what must come before what has a cycle. Where values name their writers and their order, it is exact and
// linear; where they don't, it is `unknown` unless a cycle is certain all the same.
import { chainsOf } from "./chains.js";
import { type Claims, claimsOf } from "./claims.js";
import { byId, graphOf } from "./graph.js";
import { place } from "./placing.js";
import { FATE, type Recording, startOf } from "./recording.js";
import { type Edge, shortestCycle } from "./shortest-cycle.js";
import { NOBODY, type Writers, writersOf } from "./writers.js";

/** Why no order is right. Sessions and pairs are numbers of the recording. */
export type Proof =
  | { readonly kind: "cycle"; readonly edges: readonly Edge[] }
  /** A session read a pair that nobody can have written, or that it wrote itself. `by` staged it, or was refused it, if anybody was. */
  | { readonly kind: "impossible"; readonly session: number; readonly pair: number; readonly by: number | null }
  /** A session read one key twice and saw two values. */
  | { readonly kind: "torn"; readonly session: number; readonly pair: number; readonly after: number }
  | { readonly kind: "twice"; readonly first: number; readonly second: number };

export type CycleVerdict =
  | { readonly verdict: "valid" }
  | { readonly verdict: "invalid"; readonly proof: Proof }
  | { readonly verdict: "unknown"; readonly message: string };

export interface CycleOptions {
  /** True: ids of commits must ascend along the order. False: ids are not looked at. */
  readonly ids: boolean;
}

/** Exact where the answer is not `unknown`. */
export function searchCycles(recording: Recording, { ids }: CycleOptions): CycleVerdict {
  const claims = claimsOf(recording);
  if (claims.spent) return { verdict: "unknown", message: "the scans claim too much to list" };
  const { torn } = claims;
  if (torn !== null) return invalid({ kind: "torn", session: torn.session, pair: torn.before, after: torn.after });
  const writers = writersOf(recording, claims);
  const proof = impossible(recording, claims, writers) ?? (ids ? twice(recording) : null);
  if (proof !== null) return invalid(proof);
  const chains = chainsOf(recording, claims, writers, { ids });
  const graph = graphOf(recording, claims, writers, chains, { ids });
  const { done, state } = place(recording, writers, graph);
  if (!done) {
    const without = undecided(recording, claims, writers);
    if (without === null) return invalid({ kind: "cycle", edges: shortestCycle(recording, writers, graph, state) });
    const rest = graphOf(recording, claims, writers, chains, { ids, without });
    const again = place(recording, writers, rest);
    if (again.done) return { verdict: "unknown", message: "the reads of a commit that nobody knows about decide" };
    return invalid({ kind: "cycle", edges: shortestCycle(recording, writers, rest, again.state) });
  }
  const gap = writers.gap ?? chains.gap;
  return gap === null ? { verdict: "valid" } : { verdict: "unknown", message: gap };
}

// --- internal ---

const invalid = (proof: Proof): CycleVerdict => ({ verdict: "invalid", proof });

function impossible(recording: Recording, claims: Claims, { writerOf }: Writers): Proof | null {
  for (let session = 0, at = 0; session < claims.to.length; session += 1) {
    for (const last = claims.to[session] as number; at < last; at += 1) {
      const pair = claims.pairs[at] as number;
      const writer = writerOf[pair] as number;
      if (writer === session) return { kind: "impossible", session, pair, by: session };
      if (writer === NOBODY) return { kind: "impossible", session, pair, by: stagedBy(recording, pair) };
    }
  }
  return null;
}

/**
 * Commits that nobody knows about and of which nothing was seen, but that read something: it is open whether that was
 * true in their span or, if they took effect, later. Null for none.
 */
function undecided({ fate }: Recording, claims: Claims, { changes }: Writers): Uint8Array | null {
  const open = new Uint8Array(fate.length);
  for (let session = 0, from = 0; session < fate.length; session += 1) {
    const to = claims.to[session] as number;
    if (fate[session] === FATE.floating && changes[session] === 0 && to > from) open[session] = 1;
    from = to;
  }
  return open.includes(1) ? open : null;
}

function stagedBy({ staged, stagedTo, refused }: Recording, pair: number): number | null {
  for (let session = 0; session < stagedTo.length; session += 1) {
    for (let at = startOf(stagedTo, session); at < (stagedTo[session] as number); at += 1) {
      if (staged[at] === pair) return session;
    }
  }
  return refused.find((each) => each.pair === pair)?.session ?? null;
}

function twice(recording: Recording): Proof | null {
  const ranked = byId(recording);
  for (let rank = 1; rank < ranked.length; rank += 1) {
    const [first, second] = [ranked[rank - 1] as number, ranked[rank] as number];
    if (recording.id[first] === recording.id[second]) return { kind: "twice", first, second };
  }
  return null;
}
