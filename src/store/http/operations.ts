// The registry of operations: by method, by what the request is to, and by the subresource in its query.
import type { WireResponse } from "../wire.js";
import { requestOf } from "../wire.js";
import { bucketOperations } from "./bucket-operations.js";
import type { Call, Operation } from "./call.js";
import { cutToRange } from "./range.js";
import { Refusal } from "./refusal.js";
import { written } from "./written.js";

/** Carries out one call. Throws a `Refusal` for what S3 would not do. */
export function perform(call: Call): WireResponse | Promise<WireResponse> {
  const { method, bucket, key, query } = call.wire;
  const scope = bucket === "" ? "server" : key === "" ? "bucket" : "object";
  const name = subresourceOf(query);
  const operation = operations[`${name === "" ? method : `${method} ?${name}`} ${scope}`];
  if (operation === undefined)
    throw name === "" ? new Refusal(405, "MethodNotAllowed") : new Refusal(501, "NotImplemented");
  if (scope !== "server" && !call.buckets.has(bucket) && !(method === "PUT" && scope === "bucket")) {
    throw new Refusal(404, "NoSuchBucket");
  }
  return operation(call);
}

// --- internal ---

const throughTheDoor: Operation = async (call) => {
  const asked = requestOf(call.wire);
  if (asked === undefined) throw new Refusal(501, "NotImplemented");
  const answer = written(call, await call.send(asked));
  const range = asked.method === "GET" && answer.status === 200 ? call.wire.headers["range"] : undefined;
  return range === undefined ? answer : cutToRange(answer, range);
};

const operations: Readonly<Record<string, Operation | undefined>> = {
  "GET object": throughTheDoor,
  "HEAD object": throughTheDoor,
  "PUT object": throughTheDoor,
  "DELETE object": throughTheDoor,
  "GET ?list-type bucket": throughTheDoor,
  ...bucketOperations,
};

/** What S3 knows behind a question mark (AWS, "Amazon S3 REST API"): such a request is another operation. */
const SUBRESOURCES = [
  "list-type",
  "uploads",
  "uploadId",
  "delete",
  "location",
  "versioning",
  "versions",
  "versionId",
  "acl",
  "tagging",
  "policy",
  "policyStatus",
  "cors",
  "lifecycle",
  "encryption",
  "object-lock",
  "legal-hold",
  "retention",
  "replication",
  "website",
  "notification",
  "logging",
  "requestPayment",
  "accelerate",
  "analytics",
  "inventory",
  "metrics",
  "ownershipControls",
  "publicAccessBlock",
  "intelligent-tiering",
  "torrent",
  "restore",
  "select",
  "attributes",
  "renameObject",
  "session",
] as const;

function subresourceOf(query: Call["wire"]["query"]): string {
  // Most requests have no query, or one without a subresource (`x-id=GetObject`).
  for (const _ in query) return SUBRESOURCES.find((name) => query[name] !== undefined) ?? "";
  return "";
}
