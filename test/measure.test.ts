// `doctor --measure`: from an endpoint's latencies to a file that `perf` takes, and nothing left behind.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { parseLatency } from "../src/perf/latency-file.js";
import { serve } from "../src/run/serve/serve.js";
import { measure, SORTS } from "../src/run/timed/measure.js";
import type { Send } from "../src/store/request.js";
import { SimulatedStore } from "../src/store/simulated.js";

const main = fileURLToPath(new URL("../dist/src/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-measure-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(args: readonly string[], interruptAfter?: string) {
  const keys = {
    AWS_ACCESS_KEY_ID: "measuring",
    AWS_SECRET_ACCESS_KEY: "tOpSeCrEt",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, ...keys };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
  let [stdout, stderr, asked] = ["", "", false];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    if (interruptAfter === undefined || asked || !stderr.includes(interruptAfter)) return;
    asked = true;
    child.kill("SIGINT");
  });
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on("close", (status) => resolve({ status, stdout, stderr })),
  );
}

test("an endpoint is measured, the file is one for perf, and nothing is left", async () => {
  const served = await serve({});
  const at = `${served.endpoint}/${served.bucket}`;
  await fetch(`${at}/theirs`, { method: "PUT", body: "x" });
  try {
    const cut = await cli(["doctor", "--endpoint", at, "--measure", "cut.json"], "measuring");
    expect([cut.status, cut.stdout, existsSync(join(folder, "cut.json"))]).toEqual([130, "", false]);
    const { status, stdout } = await cli(["doctor", "--endpoint", at, "--measure", "here.json", "--json"]);
    expect(status).toBe(0);
    const { measured } = JSON.parse(stdout);
    expect(measured.file).toBe("here.json");
    const counts = measured.requests.map(({ kind, count, failed }: Record<string, unknown>) => [kind, count, failed]);
    expect(counts).toEqual([
      ["GET", 200, 0],
      ["PUT", 200, 0],
      ["PUT If-None-Match: *", 200, 0],
      ["PUT If-Match", 200, 0],
      ["DELETE", 400, 0],
      ["LIST", 200, 0],
    ]);
    const text = readFileSync(join(folder, "here.json"), "utf8");
    const { name, requests } = parseLatency(text);
    expect([name, Object.keys(requests)]).toEqual([new URL(at).host, ["GET", "PUT", "DELETE", "LIST"]]);
    expect(text).not.toContain("measuring");
    expect(await (await fetch(`${at}?list-type=2`)).text()).toMatch(/<KeyCount>1<\/KeyCount>/);
  } finally {
    await served.close();
  }
  const timed = await cli(["perf", "baseline", "--latency", "here.json", "--duration", "10s", "--json"]);
  expect(timed.status).toBe(0);
});

test("without an endpoint there is nothing to measure", async () => {
  const { status, stderr } = await cli(["doctor", "--measure", "here.json"]);
  expect([status, stderr]).toEqual([64, "manifest-chaos: --measure goes with --endpoint, --bucket or --real\n"]);
});

test("what failed is counted and has no time; what could not be deleted is tried again and told", async () => {
  const store = new SimulatedStore({ now: () => 1_700_000_000_000 });
  let deletes = 0;
  const send: Send = async (request) => {
    if (request.method === "LIST") return { status: 503, code: "SlowDown" };
    if (request.method !== "DELETE") return store.apply(request);
    deletes += 1;
    // The first round's second one is refused once, another for ever.
    const stays = request.key.includes("/2/plain");
    return deletes === 2 || stays ? { status: 503, code: "SlowDown" } : store.apply(request);
  };
  const { sorts, left } = await measure({ send, prefix: "p/", rounds: 3, interrupted: () => false });
  expect(SORTS.map((sort) => [sort, sorts[sort].timesMs.length, sorts[sort].failed])).toEqual([
    ["GET", 3, 0],
    ["PUT", 3, 0],
    ["create", 3, 0],
    ["replace", 3, 0],
    ["DELETE", 5, 1],
    ["LIST", 0, 3],
  ]);
  expect([left, [...store.content()].map(([key]) => key)]).toEqual([1, ["p/measure/2/plain"]]);
});
