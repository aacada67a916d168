// The door as an HTTP endpoint: any process, any language, any S3 client. One request in, one answer of whoever stands behind it.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { WireRequest, WireResponse } from "../wire.js";
import { addressOf } from "./address.js";
import { amzDate } from "./amz-date.js";
import type { Buckets } from "./buckets.js";
import { type Answer, accessKeyIdOf, type Call, type Caller } from "./call.js";
import { checkBody } from "./checksums.js";
import { perform } from "./operations.js";
import { decodeBody, readBody } from "./payload.js";
import { messageOf, Refusal } from "./refusal.js";
import { type Credentials, verifySignature } from "./signature.js";
import { Uploads } from "./uploads.js";
import { written } from "./written.js";

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly buckets: Buckets;
  readonly answer: Answer;
  /** The clock of answers that don't come from the store: milliseconds since the epoch. */
  readonly now: () => number;
  /** Given: every request has to be signed with them. */
  readonly credentials?: Credentials;
  /** Whatever is asked for under `/-/`, which can be no bucket. Answers JSON. Where requests are signed, for this machine alone. */
  readonly control?: (
    method: string,
    path: string,
    body: string,
  ) => { readonly status: number; readonly document: object };
  /** Told of what should not happen: an `answer` that rejects. Its client hears 500. */
  readonly onBug?: (error: unknown) => void;
  /** The longest body of one request. Default: 64 MiB. */
  readonly bodyBytesMax?: number;
}

export interface HttpDoor {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly port: number;
  /** Takes no more connections and breaks those that are open. */
  readonly close: () => Promise<void>;
}

/** Opens the door. Rejects with node's own error (`EADDRINUSE`, `EACCES`) where it can't listen. */
export async function listen(options: ListenOptions): Promise<HttpDoor> {
  const { host, port } = options;
  const frame = new Frame({ bodyBytesMax: BODY_BYTES_MAX, ...options });
  const server = createServer(SERVER, (request, response) => void frame.serve(request, response));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => refuseBytes(error, socket as Socket));
  // What node would otherwise answer without a word, or not at all.
  server.on("checkExpectation", (request, response) => void frame.serve(request, response));
  server.on("connect", (_request, socket) => refuseBytes(new Error("a tunnel is asked for"), socket as Socket));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, backlog: 1024 }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const taken = (server.address() as AddressInfo).port;
  const name = host.includes(":") ? `[${host}]` : host;
  return { endpoint: `http://${name}:${taken}`, port: taken, close: () => closed(server) };
}

// --- internal ---

const BODY_BYTES_MAX = 64 << 20;

/** Clients keep connections for 90 s (Go, Rust) and longer; whoever closes first makes the other's next request fail. */
const SERVER = {
  keepAliveTimeout: 600_000,
  requestTimeout: 120_000,
  headersTimeout: 60_000,
  noDelay: true,
  requireHostHeader: false,
} as const;

/** Names that a bucket may stand in front of. */
const DOMAINS = ["localhost", "s3.amazonaws.com"];

class Frame {
  private count = 0;
  private readonly uploads = new Uploads();

  constructor(private readonly options: ListenOptions & { readonly bodyBytesMax: number }) {}

  /** Never rejects: whatever goes wrong is an answer. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.count += 1;
    const requestId = this.count.toString(16).toUpperCase().padStart(16, "0");
    const { bodyBytesMax, credentials } = this.options;
    const headers = request.headers as WireRequest["headers"];
    let wire: WireRequest = { method: request.method ?? "", bucket: "", key: "", query: {}, headers, body: undefined };
    let answer: WireResponse;
    try {
      checkHead(request);
      const raw = await readBody(request, bodyBytesMax);
      if (request.url?.startsWith("/-/") === true) {
        write(response, this.controlAnswer(request, raw), requestId);
        return;
      }
      wire = { ...wire, ...addressOf(request.url ?? "/", headers["host"], DOMAINS) };
      const { body, trailers } = decodeBody(request, raw, bodyBytesMax);
      const ofObject = request.method === "POST" && wire.query["uploadId"] !== undefined;
      const echoes = checkBody(headers, trailers, body, ofObject);
      if (credentials !== undefined) await verifySignature(wire, request.url ?? "", credentials, this.options.now());
      answer = await perform(this.callOf({ ...wire, body }, body, echoes, requestId, response));
    } catch (error) {
      answer = this.refused(error, this.callOf(wire, NOTHING, {}, requestId, response));
      // What of the body has not been read would be taken for the next request.
      if (!request.complete) response.setHeader("connection", "close");
    }
    write(response, answer, requestId);
  }

  private callOf(
    wire: WireRequest,
    bytes: Uint8Array,
    echoes: Call["echoes"],
    requestId: string,
    response: ServerResponse,
  ): Call {
    const { answer, buckets } = this.options;
    const caller: Caller = {
      accessKeyId: accessKeyIdOf(wire),
      bucket: wire.bucket,
      requestId,
      attempt: wire.headers["amz-sdk-request"],
      signedAt: amzDate(wire.headers["x-amz-date"] ?? wire.query["X-Amz-Date"]),
      onGone: (listener) => {
        response.once("close", () => {
          if (!response.writableEnded) listener();
        });
      },
    };
    return {
      wire,
      bytes,
      echoes,
      caller,
      buckets,
      uploads: this.uploads,
      send: (request) => answer(request, caller),
      sendTo: (bucket, request) => answer(request, { ...caller, bucket }),
    };
  }

  private controlAnswer({ method = "", url = "", socket }: IncomingMessage, raw: Buffer): WireResponse {
    const { control, credentials } = this.options;
    const near = /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "");
    if (control === undefined || (credentials !== undefined && !near)) throw new Refusal(403, "AccessDenied");
    const { status, document } = control(method, url, raw.toString("utf8"));
    const body = Buffer.from(`${JSON.stringify(document)}\n`);
    const headers = { "content-type": "application/json", "content-length": String(body.length) };
    return { status, headers, body };
  }

  private refused(error: unknown, call: Call): WireResponse {
    const date = Math.floor(this.options.now() / 1000) * 1000;
    if (error instanceof Refusal) return written(call, { status: error.status, code: error.code, date }, error.message);
    this.options.onBug?.(error);
    return written(call, { status: 500, code: "InternalError", date });
  }
}

const NOTHING = new Uint8Array();

/** What HTTP itself asks of a request (RFC 9112, 3.2; RFC 9110, 10.1.1). */
function checkHead({ httpVersion, headers }: IncomingMessage): void {
  if (httpVersion === "1.1" && headers.host === undefined) throw new Refusal(400, "BadRequest");
  if (!/^(100-continue)?$/i.test(headers.expect ?? "")) throw new Refusal(417, "BadRequest");
}

function write(response: ServerResponse, { status, headers, body }: WireResponse, requestId: string): void {
  // Not the response's own: one that waits behind another of the same connection has none yet.
  const { socket } = response.req;
  if (socket.destroyed) return;
  if (status === 0) {
    socket.resetAndDestroy();
    return;
  }
  response.setHeader("x-amz-request-id", requestId);
  response.writeHead(status, headers);
  if (body.byteLength === 0) response.end();
  // Where bytes wait with a `100 Continue` before them, node would put that between the head and the body; not so text.
  else if (response.socket === null) response.end(Buffer.from(body).toString("latin1"), "latin1");
  else response.end(body);
}

/** What is no HTTP never becomes a request: it is answered here, and the connection ends. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const timeout = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const large = error.code === "HPE_HEADER_OVERFLOW";
  const code = timeout ? "RequestTimeout" : large ? "RequestHeaderSectionTooLarge" : "BadRequest";
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${messageOf(code)}</Message></Error>`;
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/xml\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  socket.end(head + body);
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await ended;
}
