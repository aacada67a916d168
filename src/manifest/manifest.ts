// One client of the manifest: a session at a time, and the three chores.
import { type Answer, answerOf, fail, Refusal } from "./answer.js";
import type { Base, Core, Environment, Result, Snapshot, Steps } from "./core.js";
import type { Change } from "./format.js";
import { firstHead, readHead } from "./head.js";
import { releaseLease } from "./lease.js";
import { lookUp, readAll } from "./snapshot.js";
import { realSteps } from "./steps.js";

/** A client. Each method is one operation of the target protocol; at most one may be under way at a time. */
export interface Manifest {
  readonly begin: (mode: "read" | "write") => Promise<Answer<object>>;
  readonly get: (key: string) => Promise<Answer<{ readonly value: string | null }>>;
  readonly scan: () => Promise<Answer<{ readonly entries: readonly (readonly [string, string])[] }>>;
  readonly put: (key: string, value: string) => Promise<Answer<object>>;
  readonly delete: (key: string) => Promise<Answer<object>>;
  readonly commit: () => Promise<Answer<{ readonly txn?: number }>>;
  readonly end: () => Promise<Answer<object>>;
  readonly compact: () => Promise<Answer<object>>;
  readonly gc: () => Promise<Answer<object>>;
  readonly recover: () => Promise<Answer<object>>;
}

interface Session {
  readonly mode: "read" | "write";
  /** Last write of each key, in the order of first writes. */
  readonly writes: Map<string, Change>;
  snapshot: Snapshot | undefined;
}

/** How often a session that has read nothing is moved onto a newer HEAD before it is told `conflict`. */
const REBASES = 4;

/** A client with an empty memory, as a process that has just started. */
export function openManifest(env: Environment, steps: Steps = realSteps): Manifest {
  const core: Core = { env, steps, memory: { storeNow: 0, own: undefined, taken: undefined, warned: false } };
  let session: Session | undefined;
  const inSession = async <T>(
    what: string,
    step: (open: Session) => Result<T> | Promise<Result<T>>,
  ): Promise<Answer<T>> =>
    answerOf(session === undefined ? fail("session", `${what} without a session`) : await step(session));
  const stage = (change: Change): Promise<Answer<object>> =>
    inSession("a write", ({ mode, writes }) => {
      if (mode === "read") return fail("session", "a write in a read session");
      writes.set(change.key, change);
      return {};
    });
  return {
    begin: async (mode) => {
      if (session !== undefined) return answerOf(fail("session", "a session is open already"));
      session = { mode, writes: new Map(), snapshot: undefined };
      return { ok: {} };
    },
    get: (key) =>
      inSession("get", async (open) => {
        const value = await reading(core, open, (snapshot) => lookUp(core, snapshot, key));
        return value instanceof Refusal ? value : { value };
      }),
    scan: () =>
      inSession("scan", async (open) => {
        const state = await reading(core, open, (snapshot) => readAll(core, snapshot));
        return state instanceof Refusal ? state : { entries: [...state] };
      }),
    put: (key, value) => stage({ key, op: "Put", value }),
    delete: (key) => stage({ key, op: "Del" }),
    commit: () =>
      inSession("commit", (open) => {
        session = undefined;
        return closing(core, open, commit(core, open));
      }),
    end: () =>
      inSession("end", (open) => {
        session = undefined;
        return closing(core, open, Promise.resolve({}));
      }),
    compact: async () => answerOf(await steps.compact(core)),
    gc: async () => answerOf(await steps.collect(core)),
    recover: async () => answerOf(await steps.recover(core)),
  };
}

// --- internal ---

async function reading<T>(
  core: Core,
  session: Session,
  read: (snapshot: Snapshot) => Promise<Result<T>>,
): Promise<Result<T>> {
  const snapshot = await core.steps.pin(core, session.snapshot);
  if (snapshot instanceof Refusal) return snapshot;
  session.snapshot = snapshot;
  return read(snapshot);
}

async function closing<T>(core: Core, session: Session, work: Promise<Result<T>>): Promise<Result<T>> {
  const result = await work;
  if (session.snapshot !== undefined) await releaseLease(core, session.snapshot.lease);
  return result;
}

async function commit(core: Core, session: Session): Promise<Result<{ readonly txn?: number }>> {
  if (session.writes.size === 0) return {};
  const changes = [...session.writes.values()];
  let base = session.snapshot?.base ?? ownBase(core) ?? (await blindBase(core));
  for (let attempt = 0; ; attempt += 1) {
    if (base instanceof Refusal) return base;
    const fate = await core.steps.commitOn(core, base, changes);
    core.memory.own = undefined;
    if (fate.kind === "none") return fate.refusal;
    if (fate.kind === "committed") {
      if (fate.base !== undefined) core.memory.own = { base: fate.base, atMs: core.env.clock.now() };
      return { txn: fate.txn };
    }
    // What has read nothing can stand anywhere in the order, so losing a slot is no reason to fail.
    if (session.snapshot !== undefined || attempt === REBASES)
      return fail("conflict", `another transaction took slot ${base.head.last_segment_seq + 1}`);
    base = await core.steps.freshHead(core);
  }
}

/** HEAD as our own last commit left it, unless that is long ago: a guess that saves a request, and at worst costs one. */
function ownBase(core: Core): Base | undefined {
  const { own } = core.memory;
  if (own === undefined) return undefined;
  const ageMs = core.env.clock.now() - own.atMs;
  return ageMs >= 0 && ageMs < core.env.leaseTtlMs / 2 ? own.base : undefined;
}

/** HEAD for a session that has read nothing. None at all is as good as an empty one: writing it under `If-None-Match: *` is the proof. */
async function blindBase(core: Core): Promise<Result<Base>> {
  const base = core.memory.taken === undefined ? await readHead(core) : await core.steps.freshHead(core);
  return base ?? { head: firstHead(core), etag: undefined, date: undefined, lastModified: 0 };
}
