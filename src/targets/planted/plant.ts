// Planting a bug: the real manifest with one step replaced, or with its requests changed on the way out.
import type { Core, Environment, Steps } from "../../manifest/core.js";
import { openManifest } from "../../manifest/manifest.js";
import { realSteps } from "../../manifest/steps.js";
import type { StoreRequest, StoreResponse } from "../../store/request.js";
import type { Target } from "../target.js";

interface Bug {
  readonly id: string;
  readonly says: string;
  readonly class: number;
  readonly happenedIn: string;
}

/** The real manifest, but for these steps. */
export const replacing = ({ id, says, ...bug }: Bug, steps: Partial<Steps>): Target => ({
  id,
  says,
  bug,
  open: (env) => openManifest(env, { ...realSteps, ...steps }),
});

/** The real manifest, but each request goes through `change` first. The key is the one below the manifest's prefix. */
export const changing = (
  { id, says, ...bug }: Bug,
  change: (request: StoreRequest, key: string) => StoreRequest,
): Target => ({
  id,
  says,
  bug,
  open: (env) => {
    const send: Environment["send"] = (request) => env.send(change(request, request.key.slice(env.prefix.length)));
    return openManifest({ ...env, send });
  },
});

/** The same client, but each answer goes through `hear` first. */
export const hearing = (core: Core, hear: (request: StoreRequest, response: StoreResponse) => StoreResponse): Core => {
  const send: Environment["send"] = async (request) => hear(request, await core.env.send(request));
  return { ...core, env: { ...core.env, send } };
};
