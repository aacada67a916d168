// The smallest cycle, and of the worst kind: without real time before with it, writes alone before reads.
import { type Graph, KINDS, type Kind } from "./graph.js";
import type { Recording } from "./recording.js";
import { fromOf, toOf, type Writers } from "./writers.js";

/** `from` has to come before `to`. `rt`: it was over before the other began. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind | "rt";
  /** The pair that was written over (`ww`, `rw`) or read (`wr`); -1 for the others. */
  readonly pair: number;
}

/** Elle's order: what fewer kinds of edges can show is worse. */
const CLASSES: readonly (readonly Edge["kind"][])[] = [
  ["ww"],
  ["ww", "wr"],
  ["ww", "wr", "rw"],
  ["ww", "wr", "rw", "rt"],
  ["ww", "wr", "rw", "rt", "id"],
];

/** How many edges may be looked at, all searches together: explaining must not take longer than judging. */
const LOOKS_MAX = 5_000_000;
const STARTS_MAX = 300;

/**
 * A cycle through one of the sessions that were stuck (`state` 1), among those that had no turn. There always is one.
 */
export function shortestCycle(
  recording: Recording,
  writers: Writers,
  graph: Graph,
  state: Uint8Array,
): readonly Edge[] {
  const nodes: number[] = [];
  const starts: number[] = [];
  for (let session = 0; session < state.length; session += 1) {
    if (state[session] === 2) continue;
    if (toOf(recording, writers, session) > fromOf(recording, writers, session)) nodes.push(session);
    if (state[session] === 1 && starts.length < STARTS_MAX) starts.push(session);
  }
  nodes.sort((one, other) => fromOf(recording, writers, one) - fromOf(recording, writers, other));
  const search: Search = { recording, writers, graph, state, nodes, looks: LOOKS_MAX };
  for (const kinds of CLASSES) {
    let best: readonly Edge[] | null = null;
    for (const start of starts) {
      if (best !== null && (best.length === 2 || search.looks < 0)) break;
      const found = cycleThrough(search, start, new Set(kinds), best?.length ?? Number.POSITIVE_INFINITY);
      if (found !== null) best = found;
    }
    if (best !== null) return best;
  }
  throw new Error("nobody gets a turn, and yet there is no cycle");
}

// --- internal ---

interface Search {
  readonly recording: Recording;
  readonly writers: Writers;
  readonly graph: Graph;
  readonly state: Uint8Array;
  /** Those without a turn, by when they begin. */
  readonly nodes: readonly number[];
  looks: number;
}

/** Breadth first; null where there is no cycle of fewer than `below` edges. */
function cycleThrough(
  search: Search,
  start: number,
  kinds: ReadonlySet<string>,
  below: number,
): readonly Edge[] | null {
  const came = new Map<number, Edge>();
  let layer = [start];
  /** All from this place of `nodes` on have been reached by real time. */
  let reached = search.nodes.length;
  for (let length = 1; length < below && layer.length > 0; length += 1) {
    const following: number[] = [];
    const go = (edge: Edge): boolean => {
      search.looks -= 1;
      if (search.state[edge.to] === 2 || came.has(edge.to)) return false;
      came.set(edge.to, edge);
      following.push(edge.to);
      return edge.to === start;
    };
    for (const session of layer) {
      for (const edge of edgesOf(search, session, kinds)) if (go(edge)) return traced(came, start);
      if (!kinds.has("rt")) continue;
      const over = toOf(search.recording, search.writers, session);
      for (; reached > 0; reached -= 1) {
        const to = search.nodes[reached - 1] as number;
        if (fromOf(search.recording, search.writers, to) < over) break;
        if (go({ from: session, to, kind: "rt", pair: -1 })) return traced(came, start);
      }
    }
    layer = following;
  }
  return null;
}

function* edgesOf({ graph }: Search, session: number, kinds: ReadonlySet<string>): Generator<Edge> {
  const { start, to, kind, pair } = graph;
  for (let edge = start[session] as number; edge < (start[session + 1] as number); edge += 1) {
    const name = KINDS[kind[edge] as number] as Kind;
    if (kinds.has(name)) yield { from: session, to: to[edge] as number, kind: name, pair: pair[edge] as number };
  }
}

function traced(came: ReadonlyMap<number, Edge>, start: number): readonly Edge[] {
  const cycle: Edge[] = [];
  for (let session = start; cycle.length === 0 || session !== start; ) {
    const edge = came.get(session) as Edge;
    cycle.unshift(edge);
    session = edge.from;
  }
  return cycle;
}
