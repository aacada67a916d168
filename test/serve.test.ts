// `serve` as its users meet it: what it prints, how it ends, what outlives a SIGKILL, faults from outside, signatures.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { serve } from "../src/run/serve/serve.js";
import { sdkSend } from "../src/store/sdk.js";
import { createS3Client } from "../src/store/sdk-client.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-serve-"));
const children = new Set<ChildProcess>();
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const close of closers.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the program, and resolves with its first line, or with how it ended before. */
async function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, "serve", ...args], { cwd: folder, env: { PATH: "", ...env } });
  children.add(child);
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve)),
    ended.then(() => "{}"),
  ]);
  const { endpoint = "", bucket = "" } = JSON.parse(line) as { endpoint?: string; bucket?: string };
  return { child, endpoint, bucket, ended, errors: () => errors };
}

/** A server in this process. */
async function opened(options: Parameters<typeof serve>[0] = {}) {
  const served = await serve(options);
  closers.push(served.close);
  const at = (key: string) => `${served.endpoint}/${served.bucket}/${key}`;
  const put = (key: string, body: string, headers: Record<string, string> = {}) =>
    fetch(at(key), { method: "PUT", body, headers });
  const control = async (path: string, document?: unknown) => {
    const init = document === undefined ? {} : { method: "PUT", body: JSON.stringify(document) };
    const response = await fetch(`${served.endpoint}/-/${path}`, init);
    return { status: response.status, document: await response.json() };
  };
  return { ...served, at, put, control };
}

describe("the program", () => {
  test("says where it listens, serves, and ends well when it is told to", async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      const { child, endpoint, bucket, ended } = await start([]);
      expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(bucket).toBe("manifest-chaos");
      expect((await fetch(`${endpoint}/${bucket}/a`, { method: "PUT", body: "x" })).status).toBe(200);
      child.kill(signal);
      expect(await ended).toBe(0);
    }
  });

  test("a port that is taken is 69, and says so", async () => {
    const { endpoint } = await start([]);
    const second = await start(["--port", new URL(endpoint).port]);
    expect(await second.ended).toBe(69);
    expect(second.errors()).toContain("another program listens there");
  });

  test("an address that others reach needs credentials", async () => {
    const { ended, errors } = await start(["--host", "0.0.0.0"]);
    expect(await ended).toBe(64);
    expect(errors()).toContain("credentials are needed");
  });

  test.each([
    [["--fault", "no-such"], 'fault "no-such" can\'t be done here'],
    [["--fault", "crash-before"], "can't be done here"],
    [["--fault", "refused-503,every=x"], '"every"'],
    [["--personality", "stale-lisp"], "did you mean stale-list?"],
    [["--port", "65536"], "--port takes a whole number"],
  ])("%j is wrong usage", async (args, message) => {
    const { ended, errors } = await start(args);
    expect(await ended).toBe(64);
    expect(errors()).toContain(message);
  });
});

/** Uploads an object of two parts, the second "end". Answers the last status. */
async function inTwoParts(url: string): Promise<number> {
  const textOf = async (path: string, init: RequestInit) => (await fetch(url + path, init)).text();
  const id = /<UploadId>(.*)<\/UploadId>/.exec(await textOf("?uploads", { method: "POST" }))?.[1];
  const bodies = ["a".repeat(5 << 20), "end"];
  const named: string[] = [];
  for (const [index, body] of bodies.entries()) {
    const { headers } = await fetch(`${url}?partNumber=${index + 1}&uploadId=${id}`, { method: "PUT", body });
    named.push(`<Part><PartNumber>${index + 1}</PartNumber><ETag>${headers.get("etag")}</ETag></Part>`);
  }
  const body = `<CompleteMultipartUpload>${named.join("")}</CompleteMultipartUpload>`;
  return (await fetch(`${url}?uploadId=${id}`, { method: "POST", body })).status;
}

describe("serve --fault refused-503,every=10, which perf names and docs/serve.md has", () => {
  const example = "refused-503,every=10";

  test("refuses each tenth request of a client, from the first, and counts them; a client that asks again sees none", async () => {
    expect(readFileSync(new URL("../docs/serve.md", import.meta.url), "utf8")).toContain(`--fault "${example}"`);
    const { endpoint, bucket } = await start(["--fault", example]);
    const statuses: number[] = [];
    for (let n = 0; n < 25; n += 1) {
      const response = await fetch(`${endpoint}/${bucket}/k${n}`, { method: "PUT", body: "x" });
      if (response.status !== 200) expect(await response.text()).toContain("<Code>SlowDown</Code>");
      statuses.push(response.status);
    }
    expect(statuses.flatMap((status, n) => (status === 503 ? [n] : []))).toEqual([0, 10, 20]);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const state = await (await fetch(`${endpoint}/-/state`)).json();
    expect(state).toMatchObject({ requests: 25, faults: [{ kind: "refused-503", every: 10, struck: 3 }] });
    const keys = { accessKeyId: "me", secretAccessKey: "tOpSeCrEt" };
    const client = new S3Client({ endpoint, region: "us-east-1", credentials: keys, forcePathStyle: true });
    for (let n = 0; n < 10; n += 1) await client.send(new PutObjectCommand({ Bucket: bucket, Key: "a", Body: `${n}` }));
    client.destroy();
  });

  test("perf by the wall clock runs on it, judges, and leaves nothing", async () => {
    const { endpoint } = await start(["--fault", example]);
    const keys = { AWS_ACCESS_KEY_ID: "me", AWS_SECRET_ACCESS_KEY: "tOpSeCrEt" };
    const flags = ["--duration", "2s", "--warm-up", "0", "--rate", "4", "--endpoint", endpoint, "--out", "faulty"];
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, ...keys };
    const perf = promisify(execFile)(process.execPath, [main, "perf", "baseline", ...flags, "--json"], {
      cwd: folder,
      env,
    });
    const { stdout, stderr } = await perf;
    expect(stderr).toContain("nothing is left on the server");
    const [row] = JSON.parse(stdout).results[0].rows;
    expect(row).toMatchObject({ verdict: "valid", clock: "wall" });
    expect(row.writes_ok).toBeGreaterThan(0);
    const state = await (await fetch(`${endpoint}/-/state`)).json();
    expect(state).toMatchObject({ buckets: ["manifest-chaos"], faults: [{ struck: expect.any(Number) }] });
  });
});

describe("--data", () => {
  test("a SIGKILL under load loses nothing that was acknowledged", async () => {
    const data = join(folder, "killed");
    const first = await start(["--data", data]);
    const acknowledged = new Map<string, number>();
    const writer = async (id: number) => {
      for (let n = 0; ; n += 1) {
        const key = `w${id}/k${n % 7}`;
        const body = `${n}`;
        const response = await fetch(`${first.endpoint}/${first.bucket}/${key}`, { method: "PUT", body });
        if (response.status === 200) acknowledged.set(key, n);
      }
    };
    const writers = Array.from({ length: 8 }, (_, id) => writer(id).catch(() => undefined));
    await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBe(56);
    first.child.kill("SIGKILL");
    await Promise.all(writers);
    const second = await start(["--data", data]);
    for (const [key, n] of acknowledged) {
      const text = await (await fetch(`${second.endpoint}/${second.bucket}/${key}`)).text();
      // The next one may have been applied, and its answer lost.
      expect([n, n + 7]).toContain(Number(text));
    }
  });

  test("dates, ETags, metadata, bytes, deletions and buckets come back", async () => {
    const dataFolder = join(folder, "kept");
    const first = await serve({ dataFolder });
    const at = (key: string) => `/${first.bucket}/${key}`;
    const bytes = Uint8Array.from([0, 255, 10, 13]);
    const headers = { "content-type": "x/y", "cache-control": "no-store", "x-amz-meta-by": "me" };
    await fetch(first.endpoint + at("a"), { method: "PUT", body: bytes, headers });
    const uploaded = await inTwoParts(first.endpoint + at("parts"));
    await fetch(first.endpoint + at("b"), { method: "PUT", body: "b" });
    await fetch(first.endpoint + at("b"), { method: "DELETE" });
    await fetch(`${first.endpoint}/other`, { method: "PUT" });
    const before = await fetch(first.endpoint + at("a"));
    await first.close();
    const second = await serve({ dataFolder });
    closers.push(second.close);
    const after = await fetch(second.endpoint + at("a"));
    for (const name of ["etag", "last-modified", "content-type", "cache-control", "x-amz-meta-by"]) {
      expect(after.headers.get(name)).toBe(before.headers.get(name));
    }
    expect([...new Uint8Array(await after.arrayBuffer())]).toEqual([...bytes]);
    expect(uploaded).toBe(200);
    const last = await fetch(`${second.endpoint}${at("parts")}?partNumber=2`);
    expect([await last.text(), last.headers.get("x-amz-mp-parts-count")]).toEqual(["end", "2"]);
    expect((await fetch(second.endpoint + at("b"))).status).toBe(404);
    expect((await fetch(`${second.endpoint}/other`, { method: "HEAD" })).status).toBe(200);
    await expect(serve({ dataFolder })).rejects.toThrow(/is serving it/);
  });
});

describe("faults and personalities", () => {
  test("strike the requests that they name, and the state counts them", async () => {
    const { put, control, at } = await opened({
      faults: [{ kind: "refused-503", request: "PUT a", nth: 1, every: 2 }],
    });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await put("a", "x")).status);
    expect(statuses).toEqual([200, 503, 200, 503, 200]);
    expect((await control("state")).document).toMatchObject({
      requests: 5,
      faults: [{ kind: "refused-503", struck: 2 }],
    });
    await control("faults", [{ kind: "response-lost", client: "client-1" }]);
    const authorization = "AWS4-HMAC-SHA256 Credential=client-1/20240101/us-east-1/s3/aws4_request, Signature=0";
    expect((await put("b", "other client")).status).toBe(200);
    await expect(put("b", "applied", { authorization })).rejects.toThrow();
    expect(await (await fetch(at("b"))).text()).toBe("applied");
  });

  test("a personality is put on and taken off", async () => {
    const { put, control } = await opened({ personalities: ["precondition-ignored"] });
    const onlyNew = { "if-none-match": "*" };
    expect([(await put("a", "1")).status, (await put("a", "2", onlyNew)).status]).toEqual([200, 200]);
    expect((await control("personalities", [])).status).toBe(200);
    expect((await put("a", "3", onlyNew)).status).toBe(412);
    expect((await control("personalities", ["no-such"])).status).toBe(400);
  });

  test("the store's clock can be moved", async () => {
    const { put, control, at } = await opened();
    await put("a", "x");
    await control("clock", { aheadMs: 86_400_000 });
    const { headers } = await fetch(at("a"));
    const ahead = Date.parse(headers.get("date") ?? "") - Date.parse(headers.get("last-modified") ?? "");
    expect(ahead).toBeGreaterThanOrEqual(86_400_000);
    expect((await control("clock", { aheadMs: "soon" })).status).toBe(400);
    expect((await control("nothing")).status).toBe(404);
  });
});

describe("signatures", () => {
  const credentials = { accessKeyId: "me", secretAccessKey: "tOpSeCrEt" };
  const sender = async (endpoint: string, bucket: string, secretAccessKey = "tOpSeCrEt", accessKeyId = "me") => {
    const client = await createS3Client({
      endpoint,
      region: "eu-west-1",
      credentials: { accessKeyId, secretAccessKey },
    });
    closers.push(async () => client.destroy());
    return sdkSend(client, bucket);
  };

  test("are verified where credentials are given", async () => {
    const { endpoint, bucket, put } = await opened({ credentials });
    const send = await sender(endpoint, bucket);
    expect(await send({ method: "PUT", key: "a b/+ü", body: "x", metadata: { by: "me" } })).toMatchObject({
      status: 200,
    });
    expect(await send({ method: "GET", key: "a b/+ü" })).toMatchObject({ status: 200, body: "x" });
    expect(await send({ method: "LIST", key: "a b/", maxKeys: 3 })).toMatchObject({ status: 200 });
    const wrong = await sender(endpoint, bucket, "wrong-tOpSeCrEt");
    expect(await wrong({ method: "GET", key: "a" })).toMatchObject({ status: 403, code: "SignatureDoesNotMatch" });
    const stranger = await sender(endpoint, bucket, "tOpSeCrEt", "stranger");
    expect(await stranger({ method: "GET", key: "a" })).toMatchObject({ status: 403, code: "InvalidAccessKeyId" });
    expect((await put("a", "x")).status).toBe(403);
  });
});
