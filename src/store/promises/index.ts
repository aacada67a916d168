// All promises of S3 that a manifest may rely on, and what a store makes of them.
import type { Send } from "../request.js";
import { conditions } from "./conditions.js";
import { objects } from "./objects.js";
import type { StorePromise } from "./promise.js";
import { racing } from "./racing.js";

/** All that is tried. @internal */
export const promises: readonly StorePromise[] = [...conditions, ...racing, ...objects];

/** How a store keeps one promise. `kept` is null where that could not be told. */
export interface Kept {
  readonly name: string;
  readonly kept: boolean | null;
  readonly needed: boolean;
  readonly detail: string;
}

/** Tries every promise under `prefix`, one after the other, and deletes what it wrote. */
export async function probe(send: Send, prefix: string): Promise<readonly Kept[]> {
  const written = new Set<string>();
  const noting: Send = (request) => {
    if (request.method === "PUT") written.add(request.key);
    return send(request);
  };
  const all: Kept[] = [];
  try {
    for (const { name, needed, otherwise, shows } of promises) {
      const { kept, detail } = await shows(noting, `${prefix}${name}/`);
      all.push({ name, kept, needed, detail: kept === true ? detail : `${detail}; otherwise ${otherwise}` });
    }
  } finally {
    for (const key of written) await send({ method: "DELETE", key });
  }
  return all;
}
