import { SEGMENTS } from "../../manifest/names.js";
import { changing } from "./plant.js";

export const lostUpdate = changing(
  {
    id: "lost-update",
    class: 1,
    says: "Segments are written without their condition: of two writers at one slot the second overwrites the first.",
    happenedIn: "delta#1830, lance#8773",
  },
  (request, key) => {
    if (request.method !== "PUT" || !key.startsWith(SEGMENTS)) return request;
    const { ifNoneMatch: _dropped, ...rest } = request;
    return rest;
  },
);
