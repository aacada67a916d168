// A real server as a tier: its requests pass our door, so schedule, faults and the clock stay the plan's.
import { type Clock, systemClock } from "../store/clock.js";
import { type Kept, probe } from "../store/promises/index.js";
import { freshName } from "../store/random.js";
import type { Send } from "../store/request.js";
import { sdkSend } from "../store/sdk.js";
import { type ClientOptions, createS3Client } from "../store/sdk-client.js";
import { makeContact, removeBucket } from "../store/sdk-probe.js";
import { upstream } from "../store/upstream.js";
import { removeObject } from "./removal.js";
import type { Tier } from "./tier.js";

export interface EndpointOptions extends Pick<ClientOptions, "region" | "credentials"> {
  /** Left out: AWS itself, where no bucket is ever made. */
  readonly endpoint?: string;
  readonly bucket: string;
}

export interface Endpoint {
  readonly tier: Tier;
  /** What it is called in results: the address without credentials or path. */
  readonly name: string;
  /** The way to it, for whoever keeps the time: answers carry the server's own. */
  readonly send: Send;
  /** Where everything of this campaign lies; nothing else is ever touched. */
  readonly prefix: string;
  /** Gives back a bucket that was made for this campaign. Says in a sentence what is left. */
  readonly close: () => Promise<string>;
}

/** The endpoint cannot be used; the message says why. */
export class EndpointError extends Error {
  override readonly name = "EndpointError";
}

/** Opens a fresh random prefix on a real server. With `keep`, objects stay. Throws EndpointError where it can't be used. */
export async function openEndpoint(options: EndpointOptions, keep = false): Promise<Endpoint> {
  const { send, prefix, refuses, leave } = await reach(options);
  if (!refuses) {
    await leave();
    throw new EndpointError(
      `${nameOf(options)}: it does not keep S3's promise on If-None-Match (a second PUT was not refused): no manifest is safe there; doctor tells more`,
    );
  }
  let runs = 0;
  let left = 0;
  const tier: Tier = {
    name: "endpoint",
    open: (clock) => {
      runs += 1;
      const door = upstream(send, () => clock.nowMs);
      const cleanUp = async (): Promise<void> => {
        for (const key of door.created()) {
          if (keep) left += 1;
          else if (!(await removeObject(send, key))) left += 1;
        }
      };
      return { store: door.send, prefix: `${prefix}${runs}/`, cleanUp };
    },
  };
  const close = async (): Promise<string> => {
    const bucketLeft = await leave();
    return left === 0 && bucketLeft === ""
      ? "nothing is left on the server"
      : `left on the server: ${left} objects under ${prefix}${bucketLeft}`;
  };
  const name = options.endpoint === undefined ? nameOf(options) : new URL(options.endpoint).host;
  return { tier, name, send, prefix, close };
}

/** What an endpoint makes of S3's promises, and how far its clock is off ours. */
export interface Inspection {
  readonly promises: readonly Kept[];
  /** Milliseconds, positive where the endpoint is ahead. Whole seconds on the wire, so up to a second is nothing. */
  readonly skewMs: number | null;
  readonly left: string;
}

/**
 * Tries out an endpoint under a fresh random prefix, and cleans up. `andThen` comes last and may do more there. Throws
 * EndpointError where it can't be used.
 */
export async function inspectEndpoint<T>(
  options: EndpointOptions,
  andThen: (send: Send, prefix: string) => Promise<T>,
  clock: Clock = systemClock,
): Promise<{ readonly inspection: Inspection; readonly more: T }> {
  const { send, prefix, leave } = await reach(options);
  try {
    const { date } = await send({ method: "GET", key: `${prefix}probe` });
    const skewMs = date === undefined ? null : date - Math.floor(clock.now() / 1000) * 1000;
    const promises = await probe(send, prefix);
    const more = await andThen(send, prefix);
    const bucketLeft = await leave();
    const left = bucketLeft === "" ? "nothing is left on the server" : `left${bucketLeft}`;
    return { inspection: { promises, skewMs, left }, more };
  } catch (error) {
    await leave();
    throw error;
  }
}

// --- internal ---

const nameOf = ({ endpoint, bucket }: EndpointOptions): string => endpoint ?? `AWS, bucket ${bucket}`;

async function reach(options: EndpointOptions): Promise<{
  readonly send: Send;
  readonly prefix: string;
  readonly refuses: boolean;
  readonly leave: () => Promise<string>;
}> {
  const { bucket, ...rest } = options;
  const client = await createS3Client(rest);
  const prefix = `manifest-chaos/${freshName()}/`;
  const contact = await makeContact(client, bucket, `${prefix}probe`, options.endpoint !== undefined);
  if (contact.kind === "no") {
    client.destroy();
    throw new EndpointError(`${nameOf(options)}: ${contact.because}`);
  }
  const leave = async (): Promise<string> => {
    const removed = contact.made && (await removeBucket(client, bucket));
    client.destroy();
    return contact.made && !removed ? `, and the bucket "${bucket}" that was made for it` : "";
  };
  return { send: await sdkSend(client, bucket), prefix, refuses: contact.refuses, leave };
}
