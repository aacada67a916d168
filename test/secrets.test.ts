// No secret gets out: every command that sees credentials, and every byte that it prints or writes to a file.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Served, serve } from "../src/run/serve/serve.js";
import { FORMS, formsIn, MARKER } from "./secret.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const typescript = fileURLToPath(new URL("../dist/targets/typescript/manifest.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-secrets-"));
const home = mkdtempSync(join(tmpdir(), "manifest-chaos-home-"));

/** Where a reader of the file might cut it, the marker stands on both sides. */
const SECRET = `${MARKER}#${MARKER};${MARKER}=${MARKER}/${MARKER}+"${MARKER}`;
const WRONG = `wrong${SECRET}`;
const KEY_ID = "AKIAHUSH00076543";
/** One character more than may be shown. */
const TOO_MUCH_OF_ID = KEY_ID.slice(-5);
const keys = { AWS_ACCESS_KEY_ID: KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: SECRET };
const profile = `aws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${SECRET}\naws_session_token = ${SECRET}\n`;

mkdirSync(join(home, ".aws"));
writeFileSync(
  join(home, ".aws", "credentials"),
  `[default]\n${profile}[my prof]\n${profile}[odd]\ncredential_process = no-such-program --password ${MARKER}\n`,
);
writeFileSync(
  join(home, ".aws", "config"),
  `[profile far]\nendpoint_url = http://me:${MARKER}@127.0.0.1:9\n${profile}`,
);

type Env = Readonly<Record<string, string>>;

/** Runs a command; what it prints lies beside the files that it writes. A server is stopped once it has said where it is. */
function run(name: string, args: readonly string[], env: Env, until?: (line: string) => Promise<void>) {
  const around = { PATH: process.env["PATH"] ?? "", HOME: home, AWS_EC2_METADATA_DISABLED: "true" };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { ...around, ...env } });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].on("data", (text) => {
      output[stream] += text;
    });
  if (until !== undefined)
    child.stdout.once("data", (text) => until(String(text)).finally(() => child.kill("SIGTERM")));
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on("close", (status) => {
      for (const stream of ["stdout", "stderr"] as const)
        writeFileSync(join(folder, `${name.replaceAll(/\W+/g, "-")}.${stream}`), output[stream]);
      resolve({ status, ...output });
    }),
  );
}

/** Every file under the folder that holds something of a secret, or too much of the key's id, and what. */
function leaks(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .flatMap((path) => {
      const bytes = readFileSync(join(folder, path));
      return [...formsIn(bytes), ...(bytes.includes(TOO_MUCH_OF_ID) ? [TOO_MUCH_OF_ID] : [])].map(
        (form) => `${path}: ${form}`,
      );
    });
}

let served: Served;
/** Says in its refusals what it was sent, as real servers do. */
const chatty = createServer(({ headers, url }, response) => {
  response.writeHead(403, { "content-type": "application/xml" });
  response.end(`<Error><Code>SignatureDoesNotMatch</Code><Message>${url} ${JSON.stringify(headers)}</Message></Error>`);
});
let talker: string;
beforeAll(async () => {
  served = await serve({ credentials: { accessKeyId: KEY_ID, secretAccessKey: SECRET } });
  await new Promise<void>((resolve) => chatty.listen(0, "127.0.0.1", resolve));
  talker = `http://127.0.0.1:${(chatty.address() as AddressInfo).port}`;
});
afterAll(async () => {
  chatty.close();
  await served.close();
  for (const each of [folder, home]) rmSync(each, { recursive: true, force: true });
});

describe("nothing of a secret, and of a key's id its last four characters", () => {
  const at = (): string => `${served.endpoint}/${served.bucket}`;
  const wrong = { ...keys, AWS_SECRET_ACCESS_KEY: WRONG };
  const short = ["--duration", "500ms", "--warm-up", "0", "--rate", "10", "--readers", "1"];
  const bug = ["--target", "lost-update", "--seed", "2", "--shrink-time", "0s"];
  const noisy = "env >&2; exit 3";
  const used: readonly (readonly [name: string, status: number, args: () => readonly string[], env: Env])[] = [
    ["check, a trace", 1, () => ["check", "--endpoint", at(), ...bug, "--out", "traces"], keys],
    ["perf", 0, () => ["perf", "baseline", "--endpoint", at(), ...short, "--history", "h.jsonl"], {}],
    ["doctor", 0, () => ["doctor"], keys],
    ["doctor of a server", 0, () => ["doctor", "--json", "--endpoint", at()], keys],
    ["doctor of a spaced profile", 0, () => ["doctor", "--profile", "my prof"], {}],
    ["doctor of a program for keys", 0, () => ["doctor", "--profile", "odd"], {}],
    ["doctor of a URL with a password", 69, () => ["doctor", "--real", "--profile", "far"], keys],
    ["a URL with a password, nobody there", 69, () => ["check", "--endpoint", `http://me:${MARKER}@127.0.0.1:9`], keys],
    ["a URL of another kind", 64, () => ["check", "--endpoint", `ftp://me:${MARKER}@127.0.0.1:9`], keys],
    ["a URL without its beginning", 64, () => ["doctor", "--endpoint", `me:${MARKER}@127.0.0.1:9`], keys],
    ["a URL that is none", 69, () => ["doctor", "--real"], { ...keys, AWS_ENDPOINT_URL: `http://me:${SECRET}@h:9` }],
    ["wrong keys", 69, () => ["check", "--endpoint", at()], wrong],
    ["a chatty server", 69, () => ["check", "--endpoint", talker], keys],
    ["a profile that there is none of", 69, () => ["doctor", "--profile", "nobody"], keys],
    ["a program", 0, () => ["check", "--target-cmd", `${process.execPath} ${typescript}`, "--runs", "1"], keys],
    ["a program that tells all it knows", 2, () => ["check", "--target-cmd", noisy], keys],
  ];
  test.each(used)("%s", async (name, code, args, env) => {
    const { status, stderr } = await run(name, args(), env);
    expect([status, leaks()], stderr.replaceAll(MARKER, "***")).toEqual([code, []]);
  });

  test("serve, asked by somebody who knows the secret and by somebody who does not; its folder", async () => {
    const ask = async (line: string, secretAccessKey: string): Promise<number> => {
      const port = new URL(JSON.parse(line).endpoint).port;
      const { sdkSend } = await import("../src/store/sdk.js");
      const { createS3Client } = await import("../src/store/sdk-client.js");
      const credentials = { accessKeyId: KEY_ID, secretAccessKey, sessionToken: SECRET };
      const client = await createS3Client({ endpoint: `http://127.0.0.1:${port}`, region: "us-east-1", credentials });
      const { status } = await (await sdkSend(client, "manifest-chaos"))({ method: "PUT", key: "a", body: "x" });
      client.destroy();
      return status;
    };
    const answers: number[] = [];
    const { status } = await run("serve", ["serve", "--host", "0.0.0.0", "--data", "data"], keys, async (line) => {
      answers.push(await ask(line, SECRET), await ask(line, WRONG));
    });
    expect([status, answers, leaks()]).toEqual([0, [200, 403], []]);
  });

  test("what reads those files again: verify, perf analyze, replay", async () => {
    await run("verify", ["verify", "h.jsonl", "--json"], keys);
    await run("analyze", ["perf", "analyze", "h.jsonl", "--json"], keys);
    const { status } = await run("replay", ["replay", "traces", "--verbose"], keys);
    // What was found is found again.
    expect([status, leaks()]).toEqual([1, []]);
  });

  test("all of that was looked at, and a leak is seen in whatever form", () => {
    const looked = readdirSync(folder, { recursive: true, encoding: "utf8" });
    for (const name of ["traces", "test_baseline.csv", "h.jsonl", "data"]) expect(looked).toContain(name);
    expect(looked.filter((path) => path.endsWith(".stdout"))).toHaveLength(used.length + 4);
    const ways = [SECRET, encodeURIComponent(SECRET), JSON.stringify(SECRET), Buffer.from(KEY_ID).toString()];
    for (const before of ["", "-", "--"]) ways.push(Buffer.from(`${before}${SECRET}`).toString("base64"));
    for (const way of ways) {
      writeFileSync(join(folder, "leak"), `before ${way} after`);
      expect(leaks()).toContainEqual(expect.stringContaining("leak: "));
    }
    rmSync(join(folder, "leak"));
  });
});

test(".ci/run looks for the marker, in every form, in all that the suite prints", () => {
  const script = readFileSync(new URL("../.ci/run", import.meta.url), "utf8");
  for (const form of FORMS) expect(script).toContain(form);
});
