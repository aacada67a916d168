// The operations beside sessions: upkeep, `open`, and what the target has never heard of.
import { HOME } from "./bench.js";
import { shown } from "./speaker.js";
import { right, type Step, untold } from "./step.js";
import { Wrong } from "./wrong.js";

const upkeep = (op: "compact" | "gc" | "recover"): Step => ({
  name: op,
  says: `${op} is answered ok, and changes nothing that a session reads`,
  needs: [op],
  take: async (bench) => {
    const [first, second] = [await bench.client("first"), await bench.client("second")];
    for (const value of ["v1", "v2", "v3"]) await first.put(op, value);
    await first.ok({ op });
    await second.expect(op, "v3", `after ${op}`);
    await second.ok({ op });
    await first.expect(op, "v3", `after ${op} of another client`);
    await first.put(op, "v4");
    await second.expect(op, "v4", `after ${op} and another commit`);
    return right("by either client, with commits before and after");
  },
});

const unknownOp: Step = {
  name: "unknown-op",
  says: "an operation that the target does not know is answered fail, and the process goes on",
  take: async (bench) => {
    const first = await bench.client("first");
    const reply = await first.ask({ op: "no-such-operation" });
    if (!("fail" in reply)) throw new Wrong(`an operation that nobody knows was answered ${shown(reply)}`);
    await first.put("unknown-op", "v");
    return right(shown(reply));
  },
};

const open: Step = {
  name: "open",
  says: "`open` forgets everything and starts anew, under the prefix that it names",
  needs: ["open"],
  take: async (bench) => {
    const first = await bench.client("first");
    await first.put("opened", "at home");
    await first.ok({ op: "begin", mode: "write" });
    await first.ok({ op: "put", key: "opened", value: "never committed" });
    await openAt(first, bench, "elsewhere");
    await first.expect("opened", null, "after open under an empty prefix");
    await first.put("opened", "elsewhere");
    if (bench.objects("elsewhere/").length === 0) throw new Wrong('nothing was written under the prefix "elsewhere"');
    await openAt(first, bench, HOME.prefix);
    await first.expect("opened", "at home", "back under the first prefix");
    return right("another prefix, and back");
  },
};

const leaseTtl: Step = {
  name: "lease-ttl",
  says: "a lease lasts as long as MANIFEST_LEASE_TTL_MS and open's lease_ttl_ms say",
  take: async (bench) => {
    const told: number[] = [];
    const speaker = await bench.start({ prefix: "leases-1", leaseTtlMs: 37_000 });
    const first = await termOf(bench, speaker, "leases-1");
    if (first === undefined) return untold("no lease in fusio-manifest's format was seen during a session that reads");
    compare("MANIFEST_LEASE_TTL_MS", 37_000, first);
    told.push(first);
    if (bench.ops.includes("open")) {
      await openAt(speaker, bench, "leases-2", 73_000);
      const second = await termOf(bench, speaker, "leases-2");
      if (second !== undefined) compare("open's lease_ttl_ms", 73_000, second);
      if (second !== undefined) told.push(second);
    }
    return right(`leases of ${told.map((ms) => `${Math.round(ms / 1000)} s`).join(" and ")} were seen`);
  },
};

export const otherSteps: readonly Step[] = [
  upkeep("compact"),
  upkeep("gc"),
  upkeep("recover"),
  unknownOp,
  open,
  leaseTtl,
];

// --- internal ---

type Bench = Parameters<Step["take"]>[0];
type Speaker = Awaited<ReturnType<Bench["client"]>>;

async function openAt(
  speaker: Speaker,
  bench: Bench,
  prefix: string,
  leaseTtlMs: number = HOME.leaseTtlMs,
): Promise<void> {
  bench.moved(speaker, prefix);
  await speaker.ok({ op: "open", prefix, lease_ttl_ms: leaseTtlMs });
}

/** How long a lease that is there during a session has left, by the store's clock. Milliseconds. */
async function termOf(bench: Bench, speaker: Speaker, prefix: string): Promise<number | undefined> {
  await speaker.put("leased", "v");
  const startMs = bench.nowMs();
  await speaker.ok({ op: "begin", mode: "read" });
  await speaker.read("leased");
  const expiries = bench.objects(`${prefix}/`).flatMap((text) => {
    const { expires_at_ms: expiresAtMs } = documentOf(text);
    return typeof expiresAtMs === "number" ? [expiresAtMs] : [];
  });
  await speaker.ok({ op: "end" });
  return expiries.length === 0 ? undefined : Math.max(...expiries) - startMs;
}

/** The wire's dates are whole seconds, and a busy machine is slow. */
const SLACK_MS = 5_000;

function compare(setting: string, wantedMs: number, termMs: number): void {
  if (Math.abs(termMs - wantedMs) > SLACK_MS)
    throw new Wrong(`${setting} is ${wantedMs}, and a lease was made that runs out after ${termMs} ms`);
}

function documentOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null ? (document as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
