import type { StoreResponse } from "../store/request.js";
import type { Fault } from "./fault.js";

export const etagMissing: Fault = {
  kind: "etag-missing",
  says: "The store applies the request; its answer has lost the ETag header on the way.",
  strikes: ({ method }) => method === "PUT" || method === "GET" || method === "HEAD",
  ruling: () => ({ apply: "once", answer: (own) => without(own ?? { status: 0 }) }),
};

const without = ({ etag: _lost, ...rest }: StoreResponse): StoreResponse => rest;
