// The SDK's S3 client as this program needs it: no retries of its own, time limits, path style.
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";

export interface ClientOptions {
  readonly endpoint?: string;
  readonly region: string;
  /** The keys, or who gives them. Left out: the SDK's own chain of providers finds them. */
  readonly credentials?: Keys | (() => Promise<Keys>);
  readonly requestHandler?: object;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * A client that sends each request once. The SDK's own retries don't ask whether a call is idempotent: a conditional
 * PUT that was applied and then reset is sent again and meets its own object, a 412 that says "somebody else"
 * (aws-sdk-java-v2#6580). The manifest retries by itself, since only it can tell.
 */
export async function createS3Client(options: ClientOptions): Promise<S3Client> {
  const { S3Client: Client } = await quietly(() => import("@aws-sdk/client-s3"));
  const config: S3ClientConfig = {
    region: options.region,
    maxAttempts: 1,
    forcePathStyle: true,
    // The stack of middleware is put together once for each kind of command, not again for each request. What it keeps
    // from one request to the next is the bucket's address: a client is used for one bucket.
    cacheMiddleware: true,
    // Some stores refuse the trailing checksums that are on by default; a body's own ETag is checked where it counts.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    requestHandler: (options.requestHandler ?? {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    }) as NonNullable<S3ClientConfig["requestHandler"]>,
  };
  return quietly(async () => new Client(config));
}

// --- internal ---

/** Without the SDK's warning about the end of support for Node 20, which a user of this program can't do anything about. */
async function quietly<T>(make: () => Promise<T>): Promise<T> {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!String(warning).includes("NodeVersion") && !/AWS SDK for JavaScript/.test(String(warning))) {
      emitWarning.call(process, warning, ...rest);
    }
  }) as typeof process.emitWarning;
  try {
    return await make();
  } finally {
    process.emitWarning = emitWarning;
  }
}
