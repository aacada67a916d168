// The door as the SDK's `requestHandler`: the real S3Client with its serializers, and below it no network but a `Send`.
import { Readable } from "node:stream";
import type { Body, Send } from "./request.js";
import { requestOf, responseOn, type WireRequest } from "./wire.js";

/** What of the SDK's HttpRequest is looked at. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

/** A request handler for path-style clients. An answer with status 0 becomes the error that a socket would have given. */
export const storeHandler = (send: Send) => ({
  metadata: { handlerProtocol: "http/1.1" },
  handle: async (request: SdkRequest): Promise<{ response: SdkResponse }> => {
    const wire = wireOf(request);
    const asked = requestOf(wire);
    if (asked === undefined) throw new TypeError(`the simulated store does not know ${request.method} ${request.path}`);
    const answer = await send(asked);
    if (answer.status === 0) throw brokenSocket(answer.code ?? "Timeout");
    const { status, headers, body } = responseOn(wire, answer);
    return {
      response: {
        statusCode: status,
        headers: { ...headers },
        body: Readable.from(body.byteLength === 0 ? [] : [body]),
      },
    };
  },
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
});

// --- internal ---

function wireOf({ method, path, query = {}, headers, body }: SdkRequest): WireRequest {
  const [, bucket = "", ...rest] = path.split("/");
  return {
    method,
    bucket: decodeURIComponent(bucket),
    key: decodeURIComponent(rest.join("/")),
    query: Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, typeof value === "string" ? value : value?.[0]]),
    ),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: bodyOf(body),
  };
}

/** The SDK passes on what it was given, strings and bytes; our own sender gives it nothing else. */
function bodyOf(body: unknown): Body | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  throw new TypeError("a streamed body, which the in-process door does not take");
}

function brokenSocket(code: string): Error {
  const timeout = code === "Timeout";
  const error = new Error(timeout ? "the simulated request timed out" : "the simulated connection was reset");
  return Object.assign(error, { name: timeout ? "TimeoutError" : "Error", code: timeout ? "ETIMEDOUT" : "ECONNRESET" });
}
