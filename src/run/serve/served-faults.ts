// Faults for whoever uses `serve`: which requests they strike, and how a ruling is carried out on a client out there.
import type { FaultSpec } from "../../faults/fault.js";
import { faults } from "../../faults/index.js";
import { type Rule, ruleOf } from "../../faults/rule.js";
import { systemClock } from "../../store/clock.js";
import type { StoreRequest, StoreResponse } from "../../store/request.js";
import type { Ruling } from "../../store/ruling.js";

/** One fault of `serve`. It strikes the `nth` fitting request (from 0), and with `every` each so many after it. */
export interface ServedFault {
  readonly kind: string;
  /** Only this client's requests: its access key id. */
  readonly client?: string;
  /** A method, or `*`, and the start of a key: `PUT db/segments/`. */
  readonly request?: string;
  readonly nth?: number;
  readonly every?: number;
  readonly ms?: number;
  readonly byte?: number;
  readonly healRequests?: number;
}

const TEXTS = ["kind", "client", "request"];
const NUMBERS = ["nth", "every", "ms", "byte", "healRequests"];

/** The kinds that can be done to a client from outside: it can't be killed from here, nor its clock moved. */
export const servedFaultKinds: readonly string[] = [...faults.values()]
  .filter(({ kind, ruling }) => {
    const { crash, skewMs } = ruling({ kind, at: { client: 0, nth: 0 }, ms: 1 }, 0);
    return crash !== true && skewMs === undefined;
  })
  .map(({ kind }) => kind);

/** A fault out of JSON. Throws RangeError with a sentence for what is none. */
export function servedFaultOf(value: unknown): ServedFault {
  if (typeof value !== "object" || value === null)
    throw new RangeError('a fault is an object such as {"kind": "refused-503"}');
  for (const [name, field] of Object.entries(value)) {
    if (TEXTS.includes(name) ? typeof field !== "string" : !NUMBERS.includes(name) || !isCount(field)) {
      throw new RangeError(
        `"${name}": a fault has ${TEXTS.join(", ")} (texts) and ${NUMBERS.join(", ")} (whole numbers)`,
      );
    }
  }
  const fault = value as ServedFault;
  if (!servedFaultKinds.includes(fault.kind)) {
    throw new RangeError(`fault "${fault.kind}" can't be done here; known: ${servedFaultKinds.join(", ")}`);
  }
  if (fault.every === 0) throw new RangeError('"every" is at least 1');
  return fault;
}

/** A fault out of a flag: `refused-503,request=PUT db/,every=10`. Throws RangeError. */
export function servedFaultOfFlag(text: string): ServedFault {
  const [kind, ...fields] = text.split(",");
  const pairs = fields.map((field) => {
    const equals = field.indexOf("=");
    const name = equals === -1 ? field : field.slice(0, equals);
    const given = equals === -1 ? "" : field.slice(equals + 1);
    return [name, NUMBERS.includes(name) && given !== "" ? Number(given) : given];
  });
  return servedFaultOf({ kind, ...Object.fromEntries(pairs) });
}

/** The faults of one server, in their order; the first that means a request strikes it. */
export class ServedFaults {
  private entries: { readonly fault: ServedFault; rule: Rule; struck: number }[] = [];

  set(list: readonly ServedFault[]): void {
    this.entries = list.map((fault) => ({ fault, rule: ruleOf([specOf(fault, fault.nth ?? 0)]), struck: 0 }));
  }

  /** Each fault, and how many requests it has struck. */
  state(): readonly (ServedFault & { readonly struck: number })[] {
    return this.entries.map(({ fault, struck }) => ({ ...fault, struck }));
  }

  rulingOn(client: string, request: StoreRequest): Ruling | undefined {
    let ruling: Ruling | undefined;
    for (const entry of this.entries) {
      const { fault } = entry;
      if (fault.client !== undefined && fault.client !== client) continue;
      const found = entry.rule({ client: 0, op: "", key: request.key, request });
      if (found === undefined || ruling !== undefined) continue;
      ({ ruling } = found);
      entry.struck += 1;
      if (fault.every !== undefined) entry.rule = ruleOf([specOf(fault, fault.every - 1)]);
    }
    return ruling;
  }
}

/** Carries a ruling out in real time. A promise that stays open leaves the client waiting for ever. */
export async function carriedOut(
  ruling: Ruling,
  request: StoreRequest,
  apply: () => StoreResponse | Promise<StoreResponse>,
): Promise<StoreResponse> {
  if (ruling.pause !== undefined) {
    await systemClock.sleep(ruling.pause.ms);
    return apply();
  }
  let own: StoreResponse | undefined;
  if (ruling.apply === "later") void systemClock.sleep(ZOMBIE_MS).then(apply);
  else if (ruling.apply !== "no") own = await apply();
  if (ruling.apply === "twice") own = await apply();
  return ruling.hang === true ? new Promise(() => undefined) : ruling.answer(own, request);
}

// --- internal ---

/** How long after its client has given up a zombie is applied. */
const ZOMBIE_MS = 1_000;

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

function specOf({ kind, request, ms, byte, healRequests }: ServedFault, nth: number): FaultSpec {
  return {
    kind,
    at: { client: 0, nth, ...(request === undefined ? {} : { request }) },
    ...(ms === undefined ? {} : { ms }),
    ...(byte === undefined ? {} : { byte }),
    ...(healRequests === undefined ? {} : { healRequests }),
  };
}
