// A promise of S3 that can be tried out on a store, and what came of it.
import { isPassing } from "../again.js";
import type { Send, StoreResponse } from "../request.js";

/** What a try showed: `kept` is null where it showed nothing, such as an answer that never came. */
export interface Shown {
  readonly kept: boolean | null;
  /** What was seen, in a few words. */
  readonly detail: string;
}

export interface StorePromise {
  readonly name: string;
  /** True where the manifest that ships is not safe without it. */
  readonly needed: boolean;
  /** What goes wrong on a store that breaks it. */
  readonly otherwise: string;
  /** Tries it, on keys that begin with `at` alone. */
  readonly shows: (send: Send, at: string) => Promise<Shown>;
}

/** Kept where the answer has one of the expected statuses, unknown where there was no definite answer. */
export function answered(what: string, { status, code }: StoreResponse, ...expected: readonly number[]): Shown {
  const seen = `${what}: ${status}${code === undefined || code === "" ? "" : ` ${code}`}`;
  if (expected.includes(status)) return { kept: true, detail: seen };
  const told = `${seen}, expected ${expected.join(" or ")}`;
  return { kept: isPassing({ status }) ? null : false, detail: told };
}

/** The first that is broken, or unknown, or the last. */
export const worst = (...all: readonly Shown[]): Shown =>
  all.find(({ kept }) => kept === false) ??
  all.find(({ kept }) => kept === null) ??
  all.at(-1) ?? { kept: null, detail: "nothing was tried" };
