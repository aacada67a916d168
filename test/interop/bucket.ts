// One bucket behind an HTTP door, and clients of both kinds in it: ours through the real S3Client, the crate's as processes.
import { fileURLToPath } from "node:url";
import { openManifest } from "../../src/manifest/manifest.js";
import { bodyText } from "../../src/store/body.js";
import { systemClock } from "../../src/store/clock.js";
import { fixedBuckets } from "../../src/store/http/buckets.js";
import { listen } from "../../src/store/http/listen.js";
import { freshName } from "../../src/store/random.js";
import type { StoreRequest, StoreResponse } from "../../src/store/request.js";
import { sdkSend } from "../../src/store/sdk.js";
import { createS3Client } from "../../src/store/sdk-client.js";
import { SimulatedStore } from "../../src/store/simulated.js";
import { askingClient } from "../../src/targets/program/asking.js";
import { TargetProcess } from "../../src/targets/program/process.js";
import type { Client } from "../../src/targets/target.js";

const BUCKET = "interop";
const PREFIX = "shared";
export const TTL_MS = 10_000;

/** The crate's processes are found from the repository's root. */
const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Bucket {
  /** The store's clock, ahead of the machine's (or behind: then what the crate waits for by its own clock is over at once). */
  aheadMs: number;
  /** Answers in the store's place, where it answers. */
  instead: (request: StoreRequest) => Promise<StoreResponse | undefined>;
  readonly ours: () => { readonly client: Client; readonly warnings: readonly string[] };
  /** `env`: further settings of the program. */
  readonly crate: (program: string, env?: Readonly<Record<string, string>>) => Client & { readonly kill: () => void };
  /** The names below the manifest's prefix that start so. */
  readonly names: (start: string) => readonly string[];
  /** An object as JSON. */
  readonly read: (name: string) => Readonly<Record<string, unknown>>;
  readonly close: () => Promise<void>;
}

export async function openBucket(): Promise<Bucket> {
  const processes: TargetProcess[] = [];
  const now = (): number => systemClock.now() + bucket.aheadMs;
  const store = new SimulatedStore({ now });
  const door = await listen({
    host: "127.0.0.1",
    port: 0,
    buckets: fixedBuckets(BUCKET),
    now,
    answer: async (request) => (await bucket.instead(request)) ?? store.apply(request),
  });
  const credentials = { accessKeyId: "interop", secretAccessKey: "tOpSeCrEt" };
  const s3 = await createS3Client({ endpoint: door.endpoint, region: "us-east-1", credentials });
  const send = await sdkSend(s3, BUCKET);
  const bucket: Bucket = {
    aheadMs: 0,
    instead: async () => undefined,
    ours: () => {
      const warnings: string[] = [];
      const warn = (message: string): unknown => warnings.push(message);
      const clock = { now: systemClock.now, sleep: async () => undefined };
      const own = { send, clock, nonce: freshName, prefix: `${PREFIX}/`, leaseTtlMs: TTL_MS, warn };
      return { client: openManifest(own), warnings };
    },
    crate: (program, env = {}) => {
      const process = new TargetProcess({
        command: `${root}${program}`,
        startMs: 30_000,
        env: {
          MANIFEST_ENDPOINT: door.endpoint,
          MANIFEST_BUCKET: BUCKET,
          MANIFEST_PREFIX: PREFIX,
          MANIFEST_LEASE_TTL_MS: String(TTL_MS),
          AWS_REGION: "us-east-1",
          AWS_ACCESS_KEY_ID: `crate${processes.length}`,
          AWS_SECRET_ACCESS_KEY: "tOpSeCrEt",
          ...env,
        },
      });
      processes.push(process);
      return { ...askingClient((request) => process.ask(request)), kill: () => process.kill() };
    },
    names: (start) =>
      store
        .content()
        .map(([key]) => key.slice(PREFIX.length + 1))
        .filter((name) => name.startsWith(start)),
    read: (name) => {
      const found = store.apply({ method: "GET", key: `${PREFIX}/${name}` });
      return JSON.parse(found.body === undefined ? "{}" : bodyText(found.body));
    },
    close: async () => {
      for (const process of processes) process.kill();
      s3.destroy();
      await door.close();
    },
  };
  return bucket;
}

/** One transaction; null deletes. `reading`: it looks at these keys first. */
export async function commit(
  client: Client,
  changes: Readonly<Record<string, string | null>>,
  reading: readonly string[] = [],
): Promise<unknown> {
  await client.begin("write");
  for (const key of reading) await client.get(key);
  for (const [key, value] of Object.entries(changes))
    await (value === null ? client.delete(key) : client.put(key, value));
  return client.commit();
}

/** The whole state as a session of its own sees it, or the answer where that is no `ok`. */
export async function state(client: Client): Promise<unknown> {
  await client.begin("read");
  const seen = await scan(client);
  await client.end();
  return seen;
}

/** The same in a session that is open. */
export async function scan(client: Client): Promise<unknown> {
  const answer = await client.scan();
  return "ok" in answer ? Object.fromEntries(answer.ok.entries) : answer;
}

/** One key as a session of its own sees it. */
export async function value(client: Client, key: string): Promise<unknown> {
  await client.begin("read");
  const answer = await client.get(key);
  await client.end();
  return "ok" in answer ? answer.ok.value : answer;
}
