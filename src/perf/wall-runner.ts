// Points by the wall clock, each under a prefix of its own on a real server, and gone from there afterwards.
import { targetOf } from "../run/choices.js";
import type { Endpoint } from "../run/endpoint.js";
import { removeObject } from "../run/removal.js";
import { runWall } from "../run/timed/wall.js";
import type { Runner } from "./point.js";

export interface WallRunnerOptions {
  readonly endpoint: Endpoint;
  /** Leaves the objects where they are. */
  readonly keep: boolean;
  readonly interrupted: () => boolean;
}

/** `left`: a sentence for each point whose objects are still there. */
export function wallRunner({ endpoint, keep, interrupted }: WallRunnerOptions): {
  readonly runner: Runner;
  readonly left: () => readonly string[];
} {
  const left: string[] = [];
  let points = 0;
  const runner: Runner = async ({ load, warmUpMs, target }) => {
    points += 1;
    const prefix = `${endpoint.prefix}point-${points}/`;
    const created = new Set<string>();
    const send: Endpoint["send"] = async (request) => {
      if (request.method === "PUT") created.add(request.key);
      const response = await endpoint.send(request);
      if (request.method === "DELETE" && response.status === 204) created.delete(request.key);
      return response;
    };
    try {
      return await runWall({ load, warmUpMs, target: targetOf(target), send, prefix, interrupted });
    } finally {
      if (keep) left.push(`kept on the server: ${created.size} objects under ${prefix}`);
      else {
        const gone = await removeAll(endpoint.send, [...created]);
        if (gone < created.size) left.push(`left on the server: ${created.size - gone} objects under ${prefix}`);
      }
    }
  };
  return { runner, left: () => left };
}

// --- internal ---

/** Deletes in flight at once. */
const WIDTH = 16;

/** How many are gone. Also keys that were never written, or are gone already, count. */
async function removeAll(send: Endpoint["send"], keys: readonly string[]): Promise<number> {
  let next = 0;
  let gone = 0;
  const worker = async (): Promise<void> => {
    for (let key = keys[next++]; key !== undefined; key = keys[next++]) {
      if (await removeObject(send, key)) gone += 1;
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
  return gone;
}
