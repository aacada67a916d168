// A tier under observation: whoever looks on hears of every request that was answered, as its client heard the answer.
import type { StoreRequest, StoreResponse } from "../store/request.js";
import type { Tier } from "./tier.js";

/** A request and what its client heard. */
export interface Exchange {
  readonly client: string;
  /** The step of the schedule in which the answer came. */
  readonly step: number;
  /** Its key is below the manifest's prefix. */
  readonly request: StoreRequest;
  readonly response: StoreResponse;
}

/** The same tier; `onHeard` changes nothing about the run. */
export function watched(tier: Tier, onHeard: (exchange: Exchange) => void): Tier {
  let prefix = "";
  return {
    ...tier,
    open: (clock, personalities) => {
      const place = tier.open(clock, personalities);
      prefix = place.prefix;
      return place;
    },
    leg: async (send, life) => {
      const inner = tier.leg === undefined ? send : await tier.leg(send, life);
      return async (request) => {
        const response = await inner(request);
        const key = request.key.slice(prefix.length);
        onHeard({ client: life.client, step: life.step() - 1, request: { ...request, key }, response });
        return response;
      };
    },
  };
}
