// `check --endpoint` against a real server: verdicts, what it leaves behind, what it says of endpoints that are none.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sdkSend } from "../src/store/sdk.js";
import { createS3Client } from "../src/store/sdk-client.js";
import { type Server, startVersitygw } from "./servers/versitygw.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const check = (folder: string, keys: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> =>
  run(folder, keys, "check", "--seed", "1", "--json", ...args);

/** Runs a command with nothing of this machine's AWS settings. */
function run(folder: string, keys: Readonly<Record<string, string>>, ...args: string[]): Promise<Ended> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, AWS_EC2_METADATA_DISABLED: "true", ...keys };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-"));
let server: Server;
let website: HttpServer;
let keys: Record<string, string>;

export function checkOnServer(program: string): void {
  beforeAll(async () => {
    server = await startVersitygw(program);
    keys = {
      AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
    };
    website = createServer((_request, response) => response.end("<html>hello</html>"));
    await new Promise<void>((resolve) => website.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await server.stop();
    website.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("comes to the same runs as the simulated store, and leaves nothing", async () => {
    const on = await check(folder, keys, "--runs", "12", "--endpoint", `${server.endpoint}/${server.bucket}`);
    expect(on.stderr).toBe("nothing is left on the server\n");
    expect(on.status).toBe(0);
    const [real, simulated] = [JSON.parse(on.stdout), JSON.parse((await check(folder, {}, "--runs", "12")).stdout)];
    for (const part of ["verdict", "runs", "steps", "reached", "struck"])
      expect(real[part], part).toEqual(simulated[part]);
    const client = await createS3Client(server);
    const send = await sdkSend(client, server.bucket);
    expect((await send({ method: "LIST", key: "" })).page?.entries).toEqual([]);
    client.destroy();
  });

  test("finds a planted bug there too", async () => {
    const { status, stdout } = await check(
      folder,
      keys,
      "--target",
      "lost-update",
      "--endpoint",
      `${server.endpoint}/${server.bucket}`,
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout).violation.trace).toMatch(/lost-update/);
  });

  test("makes its own bucket where none is named, and takes it away again", async () => {
    expect(await check(folder, keys, "--runs", "2", "--endpoint", server.endpoint)).toMatchObject({
      status: 0,
      stderr: "nothing is left on the server\n",
    });
  });

  courtesies();
  refusals();
}

function courtesies(): void {
  test("--keep leaves the objects, and says so", async () => {
    const { status, stderr } = await check(folder, keys, "--runs", "1", "--keep", "--endpoint", server.endpoint);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^left on the server: \d+ objects under manifest-chaos\//);
  });

  test("doctor: this server keeps what is needed; the secret stays secret", async () => {
    const { status, stdout, stderr } = await run(folder, keys, "doctor", "--json", "--endpoint", server.endpoint);
    const { settings, promises, clockSkewMs } = JSON.parse(stdout);
    expect(status).toBe(0);
    const needed = promises.filter((promise: { needed: boolean }) => promise.needed);
    expect(needed.filter(({ kept }: { kept: boolean }) => !kept)).toEqual([]);
    expect(settings).toContainEqual({ name: "endpoint", value: server.endpoint, source: "--endpoint" });
    expect(settings).toContainEqual({ name: "access key id", value: "****test", source: "environment" });
    expect(Math.abs(clockSkewMs)).toBeLessThan(60_000);
    expect(stdout + stderr).not.toContain(server.credentials.secretAccessKey);
  });
}

function refusals(): void {
  test("says what is wrong with an endpoint, exit 69, and never shows a secret", async () => {
    const port = (website.address() as AddressInfo).port;
    const wrong = { ...keys, AWS_SECRET_ACCESS_KEY: "wrong-tOpSeCrEt" };
    const answers = await Promise.all([
      check(folder, keys, "--endpoint", "http://127.0.0.1:9"),
      check(folder, keys, "--endpoint", `http://127.0.0.1:${port}`),
      check(folder, wrong, "--endpoint", server.endpoint),
      check(folder, {}, "--endpoint", server.endpoint),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([69, 69, 69, 69]);
    expect(answers.map(({ stdout }) => stdout)).toEqual(["", "", "", ""]);
    const [nobody, html, refused, none] = answers.map(({ stderr }) => stderr);
    expect(nobody).toContain("does not answer");
    expect(html).toContain("does not behave like S3");
    expect(refused).toContain("credentials were refused");
    expect(none).toContain("no credentials were found");
    expect(answers.map(({ stderr }) => stderr).join()).not.toMatch(/wrong-tOpSeCrEt|tOpSeCrEt123/);
  });

  test("an endpoint that is no URL is wrong usage", async () => {
    const { status, stderr } = await check(folder, keys, "--endpoint", "versity");
    expect(status).toBe(64);
    expect(stderr).toContain("--endpoint takes a URL");
  });
}
