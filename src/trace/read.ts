// Reading a trace: whole, of a version that is known, and of sense; anything else is one clear sentence.
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { OPS } from "../../model/history.js";
import { faultKinds, personalityNames, targetIds } from "../run/choices.js";
import { plain } from "./plain.js";
import type { Trace } from "./trace.js";
import { TRACE_VERSION, type TraceJson, upgrade } from "./upgrade.js";

/** The file can't be used as a trace. The message names the file and the place. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/** Numbers that a plan may hold: enough for any run, too few to hang one. */
const COUNT_MAX = 1_000_000;
const MS_MAX = 10 ** 10;
const count = z.int().min(0).max(COUNT_MAX);
const ms = z.int().min(0).max(MS_MAX);
const key = z.string().regex(/^[^\p{Cc}\p{Zl}\p{Zp}]{1,200}$/u);
/** One of the names that this version of the tool knows. The schema for others leaves them open: they grow. */
const known = (what: string, names: readonly string[]) =>
  z.string().refine((name) => names.includes(name), { error: ({ input }) => `no ${what} is called ${shown(input)}` });

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
  kind: known("fault", faultKinds),
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
  personalities: z.array(known("personality", personalityNames)).max(20).optional(),
});

const at = { client: z.string(), step: count, atMs: z.number() };
const event = z.discriminatedUnion("type", [
  z.strictObject({
    ...at,
    type: z.literal("invoke"),
    op: z.enum(OPS),
    mode: z.enum(["read", "write"]).optional(),
    key: z.string().optional(),
    value: z.string().optional(),
  }),
  z.strictObject({
    ...at,
    type: z.enum(["ok", "fail", "info"]),
    op: z.enum(OPS),
    value: z.string().nullable().optional(),
    entries: z.array(z.tuple([z.string(), z.string()])).optional(),
    txn: z.number().optional(),
    error: z.string().optional(),
    message: z.string().optional(),
  }),
  z.strictObject({ ...at, type: z.literal("crash") }),
]);

/**
 * What a trace of this version looks like; docs/trace.schema.json is made from it.
 * @internal
 */
export const traceSchema = z.strictObject({
  version: z.literal(TRACE_VERSION),
  tool: z.string(),
  target: z.strictObject({ id: known("target", [...targetIds, "program"]), options: z.record(z.string(), z.string()) }),
  verdict: z.strictObject({ property: z.string(), promise: z.string(), message: z.string() }),
  plan,
  history: z.array(event).max(COUNT_MAX),
});

/** Reads and checks a trace file; an older version is upgraded. Throws TraceError. */
export function readTrace(file: string): Trace {
  const json = currentOf(file, jsonOf(file));
  const parsed = traceSchema.safeParse(json);
  // The JSON itself, not zod's copy of it: that has its fields in another order, and replay compares texts.
  if (parsed.success) return json as unknown as Trace;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw traceError(file, `no trace that can be replayed${place}: ${issue?.message ?? "it has no sense"}`);
}

// --- internal ---

/** Enough for a run of the most steps that there can be; whatever is larger is something else. */
const BYTES_MAX = 64 * 2 ** 20;
const MESSAGE_MAX = 300;

/** One line, whatever strings of the file are in it. */
function traceError(file: string, message: string): TraceError {
  const line = plain(message);
  return new TraceError(`${file}: ${line.length > MESSAGE_MAX ? `${line.slice(0, MESSAGE_MAX)}...` : line}`);
}

const shown = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : `a ${typeof value}`);

/** The trace in the present version's form. */
function currentOf(file: string, json: unknown): TraceJson {
  const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
  const version = isObject ? (json as TraceJson)["version"] : undefined;
  if (typeof version !== "number") throw traceError(file, 'no trace of this program (it has no "version")');
  if (version > TRACE_VERSION) {
    throw traceError(
      file,
      `a trace of version ${version}; this program reads up to ${TRACE_VERSION}, a newer one is needed`,
    );
  }
  if (version < 1 || !Number.isInteger(version)) throw traceError(file, `there is no version ${version} of traces`);
  return upgrade(json as TraceJson);
}

function jsonOf(file: string): unknown {
  const text = textOf(file);
  if (text.trim() === "") throw traceError(file, "an empty file");
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = /at position \d+( \(line \d+ column \d+\))?/.exec(error instanceof Error ? error.message : "");
    throw traceError(file, `not JSON, or cut off, ${place === null ? "at its end" : place[0]}`);
  }
}

function textOf(file: string): string {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) throw traceError(file, "not a file");
    if (stat.size > BYTES_MAX) throw traceError(file, `larger than any trace (${stat.size} bytes)`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof TraceError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw traceError(file, code === "ENOENT" ? "no such file" : `can't be read (${code})`);
  }
}
