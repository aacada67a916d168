// Version ids in buckets that have no versions: every object's only version is called `null`.
import type { WireRequest } from "../wire.js";
import { Refusal } from "./refusal.js";

/** The name of an object's only version (AWS, "How S3 Versioning works"). */
export const isOnlyVersion = (versionId: string | undefined): boolean =>
  versionId === undefined || versionId === "null";

/** Refuses a request to another version than the only one, and a version where the operation takes none. */
export function checkVersion({ method, query }: WireRequest): void {
  const versionId = query["versionId"];
  if (versionId === undefined) return;
  if (!["GET", "HEAD", "DELETE"].includes(method)) {
    throw new Refusal(400, "InvalidArgument", "This operation does not accept a version-id.");
  }
  // S3's answer to ids that it has not given out itself [versitygw#842, s3gw#577].
  if (!isOnlyVersion(versionId)) throw new Refusal(400, "InvalidArgument", "Invalid version id specified");
}
