import { replacing } from "./plant.js";

export const checkpointGoesBack = replacing(
  {
    id: "checkpoint-goes-back",
    class: 13,
    says: "A slow compactor publishes its checkpoint whatever HEAD names by then, a newer one too.",
    happenedIn: "mimir#8687, fusio-manifest",
  },
  { mayReplace: () => true },
);
