import { collect } from "../../manifest/collect.js";
import { LEASES } from "../../manifest/names.js";
import { hearing, replacing } from "./plant.js";

export const foreignClock = replacing(
  {
    id: "foreign-clock",
    class: 12,
    says: "A collector judges by its own clock whether another client's lease has run out.",
    happenedIn: "occurrent#659",
  },
  {
    collect: (core) =>
      collect(
        hearing(core, ({ method, key }, response) =>
          method === "GET" && key.startsWith(core.env.prefix + LEASES)
            ? { ...response, date: core.env.clock.now() }
            : response,
        ),
      ),
  },
);
