import { unavailable } from "../../manifest/ask.js";
import { commitOn } from "../../manifest/commit.js";
import type { StoreResponse } from "../../store/request.js";
import { hearing, replacing } from "./plant.js";

export const errorAsNotApplied = replacing(
  {
    id: "error-as-not-applied",
    class: 8,
    says: "A 500 or 503 while committing is taken for definite: told failure, yet committed.",
    happenedIn: "iceberg#15050",
  },
  {
    commitOn: async (core, base, changes) => {
      let error: StoreResponse | undefined;
      const definite = hearing(core, ({ method }, response) => {
        if (method === "PUT" && (response.status === 500 || response.status === 503)) error ??= response;
        return error === undefined ? response : { ...response, status: 400 };
      });
      const fate = await commitOn(definite, base, changes);
      return error === undefined ? fate : { kind: "none", refusal: unavailable("commit", error) };
    },
  },
);
