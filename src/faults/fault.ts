// A fault looks at one request and rules what becomes of it. Where it strikes is written in the plan, never drawn while running.
import type { StoreRequest, StoreResponse } from "../store/request.js";
import type { Ruling } from "../store/ruling.js";

/** Where a fault strikes: the `nth` request (from 0) of this client that fits. */
export interface Place {
  /** The client's number in the plan. */
  readonly client: number;
  readonly nth: number;
  /** Only requests made while this operation is under way, such as `commit`. */
  readonly op?: string;
  /** Only requests like this: a method, or `*`, and the start of a key below the manifest's prefix: `PUT segments/`. */
  readonly request?: string;
}

/** One fault of a plan. Each kind takes some of the fields behind the place: see `takes`. */
export interface FaultSpec {
  readonly kind: string;
  readonly at: Place;
  /** How long, or by how much a clock is off. */
  readonly ms?: number;
  /** A pause: how many steps others may go first. */
  readonly steps?: number;
  /** The heal of a fault that lasts: it is over when it has struck so many requests. */
  readonly healRequests?: number;
  /** Which byte of a body: counted from 0, beginning again at the body's end. */
  readonly byte?: number;
}

export interface Fault {
  readonly kind: string;
  /** One sentence: what happens at the store, and what the client hears. */
  readonly says: string;
  /** False for requests on which this fault makes no sense. */
  readonly strikes?: (request: StoreRequest) => boolean;
  /** A fault that lasts: whose requests it strikes from its place on, until it heals. Absent: it strikes once. */
  readonly lasts?: "client" | "everyone";
  /** The fields of a spec that mean something to this kind. */
  readonly takes?: readonly ("ms" | "steps" | "healRequests" | "byte")[];
  /** `before`: how often this fault has struck already (0 unless it lasts). */
  readonly ruling: (spec: FaultSpec, before: number) => Ruling;
}

/** For rulings whose answer does not depend on the store's own. */
export const always = (response: StoreResponse) => (): StoreResponse => response;

/** True for requests that change something. */
export const isWrite = (request: StoreRequest): boolean => request.method === "PUT" || request.method === "DELETE";
