// How fast a program is checked, beside what the same endpoint serves to a bare loop over HTTP in one other process.
// Usage: node dist/test/scripts/program-speed.js [runs] [command]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { fileURLToPath } from "node:url";
import { openProgram } from "../../src/run/choices.js";
import { execute } from "../../src/run/execute.js";
import { DEFAULTS, plansIn } from "../../src/run/generate.js";
import { BATCH } from "../../src/run/seeds.js";
import { supportedPlan } from "../../src/run/supported.js";
import { memoryTier } from "../../src/run/tiers.js";
import { fixedBuckets } from "../../src/store/http/buckets.js";
import { listen } from "../../src/store/http/listen.js";
import { SimulatedStore } from "../../src/store/simulated.js";

const WARM_UP = 500;
const REQUESTS = 5_000;
const BODY = "x".repeat(200);
const self = fileURLToPath(import.meta.url);
const authorization = "AWS4-HMAC-SHA256 Credential=loop/20240101/us-east-1/s3/aws4_request, Signature=0";

/** In a process of its own, without an SDK: small PUTs and GETs, one after the other. Prints requests a second. */
async function loop(endpoint: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let startMs = 0;
  for (let i = 0; i < WARM_UP + REQUESTS; i += 1) {
    if (i === WARM_UP) startMs = performance.now();
    const method = i % 2 === 0 ? "PUT" : "GET";
    const asked = request(`${endpoint}/bucket/k${(i >> 1) % 100}`, { agent, method, headers: { authorization } });
    asked.end(method === "PUT" ? BODY : undefined);
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    response.resume();
    await once(response, "end");
  }
  process.stdout.write(String((1000 * REQUESTS) / (performance.now() - startMs)));
  agent.destroy();
}

async function plainLoop(): Promise<number> {
  const store = new SimulatedStore({ now: () => 0 });
  const answer = (asked: Parameters<typeof store.apply>[0]) => store.apply(asked);
  const door = await listen({ host: "127.0.0.1", port: 0, buckets: fixedBuckets("bucket"), now: () => 0, answer });
  const child = spawn(process.execPath, [self, "--loop", door.endpoint], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  await once(child, "close");
  await door.close();
  return Number(text);
}

async function checked(command: string, runs: number) {
  const program = await openProgram({ command, settleMs: 100, startMs: 30_000, hangMs: 30_000, setClocks: false });
  const plans = Array.from({ length: Math.ceil((runs + BATCH) / BATCH) }, (_, batch) => plansIn(1, batch, DEFAULTS));
  let [startMs, steps, number] = [0, 0, 0];
  for (const plan of plans.flat().slice(0, runs + BATCH)) {
    if (number === BATCH) [startMs, steps] = [performance.now(), 0];
    steps += (await execute(supportedPlan(plan, program.program), program, memoryTier)).lanes.length;
    number += 1;
  }
  const seconds = (performance.now() - startMs) / 1000;
  await program.close();
  return { runsPerSecond: runs / seconds, stepsPerSecond: steps / seconds };
}

if (process.argv[2] === "--loop") await loop(process.argv[3] ?? "");
else {
  const command =
    process.argv[3] ?? `${process.execPath} ${fileURLToPath(new URL("../../src/cli/main.js", import.meta.url))} target`;
  const before = await plainLoop();
  const { runsPerSecond, stepsPerSecond } = await checked(command, Number(process.argv[2] ?? 200));
  const after = await plainLoop();
  const plain = (before + after) / 2;
  process.stdout.write(
    `${command}: ${runsPerSecond.toFixed(1)} runs/s, ${stepsPerSecond.toFixed(0)} steps/s; a bare loop: ${before.toFixed(0)} and ${after.toFixed(0)} requests/s; ratio ${(stepsPerSecond / plain).toFixed(2)}\n`,
  );
}
