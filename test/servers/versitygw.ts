// A real S3 server for tests: versitygw, installed with `go install` and kept in .cache/bin between runs.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { createS3Client } from "../../src/store/sdk-client.js";

const VERSION = "v1.8.0";
const MODULE = "github.com/versity/versitygw";

export interface Server {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly stop: () => Promise<void>;
}

/** The program's path, or why there is none. The first time takes some minutes. */
export type Installed = { readonly program: string } | { readonly program: undefined; readonly reason: string };

const cache = fileURLToPath(new URL("../../.cache/", import.meta.url));
const bin = join(cache, "bin");
const credentials = { accessKeyId: "test", secretAccessKey: "tOpSeCrEt123" };
const region = "us-east-1";
const bucket = "conformance";

export async function installVersitygw(): Promise<Installed> {
  const program = join(bin, "versitygw");
  try {
    await run("go", ["version"]);
  } catch {
    return { program: undefined, reason: "go is not installed" };
  }
  const built = await run("go", ["version", "-m", program]).catch(() => undefined);
  if (built?.stdout.includes(`${MODULE}\t${VERSION}\t`)) return { program };
  try {
    await mkdir(bin, { recursive: true });
    await run("go", ["install", `${MODULE}/cmd/versitygw@${VERSION}`], { env: { ...process.env, GOBIN: bin } });
    return { program };
  } catch (error) {
    const [line = ""] = String((error as { stderr?: string }).stderr ?? error).split("\n");
    return { program: undefined, reason: `go can't install versitygw: ${line}` };
  }
}

/** A server of one's own on a free port of this machine, with an empty bucket. */
export async function startVersitygw(program: string): Promise<Server> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "versitygw-"));
  const address = `127.0.0.1:${await freePort()}`;
  const { accessKeyId, secretAccessKey } = credentials;
  const flags = ["--access", accessKeyId, "--secret", secretAccessKey, "--port", address, "--quiet", "--keep-alive"];
  const child = spawn(program, [...flags, "posix", folder], { stdio: "ignore" });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  const server = { endpoint: `http://${address}`, region, bucket, credentials, stop };
  try {
    await answers(server, child);
    await createBucket(server);
    return server;
  } catch (error) {
    await stop();
    throw error;
  }
}

// --- internal ---

const run = promisify(execFile);

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Any answer will do: without a signature it is a refusal. */
async function answers({ endpoint }: Server, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`versitygw ended with ${child.exitCode}`);
    const response = await fetch(endpoint).catch(() => undefined);
    if (response !== undefined) {
      await response.arrayBuffer();
      return;
    }
    await sleep(50);
  }
  throw new Error("versitygw does not answer");
}

async function createBucket({ endpoint }: Server): Promise<void> {
  const client = await createS3Client({ endpoint, region, credentials });
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } finally {
    client.destroy();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
