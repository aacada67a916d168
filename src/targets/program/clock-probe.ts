// Does a target go by the clock that libfaketime shows it, and does it otherwise behave as without? Asked of processes of
// their own, at an endpoint of their own, before the first run.
import { after, systemClock } from "../../store/clock.js";
import { fixedBuckets } from "../../store/http/buckets.js";
import { type HttpDoor, listen } from "../../store/http/listen.js";
import { SimulatedStore } from "../../store/simulated.js";
import { environmentOf } from "./environment.js";
import { Clocks, type Faking, installedLibrary } from "./own-clock.js";
import { TargetProcess } from "./process.js";
import { ProgramError } from "./protocol.js";

/** Whether the own clocks of a target's processes can be set; in words, and where they can, how. */
export interface Probed {
  readonly says: string;
  readonly faking: Faking | undefined;
}

interface Options {
  /** A command line for the shell. */
  readonly command: string;
  /** How long a process may take to write its first line. Milliseconds. */
  readonly startMs: number;
  /** How long it may take for one answer. Milliseconds. */
  readonly hangMs: number;
}

/**
 * A process without the library, one with it and with a clock that is an hour ahead. Both have their first request
 * refused with 503, so that a target that tries again has to wait: they must behave the same but for the date that they
 * sign. Rejects with ProgramError where not even the one without writes its first line.
 */
export async function probeClock(options: Options): Promise<Probed> {
  const library = installedLibrary(process.env);
  if (library === undefined) return machines("libfaketime is not installed");
  const [plain, ...faked] = await Promise.all(
    [undefined, false, true].map((monotonic) =>
      witness(options, monotonic === undefined ? undefined : { library, monotonic }),
    ),
  );
  for (const [i, seen] of faked.entries()) {
    if (plain === undefined || seen.behaviour !== plain.behaviour) continue;
    if (seen.signedMs === undefined || plain.signedMs === undefined) return machines("its requests carry no date");
    if (seen.signedMs - plain.signedMs < AHEAD_MS / 2) return machines("the target does not go by libfaketime's");
    const monotonic = i === 1;
    const also = monotonic ? ", its monotonic clock too, since its waits need that" : "";
    return { says: `the plan's, through libfaketime${also}`, faking: { library, monotonic } };
  }
  return machines("with libfaketime the target behaves differently");
}

// --- internal ---

const AHEAD_MS = 3_600_000;
const [BUCKET, PREFIX, LEASE_TTL_MS] = ["manifest-chaos", "clock", 10_000];

const machines = (because: string): Probed => ({ says: `the machine's (${because})`, faking: undefined });

interface Witness {
  /** Its answers and how many requests it made, or what it died of. */
  readonly behaviour: string;
  /** The date of its first request. */
  readonly signedMs: number | undefined;
}

async function witness(options: Options, faking: Faking | undefined): Promise<Witness> {
  const store = new SimulatedStore(systemClock);
  let requests = 0;
  let signedMs: number | undefined;
  const door = await listen({
    host: "127.0.0.1",
    port: 0,
    buckets: fixedBuckets(BUCKET),
    now: () => systemClock.now(),
    answer: (request, { signedAt }) => {
      requests += 1;
      if (requests > 1) return store.apply(request);
      signedMs = signedAt;
      return { status: 503, code: "SlowDown" };
    },
  });
  const clocks = faking === undefined ? undefined : new Clocks(faking);
  try {
    const answers = await answersOf(options, door, clocks);
    return { behaviour: `${answers}, ${requests} requests`, signedMs };
  } finally {
    await door.close();
    clocks?.close();
  }
}

/** Of one short read session. Of a process that can't be driven, what is wrong. */
async function answersOf({ command, startMs, hangMs }: Options, door: HttpDoor, clocks?: Clocks): Promise<string> {
  const clock = clocks?.make();
  clock?.set(AHEAD_MS);
  const around = { endpoint: door.endpoint, bucket: BUCKET, prefix: PREFIX, leaseTtlMs: LEASE_TTL_MS };
  const env = environmentOf({ ...around, accessKeyId: "CLOCK" });
  const process = new TargetProcess({ command, startMs, env, ...(clock === undefined ? {} : { clock }) });
  const tooLate = after(startMs + hangMs, () => process.breakOff("hangs"));
  let ops: readonly string[] | undefined;
  try {
    ({ ops } = await process.ready);
    const read = ops.includes("scan") ? { op: "scan" } : { op: "get", key: "k" };
    const replies: string[] = [];
    for (const request of [{ op: "begin", mode: "read" }, read, { op: "end" }])
      replies.push(Object.keys(await process.ask(request)).join());
    return replies.join(" ");
  } catch (error) {
    if (error instanceof ProgramError && (ops !== undefined || clock !== undefined)) return "broke off";
    throw error;
  } finally {
    tooLate();
    process.kill();
    await process.ended;
  }
}
