// The registry of operations: by method, by what the request is to, and by the subresource in its query.
import type { WireResponse } from "../wire.js";
import { requestOf } from "../wire.js";
import { bucketOperations } from "./bucket-operations.js";
import { isBucketName } from "./buckets.js";
import type { Call, Operation } from "./call.js";
import { copyObject } from "./copy-object.js";
import { deleteObjects } from "./delete-objects.js";
import { listV1, listV2 } from "./list-objects.js";
import { multipartOperations } from "./multipart.js";
import { readObject } from "./read-object.js";
import { Refusal } from "./refusal.js";
import { checkVersion } from "./versions.js";
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
    throw isBucketName(bucket) ? new Refusal(404, "NoSuchBucket") : new Refusal(400, "InvalidBucketName");
  }
  checkVersion(call.wire);
  return operation(call);
}

// --- internal ---

const throughTheDoor: Operation = async (call) => {
  const asked = requestOf(call.wire);
  if (asked === undefined) throw new Refusal(501, "NotImplemented");
  return written(call, await call.send(asked));
};

const put: Operation = async (call) => {
  const source = call.wire.headers["x-amz-copy-source"];
  if (source !== undefined) return copyObject(call, source);
  if (metadataSize(call.wire.headers) > METADATA_BYTES_MAX) throw new Refusal(400, "MetadataTooLarge");
  const answer = await throughTheDoor(call);
  return answer.status === 200 ? { ...answer, headers: { ...answer.headers, ...call.echoes } } : answer;
};

/** S3's limit on names and values of user metadata, in bytes. */
const METADATA_BYTES_MAX = 2048;

function metadataSize(headers: Call["wire"]["headers"]): number {
  let size = 0;
  for (const name in headers)
    if (name.startsWith("x-amz-meta-")) size += name.length - 11 + (headers[name]?.length ?? 0);
  return size;
}

const operations: Readonly<Record<string, Operation | undefined>> = {
  "GET object": readObject,
  "HEAD object": readObject,
  "PUT object": put,
  "DELETE object": throughTheDoor,
  "GET ?list-type bucket": listV2,
  "GET bucket": listV1,
  "POST ?delete bucket": deleteObjects,
  ...multipartOperations,
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
