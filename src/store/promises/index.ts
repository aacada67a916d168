// All promises of S3 that a manifest may rely on, and what a store makes of them.
import { askAgain, isPassing } from "../again.js";
import type { Send } from "../request.js";
import { conditions } from "./conditions.js";
import { objects } from "./objects.js";
import type { Shown, StorePromise } from "./promise.js";
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
    for (const promise of promises) {
      const { name, needed, otherwise } = promise;
      const { kept, detail } = await shownBy(promise, noting, `${prefix}${name}/`);
      all.push({ name, kept, needed, detail: kept === true ? detail : `${detail}; otherwise ${otherwise}` });
    }
  } finally {
    for (const key of written) {
      // Once it does not answer at all, the rest would only take long.
      if (isPassing((await askAgain(() => send({ method: "DELETE", key }), isPassing)).answer)) break;
    }
  }
  return all;
}

// --- internal ---

const TRIES = 5;

/**
 * A store that refuses a request because it is busy breaks no promise, but what is asked next may come out otherwise (the
 * PUT before it was not made). Then the promise is tried again, on fresh keys; in the end nothing is told.
 */
async function shownBy({ shows }: StorePromise, send: Send, at: string): Promise<Shown> {
  for (let tries = 1; ; tries += 1) {
    let [busy, definite] = ["", 0];
    const { kept, detail } = await shows(async (request) => {
      const response = await send(request);
      if (isPassing(response)) busy = response.status === 0 ? "no answer" : String(response.status);
      else definite += 1;
      return response;
    }, `${at}${tries}/`);
    if (kept === true || busy === "") return { kept, detail };
    if (tries === TRIES || definite === 0)
      return { kept: null, detail: `requests had no definite answer (${busy}), at each of ${tries} tries` };
  }
}
