// The control API of `serve`, under `/-/`: what the server is doing, its faults, its personalities, its clock.
import { type ServedFaults, servedFaultOf } from "./served-faults.js";

export interface Control {
  readonly faults: ServedFaults;
  readonly personalities: { get: () => readonly string[]; set: (names: readonly string[]) => void };
  readonly clock: { aheadMs: number };
  readonly state: () => object;
}

export interface ControlAnswer {
  readonly status: number;
  readonly document: object;
}

/**
 * `GET /-/state`; `PUT /-/faults` and `PUT /-/personalities` with a JSON list that replaces the present one;
 * `PUT /-/clock` with `{"aheadMs": n}`, how far the store's clock is ahead of the machine's. Each answers the new state.
 */
export function controlled(control: Control, method: string, path: string, body: string): ControlAnswer {
  try {
    if (method === "PUT") {
      const change = changes[path];
      if (change === undefined) return unknown;
      change(control, JSON.parse(body));
    } else if (method !== "GET" || path !== "/-/state") return unknown;
    return { status: 200, document: control.state() };
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) {
      return { status: 400, document: { error: error.message } };
    }
    throw error;
  }
}

// --- internal ---

const unknown: ControlAnswer = {
  status: 404,
  document: { error: "GET /-/state, PUT /-/faults, PUT /-/personalities or PUT /-/clock" },
};

const changes: Readonly<Record<string, (control: Control, value: unknown) => void>> = {
  "/-/faults": ({ faults }, value) => faults.set(listOf(value).map(servedFaultOf)),
  "/-/personalities": ({ personalities }, value) => personalities.set(listOf(value).map(String)),
  "/-/clock": ({ clock }, value) => {
    const aheadMs = typeof value === "object" && value !== null && "aheadMs" in value ? value.aheadMs : undefined;
    if (typeof aheadMs !== "number" || !Number.isSafeInteger(aheadMs) || Math.abs(aheadMs) > AHEAD_MS_MAX) {
      throw new RangeError('the clock takes {"aheadMs": a whole number}, at most ten years');
    }
    clock.aheadMs = aheadMs;
  },
};

const AHEAD_MS_MAX = 3650 * 86_400_000;

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RangeError("a JSON list is needed here");
}
