// `serve`: the simulated store as an S3 endpoint, with faults, personalities, and a folder that outlives the process.
import { mkdirSync } from "node:fs";
import { systemClock } from "../../store/clock.js";
import { type HttpDoor, listen } from "../../store/http/listen.js";
import type { Credentials } from "../../store/http/signature.js";
import { JournalError } from "../../store/journal-line.js";
import { lockFolder } from "../../store/lock.js";
import { ServedBuckets } from "../../store/served-buckets.js";
import { controlled } from "./control.js";
import { carriedOut, type ServedFault, ServedFaults } from "./served-faults.js";

export interface ServeOptions {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, a free one. */
  readonly port?: number;
  /** The bucket that is there from the start. Default: `manifest-chaos`. Clients may make others. */
  readonly bucket?: string;
  /** Where everything is kept. Left out: in memory alone. */
  readonly dataFolder?: string;
  /** Given: every request has to be signed with them. Needed where `host` is no loopback address. */
  readonly credentials?: Credentials;
  readonly faults?: readonly ServedFault[];
  readonly personalities?: readonly string[];
  readonly onBug?: (error: unknown) => void;
}

export interface Served {
  readonly endpoint: string;
  readonly bucket: string;
  /** Ends all connections; what was acknowledged is on disk. */
  readonly close: () => Promise<void>;
}

/** What stands in the way of serving, in one sentence. `data`: the folder is at fault, not the machine. */
export class ServeError extends Error {
  override readonly name = "ServeError";
  constructor(
    readonly kind: "usage" | "data" | "unavailable",
    message: string,
  ) {
    super(message);
  }
}

/** Starts a server. Throws `ServeError`, and RangeError for a personality that there is none of. */
export async function serve(options: ServeOptions = {}): Promise<Served> {
  const { host = "127.0.0.1", port = 0, bucket = "manifest-chaos", credentials, dataFolder } = options;
  if (!isLoopback(host) && credentials === undefined) {
    throw new ServeError(
      "usage",
      `--host ${host} can be reached by others: credentials are needed, and requests signed with them`,
    );
  }
  const clock = { aheadMs: 0 };
  const now = (): number => systemClock.now() + clock.aheadMs;
  const buckets = new ServedBuckets(now);
  const faults = new ServedFaults();
  const tally = { requests: 0, personalities: options.personalities ?? [] };
  const behave = (names: readonly string[]): void => {
    buckets.behave(names);
    tally.personalities = names;
  };
  behave(tally.personalities);
  faults.set(options.faults ?? []);
  const unlock = dataFolder === undefined ? undefined : await keep(buckets, dataFolder);
  await buckets.create(bucket);
  const state = () => ({ bucket, buckets: buckets.names(), ...tally, faults: faults.state(), ...clock });
  const control = { faults, personalities: { get: () => tally.personalities, set: behave }, clock, state };
  const door = await opened(host, port, () =>
    listen({
      host,
      port,
      buckets,
      now,
      ...(credentials === undefined ? {} : { credentials }),
      ...(options.onBug === undefined ? {} : { onBug: options.onBug }),
      control: (method, path, body) => controlled(control, method, path, body),
      answer: (request, caller) => {
        tally.requests += 1;
        const apply = () => buckets.apply(caller.bucket, request);
        const ruling = faults.rulingOn(caller.accessKeyId, request);
        return ruling === undefined ? apply() : carriedOut(ruling, request, apply);
      },
    }),
  ).catch(async (error: unknown) => {
    await buckets.close();
    unlock?.();
    throw error;
  });
  const close = async (): Promise<void> => {
    await door.close();
    await buckets.close();
    unlock?.();
  };
  return { endpoint: door.endpoint, bucket, close };
}

/** True for addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);

// --- internal ---

/** Reads the folder, and takes it for this process. Answers how to give it back. */
async function keep(buckets: ServedBuckets, folder: string): Promise<() => void> {
  try {
    mkdirSync(folder, { recursive: true });
    const lock = lockFolder(folder);
    if ("holder" in lock) throw new ServeError("unavailable", `--data ${folder}: process ${lock.holder} is serving it`);
    await buckets.keepIn(folder);
    return lock.release;
  } catch (error) {
    if (error instanceof JournalError) throw new ServeError("data", error.message);
    if (error instanceof ServeError) throw error;
    throw new ServeError("data", `--data ${folder}: ${error instanceof Error ? error.message : error}`);
  }
}

async function opened(host: string, port: number, open: () => Promise<HttpDoor>): Promise<HttpDoor> {
  try {
    return await open();
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const why: Readonly<Record<string, string>> = {
      EADDRINUSE: "another program listens there; --port 0 takes a free one",
      EACCES: "this user may not listen there; ports from 1024 on are free for all",
      EADDRNOTAVAIL: "this machine has no such address",
      ENOTFOUND: "there is no such host",
    };
    throw new ServeError("unavailable", `can't listen on ${host}, port ${port}: ${why[code] ?? message}`);
  }
}
