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

/** One fault of a plan. `ms` and `steps` belong to pauses: how far the store's clock jumps, how long others go first. */
export interface FaultSpec {
  readonly kind: string;
  readonly at: Place;
  readonly ms?: number;
  readonly steps?: number;
}

export interface Fault {
  readonly kind: string;
  /** One sentence: what happens at the store, and what the client hears. */
  readonly says: string;
  /** False for requests on which this fault makes no sense. */
  readonly strikes?: (request: StoreRequest) => boolean;
  readonly ruling: (spec: FaultSpec) => Ruling;
}

/** For rulings whose answer does not depend on the store's own. */
export const always = (response: StoreResponse) => (): StoreResponse => response;

/** True for requests that change something. */
export const isWrite = (request: StoreRequest): boolean => request.method === "PUT" || request.method === "DELETE";
