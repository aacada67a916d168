// Who has to come before whom, because of what was read and written: the edges of Adya's graph of dependencies.
// Adya, "Weak consistency: a generalized theory and optimistic implementations for distributed transactions", MIT 1999.
import type { Chains } from "./chains.js";
import type { Claims } from "./claims.js";
import { FATE, type Recording, startOf } from "./recording.js";
import { INITIAL, type Writers } from "./writers.js";

/** One wrote over what the other wrote; read what it wrote; read what the other wrote over; has the lower id. */
export const KINDS = ["ww", "wr", "rw", "id"] as const;
export type Kind = (typeof KINDS)[number];
const [WW, WR, RW, ID] = [0, 1, 2, 3] as const;

/** The edges of a session `s` are those from `start[s]` to `start[s + 1]`. */
export interface Graph {
  readonly start: Int32Array;
  readonly to: Int32Array;
  /** By edge: its place in {@link KINDS}. */
  readonly kind: Uint8Array;
  /** By edge: the pair that was written over, or read. -1 for ids. */
  readonly pair: Int32Array;
}

/** `without`, by session: 1 if what it read shall not count. */
export function graphOf(
  recording: Recording,
  claims: Claims,
  writers: Writers,
  chains: Chains,
  { ids, without }: { readonly ids: boolean; readonly without?: Uint8Array },
): Graph {
  const list: Edges = { from: [], to: [], kind: [], pair: [] };
  const { writerOf } = writers;
  const { next, rivals } = chains;
  for (let pair = 0; pair < next.length; pair += 1) {
    const [writer, over] = [writerOf[pair] as number, next[pair] as number];
    if (writer >= 0 && over >= 0 && writer !== over) add(list, writer, over, WW, pair);
  }
  for (let session = 0, at = 0; session < claims.to.length; session += 1) {
    for (const last = claims.to[session] as number; at < last; at += 1) {
      const pair = claims.pairs[at] as number;
      const writer = writerOf[pair] as number;
      if (writer < INITIAL || without?.[session] === 1) continue;
      if (writer >= 0 && writer !== session) add(list, writer, session, WR, pair);
      const over = next[pair] as number;
      if (over >= 0 && over !== session) add(list, session, over, RW, pair);
    }
  }
  for (const { pair, first, second } of rivals) add(list, first, second, RW, pair);
  if (ids) {
    const ranked = byId(recording);
    for (let rank = 1; rank < ranked.length; rank += 1)
      add(list, ranked[rank - 1] as number, ranked[rank] as number, ID, -1);
  }
  return inRows(list, recording.begin.length);
}

/** The committed sessions with writes that carry an id, by ascending id. */
export function byId({ fate, id, writesTo }: Recording): readonly number[] {
  const carriers: number[] = [];
  for (let session = 0; session < fate.length; session += 1) {
    const writes = startOf(writesTo, session) < (writesTo[session] as number);
    if (fate[session] === FATE.committed && writes && !Number.isNaN(id[session])) carriers.push(session);
  }
  return carriers.sort((one, other) => (id[one] as number) - (id[other] as number));
}

// --- internal ---

interface Edges {
  readonly from: number[];
  readonly to: number[];
  readonly kind: number[];
  readonly pair: number[];
}

function add(list: Edges, from: number, to: number, kind: number, pair: number): void {
  list.from.push(from);
  list.to.push(to);
  list.kind.push(kind);
  list.pair.push(pair);
}

/** Sorts the edges by where they start, in linear time. */
function inRows(list: Edges, sessions: number): Graph {
  const count = list.from.length;
  const start = new Int32Array(sessions + 1);
  for (let edge = 0; edge < count; edge += 1) (start[(list.from[edge] as number) + 1] as number) += 1;
  for (let session = 0; session < sessions; session += 1) (start[session + 1] as number) += start[session] as number;
  const fill = start.slice();
  const graph = { start, to: new Int32Array(count), kind: new Uint8Array(count), pair: new Int32Array(count) };
  for (let edge = 0; edge < count; edge += 1) {
    const from = list.from[edge] as number;
    const place = fill[from] as number;
    fill[from] = place + 1;
    graph.to[place] = list.to[edge] as number;
    graph.kind[place] = list.kind[edge] as number;
    graph.pair[place] = list.pair[edge] as number;
  }
  return graph;
}
