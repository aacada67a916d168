// `perf --endpoint` by the wall clock on a real server: honest figures, nothing left behind, also after Ctrl-C.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Send } from "../src/store/request.js";
import { sdkSend } from "../src/store/sdk.js";
import { createS3Client } from "../src/store/sdk-client.js";
import { type Server, startVersitygw } from "./servers/versitygw.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-perf-"));
let server: Server;
let send: Send;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `interruptAfter`: Ctrl-C once this stands on stderr. */
function perf(args: readonly string[], interruptAfter?: string): Promise<Ended> {
  const { accessKeyId, secretAccessKey } = server.credentials;
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, AWS_EC2_METADATA_DISABLED: "true", ...keys };
  const at = ["--endpoint", `${server.endpoint}/${server.bucket}`];
  const child = spawn(process.execPath, [main, "perf", ...args, ...at], { cwd: folder, env });
  let [stdout, stderr, asked] = ["", "", false];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    if (interruptAfter === undefined || asked || !stderr.includes(interruptAfter)) return;
    asked = true;
    setTimeout(() => child.kill("SIGINT"), 1500);
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

const keysThere = async (): Promise<readonly string[]> =>
  ((await send({ method: "LIST", key: "" })).page?.entries ?? []).map(({ key }) => key);

/** What the history itself says: commits answered ok between warm-up and end, a second. */
function throughputOf(file: string): number {
  const [head, ...events] = readFileSync(join(folder, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { startMs, settings } = head.perf;
  const [fromMs, toMs] = [startMs + settings.warmUpMs, startMs + settings.load.durationMs];
  const counted = events.filter(
    ({ op, type, atMs }) => op === "commit" && type === "ok" && atMs >= fromMs && atMs < toMs,
  );
  return (1000 * counted.length) / (toMs - fromMs);
}

export function perfOnServer(program: string): void {
  beforeAll(async () => {
    server = await startVersitygw(program);
    send = await sdkSend(await createS3Client(server), server.bucket);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("16 writers, 20 % overlap: the throughput is what the history says; nothing is left", async () => {
    const shape = ["--overlap", "0.2", "--rate", "1", "--readers", "2", "--duration", "4s", "--warm-up", "500ms"];
    const { status, stdout, stderr } = await perf([
      "sweep",
      "num_writers=16",
      ...shape,
      "--history",
      "h.jsonl",
      "--json",
    ]);
    expect(stderr).toContain("nothing is left on the server");
    expect(status).toBe(0);
    const [row] = JSON.parse(stdout).results[0].rows;
    expect(row).toMatchObject({ clock: "wall", verdict: "valid", num_writers: 16, key_overlap_ratio: 0.2 });
    expect(row.writes_ok).toBeGreaterThan(0);
    expect(row.write_tps).toBeCloseTo(throughputOf("h.jsonl"), 3);
    expect(await keysThere()).toEqual([]);
  });

  test("--keep leaves the run's objects and says where; nobody else's are touched", async () => {
    await send({ method: "PUT", key: "someone/else", body: "theirs" });
    const { status, stderr } = await perf(["baseline", "--duration", "2s", "--rate", "2", "--out", "kept", "--keep"]);
    expect(status).toBe(0);
    const prefix = /kept on the server: \d+ objects under (\S+)/.exec(stderr)?.[1] ?? "none";
    const keys = await keysThere();
    expect(keys.filter((key) => key.startsWith(prefix)).length).toBeGreaterThan(1);
    expect(keys.filter((key) => !key.startsWith(prefix))).toEqual(["someone/else"]);
    for (const key of keys) await send({ method: "DELETE", key });
  });

  test("Ctrl-C: the points that ended are kept, the server is left clean, exit 130", async () => {
    const flags = ["sweep", "num_writers=1,2", "--duration", "3s", "--out", "cut", "--rate", "2"];
    const { status, stderr } = await perf(flags, "[2/2]");
    expect(status).toBe(130);
    expect(stderr).toContain("nothing is left on the server");
    expect(readFileSync(join(folder, "cut/sweep_num_writers.csv"), "utf8").trimEnd().split("\n")).toHaveLength(2);
    expect(await keysThere()).toEqual([]);
  });
}
