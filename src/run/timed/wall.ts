// A timed run by the wall clock: many clients of one process against a real server, each request as fast as it goes.
import type { Applied } from "../../../model/story.js";
import { bodyText } from "../../store/body.js";
import { steadyClock } from "../../store/clock.js";
import { outcomeOf } from "../../store/failure.js";
import { freshName } from "../../store/random.js";
import type { Send, StoreRequest, StoreResponse } from "../../store/request.js";
import type { Target } from "../../targets/target.js";
import { isWriter } from "./actor.js";
import { playByTheClock } from "./by-the-clock.js";
import type { TimedRun } from "./timed-run.js";
import type { Workload } from "./workload.js";

export interface WallOptions {
  readonly load: Workload;
  readonly warmUpMs: number;
  readonly target: Target;
  readonly send: Send;
  /** Where this run's objects go, ending in `/`; nothing else is touched. */
  readonly prefix: string;
  readonly interrupted: () => boolean;
}

/** Runs it. Rejects only where the target throws. */
export async function runWall(options: WallOptions): Promise<TimedRun> {
  const { load, target, prefix, warmUpMs, interrupted } = options;
  const clock = steadyClock();
  const witness = new Witness(prefix, clock.now);
  const { startMs, history, tally } = await playByTheClock({
    load,
    warmUpMs,
    clock,
    interrupted,
    step: () => witness.requests,
    opened: (name) => {
      const send = witness.watch(name, options.send);
      return target.open({ send, clock, nonce: freshName, prefix, leaseTtlMs: load.leaseTtlMs });
    },
  });
  const { requests, writerRequests, unanswered } = witness;
  const unseen = `the bucket's own story was not judged: ${unanswered} writes got no definite answer`;
  return {
    record: { history, story: witness.story(), leaseTtlMs: load.leaseTtlMs, disturbed: witness.disturbed, waived: [] },
    startMs,
    tally: { ...tally, requests, writerRequests, faults: 0, ...(unanswered === 0 ? {} : { unseen }) },
    interrupted: interrupted(),
  };
}

// --- internal ---

/**
 * Notes what changed the bucket, in an order that agrees with the store's. Nobody sees the moment of application, but a
 * PUT may stand where it was sent and a DELETE where it was answered: whoever has seen an object sent his next request
 * after that object's PUT was sent, so no reference can come before what it refers to, and each HEAD was sent after the
 * one that its `If-Match` names. Only a write without a definite answer has no place; then there is no story.
 */
class Witness {
  requests = 0;
  writerRequests = 0;
  unanswered = 0;
  /** The server has refused something or failed: P10 speaks of runs without that. */
  disturbed = false;
  private readonly places: (Applied | undefined)[] = [];

  constructor(
    private readonly prefix: string,
    private readonly nowMs: () => number,
  ) {}

  watch(client: string, send: Send): Send {
    return async (request) => {
      this.requests += 1;
      if (isWriter(client)) this.writerRequests += 1;
      const place = request.method === "PUT" ? this.reserve() : undefined;
      const sent = { step: this.requests, atMs: this.nowMs() };
      const response = await send(request);
      const { applied, retryable } = outcomeOf(response);
      if (retryable) this.disturbed = true;
      if (request.method !== "PUT" && request.method !== "DELETE") return response;
      if (applied === "unknown") this.unanswered += 1;
      if (applied === "yes") {
        const at = place === undefined ? { step: this.requests, atMs: this.nowMs() } : sent;
        this.places[place ?? this.reserve()] = this.appliedOf(client, request, response, at);
      }
      return response;
    };
  }

  story(): readonly Applied[] {
    return this.unanswered > 0 ? [] : this.places.filter((applied) => applied !== undefined);
  }

  private reserve(): number {
    return this.places.push(undefined) - 1;
  }

  private appliedOf(
    client: string,
    { method, key, body }: StoreRequest,
    { status, etag }: StoreResponse,
    at: { readonly step: number; readonly atMs: number },
  ): Applied {
    return {
      ...at,
      client,
      method,
      key: key.slice(this.prefix.length),
      status,
      ...(body === undefined ? {} : { body: bodyText(body) }),
      ...(etag === undefined ? {} : { etag }),
    };
  }
}
