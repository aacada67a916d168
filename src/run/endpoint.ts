// A real server as a tier: its requests pass our door, so schedule, faults and the clock stay the plan's.
import { freshName } from "../store/random.js";
import type { Send } from "../store/request.js";
import { sdkSend } from "../store/sdk.js";
import { createS3Client } from "../store/sdk-client.js";
import { makeContact, removeBucket } from "../store/sdk-probe.js";
import { upstream } from "../store/upstream.js";
import type { Tier } from "./tier.js";

export interface EndpointOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
}

export interface Endpoint {
  readonly tier: Tier;
  /** Where everything of this campaign lies; nothing else is ever touched. */
  readonly prefix: string;
  /** Gives back a bucket that was made for this campaign. Says in a sentence what is left. */
  readonly close: () => Promise<string>;
}

/** The endpoint cannot be used; the message says why. */
export class EndpointError extends Error {
  override readonly name = "EndpointError";
}

/** Opens a fresh random prefix on a real server. Throws EndpointError where it can't be used. */
export async function openEndpoint({ endpoint, region, bucket }: EndpointOptions): Promise<Endpoint> {
  const client = await createS3Client({ endpoint, region });
  const prefix = `manifest-chaos/${freshName()}/`;
  const contact = await makeContact(client, bucket, `${prefix}probe`);
  if (contact.kind === "no") {
    client.destroy();
    throw new EndpointError(`${endpoint}: ${contact.because}`);
  }
  const send: Send = await sdkSend(client, bucket);
  let runs = 0;
  let left = 0;
  const tier: Tier = {
    name: "endpoint",
    open: (clock) => {
      runs += 1;
      const door = upstream(send, () => clock.nowMs);
      const cleanUp = async (): Promise<void> => {
        for (const key of door.created()) {
          const { status } = await send({ method: "DELETE", key });
          if (status !== 204 && status !== 200 && status !== 404) left += 1;
        }
      };
      return { store: door.send, prefix: `${prefix}${runs}/`, cleanUp };
    },
  };
  const close = async (): Promise<string> => {
    const gone = contact.made && (await removeBucket(client, bucket));
    client.destroy();
    const bucketLeft = contact.made && !gone ? `, and the bucket "${bucket}" that was made for it` : "";
    return left === 0 && bucketLeft === ""
      ? "nothing is left on the server"
      : `left on the server: ${left} objects under ${prefix}${bucketLeft}`;
  };
  return { tier, prefix, close };
}
