// What a world is made of, and what it gives to its clients.
import type { Clock } from "../store/clock.js";
import type { Apply, Send, StoreRequest, StoreResponse } from "../store/request.js";
import type { Ruling } from "../store/ruling.js";
import type { ProcessDoor } from "./process-door.js";
import type { Strategy } from "./waiting.js";

/** The store's clock, and how far it moves at each step. */
export interface StoreClock {
  nowMs: number;
  stepMs: number;
}

/** What the world tells about a request that reached the store (or was ruled on by a fault). */
export interface Told {
  readonly step: number;
  readonly client: number;
  readonly request: StoreRequest;
  readonly response: StoreResponse;
  readonly fault: string | undefined;
}

export interface WorldOptions {
  readonly clock: StoreClock;
  readonly clients: number;
  readonly strategy: Strategy;
  /** The store. A promise where it is a real one. */
  readonly apply: Apply | Send;
  /** What a fault says about this request of this client, undefined for none. */
  readonly rule: (
    client: number,
    request: StoreRequest,
  ) => { readonly kind: string; readonly ruling: Ruling } | undefined;
  readonly onApplied: (told: Told) => void;
  /** The client died: all that it had in flight is gone. The callback may start it again. */
  readonly onCrash: (client: number) => void;
  /** A paused client stands still from here on, until its request goes on (`still` false). For clients that are processes. */
  readonly onHold?: (client: number, still: boolean) => void;
  /** No run goes on for longer than this. */
  readonly stepsMax: number;
  /**
   * Timed runs: how long this request takes to arrive, milliseconds. A pause then keeps its client alone waiting, and
   * the strategy has to go by `dueMs`. Absent: a request can be released as soon as it is parked.
   */
  readonly travelMs?: (client: number, request: StoreRequest) => number;
}

/** A client's way into the world. It belongs to one life of the client: after a crash nothing sent through it is ever answered. */
export interface Door extends ProcessDoor {
  readonly send: Send;
  readonly clock: Clock;
}
