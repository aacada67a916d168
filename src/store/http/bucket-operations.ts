// Operations on buckets themselves: what clients ask before they begin.
import type { WireResponse } from "../wire.js";
import { escaped, XML_NAMESPACE } from "../xml.js";
import { isBucketName } from "./buckets.js";
import type { Call, Operation } from "./call.js";
import { Refusal } from "./refusal.js";
import { bareAnswer, xmlAnswer } from "./xml-answer.js";

export const bucketOperations: Readonly<Record<string, Operation>> = {
  "HEAD bucket": () => bareAnswer(200, { "x-amz-bucket-region": REGION }),
  "GET ?location bucket": () => xmlAnswer(`<LocationConstraint ${XML_NAMESPACE}/>`),
  "GET ?versioning bucket": () => xmlAnswer(`<VersioningConfiguration ${XML_NAMESPACE}/>`),
  "GET server": ({ buckets }) => {
    const list = buckets
      .names()
      .map((name) => `<Bucket><Name>${escaped(name)}</Name><CreationDate>${EPOCH}</CreationDate></Bucket>`);
    return xmlAnswer(
      `<ListAllMyBucketsResult ${XML_NAMESPACE}><Owner><ID>manifest-chaos</ID></Owner><Buckets>${list.join("")}</Buckets></ListAllMyBucketsResult>`,
    );
  },
  "PUT bucket": createBucket,
  "DELETE bucket": removeBucket,
};

// --- internal ---

const REGION = "us-east-1";
const EPOCH = "2024-01-01T00:00:00.000Z";

/** In us-east-1, to make a bucket that one has already is no error. */
async function createBucket({ wire: { bucket }, buckets }: Call): Promise<WireResponse> {
  if (!isBucketName(bucket)) throw new Refusal(400, "InvalidBucketName");
  if (!buckets.has(bucket)) {
    if (buckets.create === undefined) throw new Refusal(403, "AccessDenied");
    await buckets.create(bucket);
  }
  return bareAnswer(200, { location: `/${bucket}` });
}

async function removeBucket({ wire: { bucket }, buckets }: Call): Promise<WireResponse> {
  if (buckets.remove === undefined) throw new Refusal(403, "AccessDenied");
  if (!(await buckets.remove(bucket))) throw new Refusal(409, "BucketNotEmpty");
  return bareAnswer(204);
}
