// The door over `@aws-sdk/client-s3`: each small request becomes one of the SDK's commands.
import type { S3Client } from "@aws-sdk/client-s3";
import { connectionReset, outcomeOf, timedOut } from "./failure.js";
import type { Body, ListEntry, Send, StoreRequest, StoreResponse } from "./request.js";

type Sdk = typeof import("@aws-sdk/client-s3");

/** A `Send` to one bucket. Whatever the SDK throws comes back as a response; it never rejects. */
export async function sdkSend(client: S3Client, bucket: string): Promise<Send> {
  const sdk = await import("@aws-sdk/client-s3");
  const stack = client.middlewareStack as unknown as Stack;
  stack.add(watching, { step: "deserialize", priority: "high", name: "seen", override: true });
  return async (request) => {
    let seen: Seen = {};
    try {
      const output = (await client.send(commandOf(sdk, bucket, request) as never)) as Output;
      seen = answers.get(output.$metadata ?? NONE) ?? seen;
      return await successOf(request, output, seen);
    } catch (error) {
      const { $response } = error as { $response?: RawResponse };
      return failureOf(error, $response === undefined ? seen : seenIn($response));
    }
  };
}

// --- internal ---

/** What the SDK's outputs leave out: the `Date` header, and the status of answers that it turns into errors. */
interface Seen {
  readonly status?: number;
  readonly date?: number;
}

/** By what the SDK says about its output: this is handed on as it is, where the output may be copied. */
const answers = new WeakMap<object, Seen>();
const NONE = {};

interface Output {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly ETag?: string;
  readonly Body?: { readonly transformToByteArray: () => Promise<Uint8Array> };
  readonly ContentType?: string;
  readonly Metadata?: Record<string, string>;
  readonly LastModified?: Date;
  readonly Contents?: readonly { Key?: string; ETag?: string; Size?: number; LastModified?: Date }[];
  readonly IsTruncated?: boolean;
  readonly NextContinuationToken?: string;
}

/** What middleware of this kind looks like; the SDK's own type depends on the command. */
interface Stack {
  readonly add: (middleware: typeof watching, at: object) => void;
}

interface RawResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Result {
  readonly response: unknown;
  readonly output?: Output;
}

/** Stands around the parser: sees the response and what became of it. The SDK hangs the response on errors by itself. */
const watching =
  (next: (args: unknown) => Promise<Result>) =>
  async (args: unknown): Promise<Result> => {
    const result = await next(args);
    if (result.output?.$metadata !== undefined)
      answers.set(result.output.$metadata, seenIn(result.response as RawResponse));
    return result;
  };

function seenIn({ statusCode, headers }: RawResponse): Seen {
  const date = Date.parse(headers["date"] ?? "");
  return { status: statusCode, ...(Number.isNaN(date) ? {} : { date }) };
}

function commandOf(sdk: Sdk, bucket: string, request: StoreRequest) {
  const { method, key, ifMatch, ifNoneMatch, body = "" } = request;
  const at = { Bucket: bucket, Key: key, ...(ifMatch === undefined ? {} : { IfMatch: ifMatch }) };
  const unless = ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch };
  switch (method) {
    case "GET":
      return new sdk.GetObjectCommand({ ...at, ...unless });
    case "HEAD":
      return new sdk.HeadObjectCommand({ ...at, ...unless });
    case "DELETE":
      return new sdk.DeleteObjectCommand(at);
    case "PUT":
      return new sdk.PutObjectCommand({
        ...at,
        ...unless,
        Body: body,
        // The SDK takes an empty string for a stream of unknown length, and warns.
        ...(body === "" ? { ContentLength: 0 } : {}),
        ...(request.contentType === undefined ? {} : { ContentType: request.contentType }),
        ...(request.metadata === undefined ? {} : { Metadata: { ...request.metadata } }),
      });
    case "LIST":
      return new sdk.ListObjectsV2Command({
        Bucket: bucket,
        Prefix: key,
        ...(request.startAfter === undefined ? {} : { StartAfter: request.startAfter }),
        ...(request.continuationToken === undefined ? {} : { ContinuationToken: request.continuationToken }),
        ...(request.maxKeys === undefined ? {} : { MaxKeys: request.maxKeys }),
      });
  }
}

async function successOf(request: StoreRequest, output: Output, seen: Seen): Promise<StoreResponse> {
  const status = seen.status ?? output.$metadata?.httpStatusCode ?? 200;
  const date = seen.date === undefined ? {} : { date: seen.date };
  if (request.method === "LIST") {
    const token = output.NextContinuationToken;
    const page = { entries: (output.Contents ?? []).map(entryOf), isTruncated: output.IsTruncated ?? false };
    return { status, ...date, page: token === undefined ? page : { ...page, nextContinuationToken: token } };
  }
  if (request.method === "DELETE") return { status, ...date };
  const etag = output.ETag === undefined ? {} : { etag: output.ETag };
  if (request.method === "PUT") return { status, ...date, ...etag };
  const metadata = Object.keys(output.Metadata ?? {}).length === 0 ? {} : { metadata: output.Metadata ?? {} };
  return {
    status,
    ...date,
    ...etag,
    ...(output.LastModified === undefined ? {} : { lastModified: output.LastModified.getTime() }),
    ...(output.ContentType === undefined ? {} : { contentType: output.ContentType }),
    ...metadata,
    ...(request.method === "GET" ? { body: contentOf((await output.Body?.transformToByteArray()) ?? EMPTY) } : {}),
  };
}

const EMPTY = new Uint8Array();
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text where the bytes are text, as the simulated store would have it; else the bytes as they are. */
function contentOf(bytes: Uint8Array): Body {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes;
  }
}

const entryOf = ({
  Key = "",
  ETag = "",
  Size = 0,
  LastModified,
}: NonNullable<Output["Contents"]>[number]): ListEntry => ({
  key: Key,
  etag: ETag,
  size: Size,
  lastModified: LastModified?.getTime() ?? 0,
});

/** What the SDK calls an answer without a body that says more, such as a 304 or any error on HEAD. */
const NAMELESS = /^(|Unknown|NotFound|Error|UnknownError|\d+)$/;

function failureOf(error: unknown, seen: Seen): StoreResponse {
  const { name = "", $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = seen.status ?? $metadata?.httpStatusCode;
  if (status === undefined) return name === "TimeoutError" ? timedOut : connectionReset;
  // An answer that began as a success and can't be read is no answer.
  if (status < 300) return connectionReset;
  const code = NAMELESS.test(name) ? outcomeOf({ status }).code || name : name;
  return { status, code, ...(seen.date === undefined ? {} : { date: seen.date }) };
}
