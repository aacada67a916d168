// Which value came after which: as far as the answers tell it, without any ids.
//
// A writer that read a key before it wrote it names the value that it wrote over. So each key falls into chains, the
// first of which starts with the initial state; the others follow one another where real time says so. Elle calls such
// histories recoverable: Kingsbury and Alvaro, "Elle: inferring isolation anomalies from experimental observations",
// PVLDB 14(3), 2021.
import type { Claims } from "./claims.js";
import { NEVER, type Recording, startOf } from "./recording.js";
import { fromOf, INITIAL, NOBODY, toOf, type Writers } from "./writers.js";

export interface Chains {
  /** By pair: the session that wrote over it, -1 for none or not known. */
  readonly next: Int32Array;
  /** Two sessions that both read a pair and both wrote over it: only one can have. */
  readonly rivals: readonly { readonly pair: number; readonly first: number; readonly second: number }[];
  /** Why the order may have gaps; null where it has none. */
  readonly gap: string | null;
}

export interface ChainOptions {
  /** True: ids of commits ascend along the order. False: nothing is known of ids. */
  readonly ids: boolean;
}

export function chainsOf(recording: Recording, claims: Claims, writers: Writers, { ids }: ChainOptions): Chains {
  const next = new Int32Array(recording.keyOf.length).fill(-1);
  const [rivals, follows] = link(recording, claims, writers, next);
  const context: Context = { recording, writers, next, ids };
  const { start, at: places } = placesByKey(recording, writers);
  const claimed = new Uint8Array(recording.keys.length);
  for (let pair = 0; pair < next.length; pair += 1) {
    if (writers.seen[pair] === 1) claimed[recording.keyOf[pair] as number] = 1;
  }
  let gap: string | null = null;
  for (let key = 0; key < claimed.length; key += 1) {
    // What nobody looks at can have any order.
    if (claimed[key] === 0) continue;
    const heads: number[] = [];
    let plain = true;
    for (let place = start[key] as number; place < (start[key + 1] as number); place += 1) {
      const write = places[place] as number;
      if ((writers.writerOf[recording.writes[write] as number] as number) < 0) plain = false;
      if (follows[write] === 0) heads.push(recording.writes[write] as number);
    }
    const joined = plain && (heads.length === 0 || join(context, recording.initialOf[key] as number, heads));
    if (!joined) gap ??= `the order of the writes to ${JSON.stringify(recording.keys[key])} is open`;
  }
  return { next, rivals, gap };
}

// --- internal ---

interface Context {
  readonly recording: Recording;
  readonly writers: Writers;
  readonly next: Int32Array;
  readonly ids: boolean;
}

/** Links what was read to what was written over it. `follows`, by place in the list of writes: 1 if it is linked. */
function link(
  { keys, keyOf, writes, writesTo }: Recording,
  claims: Claims,
  { writerOf, changes }: Writers,
  next: Int32Array,
): readonly [Chains["rivals"], Uint8Array] {
  const rivals: { readonly pair: number; readonly first: number; readonly second: number }[] = [];
  const follows = new Uint8Array(writes.length);
  /** By key: the place of the present session's write, -1 for none. */
  const own = new Int32Array(keys.length).fill(-1);
  for (let session = 0; session < changes.length; session += 1) {
    const [from, to] = [startOf(writesTo, session), writesTo[session] as number];
    if (changes[session] === 0 || from === to) continue;
    for (let at = from; at < to; at += 1) own[keyOf[writes[at] as number] as number] = at;
    const last = claims.to[session] as number;
    for (let at = session === 0 ? 0 : (claims.to[session - 1] as number); at < last; at += 1) {
      const pair = claims.pairs[at] as number;
      const write = own[keyOf[pair] as number] as number;
      if (write < 0 || (writerOf[pair] as number) < INITIAL || writerOf[pair] === session) continue;
      follows[write] = 1;
      const other = next[pair] as number;
      if (other < 0) next[pair] = session;
      else rivals.push({ pair, first: other, second: session });
    }
    for (let at = from; at < to; at += 1) own[keyOf[writes[at] as number] as number] = -1;
  }
  return [rivals, follows];
}

/** Places in the list of writes of those who changed the state, key by key. */
function placesByKey(
  { keys, keyOf, writes, writesTo }: Recording,
  { changes }: Writers,
): { readonly start: Int32Array; readonly at: Int32Array } {
  const start = new Int32Array(keys.length + 1);
  for (let pass = 0, place = 0; pass < changes.length; pass += 1) {
    for (; place < (writesTo[pass] as number); place += 1) {
      if (changes[pass] === 1) (start[(keyOf[writes[place] as number] as number) + 1] as number) += 1;
    }
  }
  for (let key = 0; key < keys.length; key += 1) (start[key + 1] as number) += start[key] as number;
  const at = new Int32Array(start[keys.length] as number);
  const fill = start.slice();
  for (let pass = 0, place = 0; pass < changes.length; pass += 1) {
    for (; place < (writesTo[pass] as number); place += 1) {
      if (changes[pass] === 0) continue;
      const key = keyOf[writes[place] as number] as number;
      at[fill[key] as number] = place;
      (fill[key] as number) += 1;
    }
  }
  return { start, at };
}

/** Values that follow one another at once, so that nothing can stand between them. */
interface Chain {
  readonly head: number;
  tail: number;
  /** The earliest end and the latest start of its writers, and their extreme ids. */
  toMin: number;
  fromMax: number;
  idMin: number;
  idMax: number;
}

/** Puts a key's chains in a row, if it is certain which. */
function join(context: Context, initial: number, heads: readonly number[]): boolean {
  const { next, writers } = context;
  const first = chainFrom(context, initial);
  const rest = heads.map((head) => chainFrom(context, head));
  const byId = context.ids && rest.every(({ idMin }) => Number.isFinite(idMin));
  rest.sort((one, other) => (byId ? one.idMin - other.idMin : one.toMin - other.toMin));
  for (let at = 1; at < rest.length; at += 1) {
    const [before, after] = [rest[at - 1] as Chain, rest[at] as Chain];
    if (before.toMin >= after.fromMax && !(context.ids && before.idMin < after.idMax)) return false;
  }
  let { tail } = first;
  for (const chain of rest) {
    next[tail] = writers.writerOf[chain.head] as number;
    tail = chain.tail;
  }
  return true;
}

function chainFrom({ recording, writers, next, ids }: Context, head: number): Chain {
  const infinity = Number.POSITIVE_INFINITY;
  const chain = { head, tail: head, toMin: NEVER, fromMax: -1, idMin: infinity, idMax: -infinity };
  for (let pair = head; ; ) {
    const session = writers.writerOf[pair] as number;
    if (session >= 0) {
      chain.toMin = Math.min(chain.toMin, toOf(recording, writers, session));
      chain.fromMax = Math.max(chain.fromMax, fromOf(recording, writers, session));
      const id = recording.id[session] as number;
      if (ids && !Number.isNaN(id)) {
        chain.idMin = Math.min(chain.idMin, id);
        chain.idMax = Math.max(chain.idMax, id);
      }
    }
    chain.tail = pair;
    const over = next[pair] as number;
    if (over < 0) return chain;
    pair = pairWritten(recording, over, recording.keyOf[pair] as number);
  }
}

/** What a session wrote to a key. */
function pairWritten({ keyOf, writes, writesTo }: Recording, session: number, key: number): number {
  for (let at = startOf(writesTo, session); at < (writesTo[session] as number); at += 1) {
    const pair = writes[at] as number;
    if (keyOf[pair] === key) return pair;
  }
  return NOBODY;
}
