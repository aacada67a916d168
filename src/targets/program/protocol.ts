// The protocol of targets that are programs: JSON lines, as docs/your-own-manifest.md has them. What comes from the
// program is foreign, so every line is checked here and nowhere else.
import { z } from "zod";
import { OPS } from "../../../model/history.js";

/** The version of the protocol that a target names in its first line. */
const PROTOCOL = 1;

/**
 * A target that can't be driven: its program doesn't start, ends by itself, hangs, or doesn't keep to the protocol. It
 * says nothing about the manifest, so nothing can be concluded.
 */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
}

/** What a target says of itself in its first line. */
export interface Ready {
  readonly name: string;
  /** Those of our operations that it knows, `open` among them where its process can be used again. */
  readonly ops: readonly string[];
  /** What else it lists. */
  readonly unknownOps: readonly string[];
}

/** A line that answers a request. */
export type Reply =
  | { readonly ok: Readonly<Record<string, unknown>> }
  | { readonly fail: Failure }
  | { readonly info: Failure };

interface Failure {
  readonly error: string;
  readonly message: string;
}

/** The first line. Throws ProgramError with what is wrong with it. */
export function readyOf(line: string): Ready {
  const { ready } = checked(readyLine, line, 'the first line has to be {"ready": {"protocol": 1, "name", "ops"}}');
  if (ready.protocol !== PROTOCOL)
    throw new ProgramError(`it speaks protocol ${ready.protocol}, and this program only ${PROTOCOL}`);
  const known = (op: string): boolean => KNOWN.includes(op);
  return { name: ready.name, ops: ready.ops.filter(known), unknownOps: ready.ops.filter((op) => !known(op)) };
}

/** The answer to the request `id` of `op`. Throws ProgramError with what is wrong with it. */
export function replyOf(line: string, id: number, op: string): Reply {
  const reply = checked(replyLine, line, `an answer has to be {"id", "ok" or "fail" or "info"}`);
  if (reply.id !== id) throw new ProgramError(`it answered id ${reply.id}, and was asked ${id}`);
  const said = (["ok", "fail", "info"] as const).filter((kind) => reply[kind] !== undefined);
  if (said.length !== 1)
    throw new ProgramError(`an answer has one of ok, fail and info; this one has ${said.join(", ") || "none"}`);
  if (reply.fail !== undefined) return { fail: failureOf(reply.fail) };
  if (reply.info !== undefined) return { info: failureOf(reply.info) };
  const content = okOf[op] ?? nothing;
  const parsed = content.safeParse(reply.ok);
  if (!parsed.success) throw new ProgramError(`the answer to ${op} is wrong at ok${placeOf(parsed.error)}`);
  return { ok: parsed.data };
}

// --- internal ---

const KNOWN: readonly string[] = [...OPS, "open"];

const word = z.string().min(1).max(100);
const readyLine = z.object({
  ready: z.object({ protocol: z.number(), name: z.string().max(200), ops: z.array(z.string()).max(100) }),
});
const failure = z.object({ error: word, message: z.string().optional() });
const replyLine = z.object({
  id: z.number(),
  ok: z.looseObject({}).optional(),
  fail: failure.optional(),
  info: failure.optional(),
});

const nothing = z.object({});
/** What an `ok` holds, by operation; other fields are dropped. */
const okOf: Readonly<Record<string, z.ZodType<Readonly<Record<string, unknown>>>>> = {
  get: z.object({ value: z.string().nullable() }),
  scan: z.object({ entries: z.array(z.tuple([z.string(), z.string()])) }),
  commit: z
    .object({ txn: z.int().min(0).nullish() })
    .transform(({ txn }) => (txn === undefined || txn === null ? {} : { txn })),
};

const failureOf = ({ error, message }: z.infer<typeof failure>): Failure => ({
  error,
  message: (message ?? "").slice(0, MESSAGE_MAX),
});

const MESSAGE_MAX = 1000;

function checked<T>(schema: z.ZodType<T>, line: string, wanted: string): T {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new ProgramError(`that is not JSON; ${wanted}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ProgramError(`wrong at "${placeOf(parsed.error).replace(/^\./, "")}"; ${wanted}`);
}

function placeOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? "" : `${issue.path.map((part) => `.${String(part)}`).join("")}: ${issue.message}`;
}
