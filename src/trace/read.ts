// Reading a trace: whole, of a version that is known, and of sense; anything else is one clear sentence.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { faultKinds, personalityNames, targetIds } from "../run/choices.js";
import { TRACE_VERSION, type Trace } from "./trace.js";

/** The file can't be used as a trace. The message names the file and the place. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/** Numbers that a plan may hold: enough for any run, too few to hang one. */
const COUNT_MAX = 1_000_000;
const MS_MAX = 10 ** 10;
const count = z.int().min(0).max(COUNT_MAX);
const ms = z.int().min(0).max(MS_MAX);
const key = z.string().min(1).max(200);

const command = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("transact"),
    reads: z.array(key.nullable()).max(100),
    writes: z.array(z.strictObject({ key, delete: z.literal(true).optional() })).max(100),
    retries: z.int().min(0).max(100),
  }),
  z.strictObject({ kind: z.literal("look"), reads: z.array(key.nullable()).max(100) }),
  z.strictObject({ kind: z.enum(["compact", "gc", "recover"]) }),
  z.strictObject({ kind: z.literal("wait"), ms }),
]);

const client = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  skewMs: z.int().min(-MS_MAX).max(MS_MAX),
  commands: z.array(command).max(1000),
});

const fault = z.strictObject({
  kind: z.enum(faultKinds),
  at: z.strictObject({
    client: count,
    nth: count,
    op: z.string().max(20).optional(),
    request: z.string().max(200).optional(),
  }),
  ms: ms.optional(),
  steps: count.optional(),
  healRequests: count.optional(),
  byte: count.optional(),
});

const plan = z.strictObject({
  leaseTtlMs: z.int().min(1000).max(MS_MAX),
  stepMs: ms,
  clients: z
    .array(client)
    .max(50)
    .refine((clients) => new Set(clients.map(({ name }) => name)).size === clients.length, "two clients have one name"),
  faults: z.array(fault).max(100),
  schedule: z.strictObject({ lanes: z.array(count).max(COUNT_MAX) }),
  progress: z.literal(true).optional(),
  personalities: z.array(z.enum(personalityNames)).max(20).optional(),
});

const event = z.looseObject({
  client: z.string(),
  type: z.enum(["invoke", "ok", "fail", "info", "crash"]),
  step: count,
  atMs: z.number(),
});

const trace = z.strictObject({
  version: z.literal(TRACE_VERSION),
  tool: z.string(),
  target: z.enum(targetIds),
  verdict: z.strictObject({ property: z.string(), promise: z.string(), message: z.string() }),
  plan,
  history: z.array(event).max(COUNT_MAX),
});

/** Reads and checks a trace file. Throws TraceError. */
export function readTrace(file: string): Trace {
  const json = jsonOf(file);
  const version = typeof json === "object" && json !== null ? (json as { version?: unknown }).version : undefined;
  if (typeof version !== "number") throw new TraceError(`${file}: no trace of this program (it has no "version")`);
  if (version > TRACE_VERSION) {
    throw new TraceError(`${file}: a trace of version ${version}; this program reads up to ${TRACE_VERSION}`);
  }
  const parsed = trace.safeParse(json);
  // The JSON itself, not zod's copy of it: that has its fields in another order, and replay compares texts.
  if (parsed.success) return json as Trace;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new TraceError(`${file}: no trace that can be replayed${place}: ${issue?.message ?? "it has no sense"}`);
}

// --- internal ---

function jsonOf(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TraceError(`${file}: ${code === "ENOENT" ? "no such file" : `can't be read (${code})`}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new TraceError(`${file}: not JSON, or cut off`);
  }
}
