// Clients that nobody here wrote, on `serve` with signatures verified: boto3 and the AWS command line; and the whole of
// S3's contract there, through the SDK for JavaScript.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Served, serve } from "../src/run/serve/serve.js";
import { sdkSend } from "../src/store/sdk.js";
import { createS3Client } from "../src/store/sdk-client.js";
import { storeConformance } from "./conformance/store.js";
import { pythonWithBoto3 } from "./servers/boto3.js";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-clients-"));
const credentials = { accessKeyId: "me", secretAccessKey: "tOpSeCrEt" };
const bugs: unknown[] = [];
const onBug = (error: unknown): unknown => bugs.push(error);
let python: string;
let served: Served;

beforeAll(async () => {
  python = await pythonWithBoto3();
  served = await serve({ credentials, onBug });
}, 400_000);
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
  expect(bugs).toEqual([]);
});

/** Without this machine's own AWS settings. */
const environment = () => ({
  PATH: process.env["PATH"] ?? "",
  HOME: folder,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_DEFAULT_REGION: "eu-west-1",
  AWS_ENDPOINT_URL: served.endpoint,
});

storeConformance("serve, signed and kept on disk", async () => {
  const { endpoint, bucket, close } = await serve({ credentials, onBug, dataFolder: join(folder, "data") });
  const client = await createS3Client({ endpoint, region: "eu-west-1", credentials });
  const end = async () => {
    client.destroy();
    await close();
  };
  return { send: await sdkSend(client, bucket), prefix: "suite/", close: end };
});

test("boto3: objects, conditions, checksums, copies, pages, parts, deletions", async () => {
  const script = fileURLToPath(new URL("clients/with_boto3.py", import.meta.url));
  const env = { ...environment(), ENDPOINT: served.endpoint, BUCKET: served.bucket };
  const { stdout, stderr } = await run(python, [script], { env });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    "create bucket": 200,
    "list buckets": ["another-bucket", served.bucket],
    "delete bucket": 204,
    put: 200,
    get: ["höre", { by: "me" }, "x/y", true],
    head: 5,
    "get range": "h",
    "head range": [4, "bytes 1-4/5"],
    "get missing": [404, "NoSuchKey"],
    "head missing": [404, "404"],
    "missing bucket": [404, "NoSuchBucket"],
    "if none match, there": [412, "PreconditionFailed"],
    "if none match, absent": 200,
    "if match, stale": [412, "PreconditionFailed"],
    "if match, good": 200,
    "if match, absent": [404, "NoSuchKey"],
    "get, not modified": [304, "304"],
    "checksum CRC32": 200,
    "checksum SHA1": 200,
    "checksum SHA256": 200,
    "checksum wrong": [400, "BadDigest"],
    copy: 200,
    copied: ["höre", { by: "me" }],
    pages: [
      ["list/0", "list/1", "list/2", "list/3"],
      ["list/4", "list/deep/0"],
    ],
    delimiter: [5, ["list/deep/"]],
    "list v1": 6,
    "create upload": 200,
    "part 1": 200,
    "part 2": 200,
    "complete upload": true,
    "of parts": 3,
    "part by number": ["end", 2],
    "no such part": [416, "InvalidPartNumber"],
    "copy part": 34,
    "abort upload": 204,
    transfer: true,
    "control characters": ["control \u0001\u001b"],
    "signed url": [[200, ""], [200, "hi"], 403, 403],
    "wrong version": [400, "InvalidArgument"],
    "only version": 200,
    delete: 204,
    "delete missing": 204,
    "delete objects": [true, []],
    empty: 0,
  });
});

test("the AWS command line: cp, in parts too, ls, put-object under a condition, rm", async () => {
  const aws = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(join(dirname(python), "aws"), args, { env: environment(), cwd: folder });
    return stdout;
  };
  const at = `s3://${served.bucket}/dir`;
  // Above 8 MiB it uploads in parts.
  const large = Buffer.alloc(9_000_000, "0123456789abcdef ");
  writeFileSync(join(folder, "large"), large);
  writeFileSync(join(folder, "small"), "hello\n");
  await aws("s3", "cp", "--quiet", "large", `${at}/large`);
  await aws("s3", "cp", "--quiet", "small", `${at}/small`);
  expect(await aws("s3", "ls", `${at}/`)).toMatch(/ 9000000 large\n.* 6 small\n$/);
  await aws("s3", "cp", "--quiet", `${at}/large`, "back");
  expect(readFileSync(join(folder, "back")).equals(large)).toBe(true);
  const again = aws("s3api", "put-object", "--bucket", served.bucket, "--key", "dir/small", "--if-none-match", "*");
  await expect(again).rejects.toThrow("PreconditionFailed");
  await aws("s3", "rm", "--quiet", "--recursive", at);
  expect(await aws("s3", "ls", `s3://${served.bucket}`)).toBe("");
});
