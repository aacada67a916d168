// Operations on buckets themselves: what clients ask before they begin.
import type { WireResponse } from "../wire.js";
import { escaped, XML_HEADER, XML_NAMESPACE } from "../xml.js";
import { isBucketName } from "./buckets.js";
import type { Call, Operation } from "./call.js";
import { Refusal } from "./refusal.js";

export const bucketOperations: Readonly<Record<string, Operation>> = {
  "HEAD bucket": () => ({ status: 200, headers: { "x-amz-bucket-region": REGION }, body: EMPTY }),
  "GET ?location bucket": () => xml(`<LocationConstraint ${XML_NAMESPACE}/>`),
  "GET ?versioning bucket": () => xml(`<VersioningConfiguration ${XML_NAMESPACE}/>`),
  "GET server": ({ buckets }) => {
    const list = buckets
      .names()
      .map((name) => `<Bucket><Name>${escaped(name)}</Name><CreationDate>${EPOCH}</CreationDate></Bucket>`);
    return xml(
      `<ListAllMyBucketsResult ${XML_NAMESPACE}><Owner><ID>manifest-chaos</ID></Owner><Buckets>${list.join("")}</Buckets></ListAllMyBucketsResult>`,
    );
  },
  "PUT bucket": createBucket,
  "DELETE bucket": removeBucket,
};

// --- internal ---

const REGION = "us-east-1";
const EPOCH = "2024-01-01T00:00:00.000Z";
const EMPTY = new Uint8Array();

const xml = (content: string): WireResponse => {
  const body = Buffer.from(`${XML_HEADER}${content}`);
  return { status: 200, headers: { "content-type": "application/xml", "content-length": String(body.length) }, body };
};

/** In us-east-1, to make a bucket that one has already is no error. */
async function createBucket({ wire: { bucket }, buckets }: Call): Promise<WireResponse> {
  if (!isBucketName(bucket)) throw new Refusal(400, "InvalidBucketName");
  if (!buckets.has(bucket)) {
    if (buckets.create === undefined) throw new Refusal(403, "AccessDenied");
    await buckets.create(bucket);
  }
  return { status: 200, headers: { location: `/${bucket}`, "content-length": "0" }, body: EMPTY };
}

async function removeBucket({ wire: { bucket }, buckets }: Call): Promise<WireResponse> {
  if (buckets.remove === undefined) throw new Refusal(403, "AccessDenied");
  if (!(await buckets.remove(bucket))) throw new Refusal(409, "BucketNotEmpty");
  return { status: 204, headers: {}, body: EMPTY };
}
