// What a proof means: the anomaly's name, the cycle in words, and which levels of isolation it rules out.
//
// Names: Berenson et al., "A critique of ANSI SQL isolation levels", SIGMOD 1995; Adya's thesis (G0, G1a, G1b, G1c,
// G-single, G2-item); long fork: Sovran et al., "Transactional storage for geo-replicated systems", SOSP 2011;
// fractured read: Bailis et al., "Scalable atomic visibility with RAMP transactions", SIGMOD 2014.
import type { Proof } from "./cycle-search.js";
import { lostUpdateOf } from "./lost-update.js";
import { FATE, type Recording, startOf } from "./recording.js";
import type { SecondVerdict } from "./second-verdict.js";
import type { Edge } from "./shortest-cycle.js";

export type Level = "strict serializability" | "serializability" | "snapshot isolation";

export interface Explanation {
  /** Such as `write skew`. */
  readonly anomaly: string;
  /** Adya's class, such as `G2-item`, where it has one; with `-realtime` if it takes real time to see it. */
  readonly adya: string | null;
  readonly rulesOut: readonly Level[];
  /** The smallest cycle, an edge at a time: each says why one has to come before the next. */
  readonly cycle: readonly string[];
  readonly sentence: string;
}

/** Null where there is no proof in it. */
export function explain(recording: Recording, second: SecondVerdict): Explanation | null {
  if (second.verdict !== "invalid" || second.proof === null) return null;
  const { proof } = second;
  if (proof.kind === "cycle") return ofLostUpdate(recording, proof.edges) ?? ofCycle(recording, proof.edges);
  if (proof.kind === "torn") return ofTorn(recording, proof);
  if (proof.kind === "twice") return ofTwice(recording, proof);
  return ofImpossible(recording, proof);
}

// --- internal ---

const STRICT: readonly Level[] = ["strict serializability"];
const SERIAL: readonly Level[] = [...STRICT, "serializability"];
const ALL: readonly Level[] = [...SERIAL, "snapshot isolation"];

function nameOf({ client, id, begin, end, asked }: Recording, session: number): string {
  const what = Number.isNaN(id[session]) ? "session" : `txn ${id[session]}`;
  const last = Math.max(end[session] as number, asked[session] as number);
  return `${client[session]}'s ${what} (events ${begin[session]}-${last})`;
}

function sayPair({ keys, keyOf, valueAt }: Recording, pair: number): string {
  const [key, value] = [keys[keyOf[pair] as number], valueAt[pair]];
  return value === null ? `no ${key}` : `${key}=${value}`;
}

function ofTorn(recording: Recording, { session, pair, after }: Proof & { readonly kind: "torn" }): Explanation {
  const sentence = `${nameOf(recording, session)} read ${sayPair(recording, pair)} and ${sayPair(recording, after)} in one session.`;
  return { anomaly: "non-repeatable read", adya: "G-single", rulesOut: ALL, cycle: [], sentence };
}

function ofTwice(recording: Recording, { first, second }: Proof & { readonly kind: "twice" }): Explanation {
  const sentence = `${nameOf(recording, first)} and ${nameOf(recording, second)} were answered with one id.`;
  return { anomaly: "id used twice", adya: null, rulesOut: [], cycle: [], sentence };
}

function ofImpossible(
  recording: Recording,
  { session, pair, by }: Proof & { readonly kind: "impossible" },
): Explanation {
  const saw = `${nameOf(recording, session)} read ${sayPair(recording, pair)}`;
  const say = (anomaly: string, adya: string | null, why: string): Explanation => ({
    anomaly,
    adya,
    rulesOut: ALL,
    cycle: [],
    sentence: `${saw}, ${why}.`,
  });
  if (by === null) return say("phantom value", null, "which nobody ever wrote");
  if (by === session) return say("own write read", null, "which it wrote itself: a session reads its snapshot");
  const writer = nameOf(recording, by);
  const { staged, stagedTo } = recording;
  if (!staged.slice(startOf(stagedTo, by), stagedTo[by]).includes(pair)) {
    const what = recording.valueAt[pair] === null ? "delete" : "put";
    return say("failed write read", null, `but ${writer}'s ${what} of it was answered fail`);
  }
  if (recording.fate[by] !== FATE.none)
    return say("intermediate read", "G1b", `which ${writer} overwrote before its commit`);
  const fate = (recording.asked[by] as number) < 0 ? "never asked for its commit" : "failed";
  return say("aborted read", "G1a", `written by ${writer}, which ${fate}`);
}

function ofCycle(recording: Recording, edges: readonly Edge[]): Explanation {
  const cycle = edges.map((edge) => sayEdge(recording, edge));
  return { ...classOf(recording, edges), cycle, sentence: `${cycle.join(", yet ")}.` };
}

/** A cycle that only real time closes tells less than a lost update does, if there is one. */
function ofLostUpdate(recording: Recording, edges: readonly Edge[]): Explanation | null {
  if (!edges.some(({ kind }) => kind === "rt") || edges.some(({ kind }) => kind === "id")) return null;
  const lost = lostUpdateOf(recording);
  if (lost === null) return null;
  const { by, pair, loser, byId } = lost;
  const { keyOf, writes, writesTo } = recording;
  const own = writes.slice(startOf(writesTo, loser), writesTo[loser]).find((each) => keyOf[each] === keyOf[pair]) ?? -1;
  const cycle = [
    sayEdge(recording, { from: by, to: loser, kind: "rw", pair }),
    sayEdge(recording, { from: loser, to: by, ...(byId ? { kind: "ww", pair: own } : { kind: "rt", pair: -1 }) }),
  ];
  const told = { anomaly: "lost update", cycle, sentence: `${cycle.join(", yet ")}.` };
  // Without ids another order of the two writes is possible: it would be against real time, and nothing else.
  return byId ? { ...told, adya: "G-single", rulesOut: ALL } : { ...told, adya: "G-single-realtime", rulesOut: STRICT };
}

function sayEdge(recording: Recording, { from, to, kind, pair }: Edge): string {
  const [one, other] = [nameOf(recording, from), nameOf(recording, to)];
  switch (kind) {
    case "wr":
      return `${other} read ${sayPair(recording, pair)}, which ${one} wrote`;
    case "rw":
      return `${one} read ${sayPair(recording, pair)} before ${other} wrote ${written(recording, to, pair)}`;
    case "ww":
      return `${other} wrote ${written(recording, to, pair)} over ${one}'s ${sayPair(recording, pair)}`;
    case "id":
      return `${one} has a lower id than ${other}`;
    default: {
      const committed = recording.fate[from] === FATE.committed;
      return `${one} was ${committed ? "acknowledged" : "over"} before ${other} ${began(recording, to)}`;
    }
  }
}

function began({ fate, writesTo }: Recording, session: number): string {
  const writes = startOf(writesTo, session) < (writesTo[session] as number);
  return fate[session] !== FATE.none && writes ? "asked for its commit" : "began";
}

/** What a session wrote to the key of a pair. */
function written(recording: Recording, session: number, pair: number): string {
  const { keyOf, writes, writesTo } = recording;
  for (let at = startOf(writesTo, session); at < (writesTo[session] as number); at += 1) {
    if (keyOf[writes[at] as number] === keyOf[pair]) return sayPair(recording, writes[at] as number);
  }
  return recording.keys[keyOf[pair] as number] ?? "";
}

type Class = Pick<Explanation, "anomaly" | "adya" | "rulesOut">;

function classOf(recording: Recording, edges: readonly Edge[]): Class {
  const count = (kind: Edge["kind"]): number => edges.filter((edge) => edge.kind === kind).length;
  if (count("id") > 0) return { anomaly: "order against ids", adya: null, rulesOut: [] };
  const plain = plainClassOf(recording, edges, count("rw"));
  if (count("rt") === 0) return plain;
  return { anomaly: againstTime(edges), adya: `${plain.adya}-realtime`, rulesOut: STRICT };
}

/** A cycle that only real time closes. */
function againstTime(edges: readonly Edge[]): string {
  const kinds = edges.map(({ kind }) => kind);
  if (kinds.includes("rw")) return "stale read";
  return kinds.includes("wr") && edges.length === 2 ? "future read" : "order against real time";
}

function plainClassOf(recording: Recording, edges: readonly Edge[], rws: number): Class {
  const { keyOf } = recording;
  const keys = new Set(edges.filter(({ pair }) => pair >= 0).map(({ pair }) => keyOf[pair]));
  const has = (kind: Edge["kind"]): boolean => edges.some((edge) => edge.kind === kind);
  if (rws === 0) {
    if (!has("wr")) return { anomaly: "dirty write", adya: "G0", rulesOut: ALL };
    return { anomaly: "circular information flow", adya: "G1c", rulesOut: ALL };
  }
  if (keys.size === 1 && !has("wr")) {
    return { anomaly: "lost update", adya: rws === 1 ? "G-single" : "G2-item", rulesOut: ALL };
  }
  if (rws === 1) {
    const fractured = edges.length === 2 && has("wr");
    return { anomaly: fractured ? "fractured read" : "read skew", adya: "G-single", rulesOut: ALL };
  }
  const adjacent = edges.some(({ kind }, at) => kind === "rw" && edges[(at + 1) % edges.length]?.kind === "rw");
  if (!adjacent) return { anomaly: "long fork", adya: "G2-item", rulesOut: ALL };
  return { anomaly: edges.length === 2 ? "write skew" : "serialization cycle", adya: "G2-item", rulesOut: SERIAL };
}
