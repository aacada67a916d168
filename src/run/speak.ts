// Our own manifest as a program: reads requests as JSON lines, answers each, and talks to S3 through the real S3Client.
import type { Answer } from "../manifest/answer.js";
import { systemClock } from "../store/clock.js";
import { freshName } from "../store/random.js";
import { sdkSend } from "../store/sdk.js";
import { createS3Client } from "../store/sdk-client.js";
import type { Client, Target } from "../targets/target.js";

/** What the program is told by its environment. */
export interface SpeakOptions {
  readonly endpoint: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly leaseTtlMs: number;
  /** What speaks: the manifest that ships, or a planted bug. */
  readonly target: Target;
  /** See `Environment.warn`. */
  readonly warn: (message: string) => void;
}

/** A request as it comes; what it lacks is answered with `fail`. */
interface Request {
  readonly id: number;
  readonly op: string;
  readonly mode?: "read" | "write";
  readonly key?: string;
  readonly value?: string;
  readonly prefix?: string;
  readonly lease_ttl_ms?: number;
}

const OPS = ["begin", "get", "scan", "put", "delete", "commit", "end", "compact", "gc", "recover", "open"] as const;

/** Answers every line until there are no more. `write` takes one line without its end. */
export async function speak(
  lines: AsyncIterable<string>,
  write: (line: string) => void,
  options: SpeakOptions,
): Promise<void> {
  const client = await createS3Client({ endpoint: options.endpoint, region: options.region });
  const send = await sdkSend(client, options.bucket);
  const start = (prefix: string, leaseTtlMs: number): Client =>
    options.target.open({
      send,
      clock: systemClock,
      nonce: freshName,
      prefix: `${prefix}/`,
      leaseTtlMs,
      warn: options.warn,
    });
  let manifest = start(options.prefix, options.leaseTtlMs);
  write(JSON.stringify({ ready: { protocol: 1, name: "manifest-chaos", ops: OPS } }));
  for await (const line of lines) {
    const request = JSON.parse(line) as Request;
    if (request.op === "open") {
      manifest = start(request.prefix ?? options.prefix, request.lease_ttl_ms ?? options.leaseTtlMs);
      write(JSON.stringify({ id: request.id, ok: {} }));
    } else write(JSON.stringify({ id: request.id, ...(await answer(manifest, request)) }));
  }
  client.destroy();
}

// --- internal ---

function answer(manifest: Client, { op, mode, key = "", value = "" }: Request): Promise<Answer<object>> {
  switch (op) {
    case "begin":
      return manifest.begin(mode ?? "read");
    case "get":
    case "delete":
      return manifest[op](key);
    case "put":
      return manifest.put(key, value);
    case "scan":
    case "commit":
    case "end":
    case "compact":
    case "gc":
    case "recover":
      return manifest[op]();
    default:
      return Promise.resolve({ fail: { error: "unsupported", message: `there is no operation "${op}"` } });
  }
}
