import { bodyBytes } from "../store/body.js";
import type { StoreRequest, StoreResponse } from "../store/request.js";
import type { Fault, FaultSpec } from "./fault.js";

/** Changes the bytes of an answer that has some; `at` is the spec's byte, within them. */
const damaged = (change: (bytes: Uint8Array, at: number) => Uint8Array) => (spec: FaultSpec) => ({
  apply: "once" as const,
  answer: (own: StoreResponse | undefined): StoreResponse => {
    if (own?.body === undefined) return own ?? { status: 0 };
    const bytes = bodyBytes(own.body);
    if (bytes.length === 0) return own;
    return { ...own, body: change(bytes, (spec.byte ?? 0) % bytes.length) };
  },
});

const isGet = (request: StoreRequest): boolean => request.method === "GET";

/** What a GET's body may look like when no checksum of the transport has caught it. */
export const damagedBodies: readonly Fault[] = [
  {
    kind: "body-truncated",
    says: "A GET's body ends after `byte` bytes, and nothing says that there should be more.",
    strikes: isGet,
    takes: ["byte"],
    ruling: damaged((bytes, at) => bytes.slice(0, at)),
  },
  {
    kind: "body-corrupted",
    says: "In a GET's body the lowest bit of byte `byte` is turned: often still JSON, and another value.",
    strikes: isGet,
    takes: ["byte"],
    ruling: damaged((bytes, at) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))),
  },
  {
    kind: "body-stalled",
    says: "A GET's body never ends; its client waits for ever.",
    strikes: isGet,
    ruling: () => ({ apply: "once", answer: (own) => own ?? { status: 0 }, hang: true }),
  },
];
