// What an operation of the manifest answers: it took effect, it definitely had none, or nobody knows.

export interface Failure {
  /** One word: `conflict`, `unavailable`, `expired`, `corrupt`, `unknown`, `session`. */
  readonly error: string;
  readonly message: string;
}

export type Answer<T> = { readonly ok: T } | { readonly fail: Failure } | { readonly info: Failure };

/**
 * Why a step could not be carried out. Returned, never thrown: conflicts are ordinary answers here, and an
 * exception with its stack would cost more than the request it tells about.
 */
export class Refusal {
  constructor(
    readonly outcome: "fail" | "info",
    readonly error: string,
    readonly message: string,
  ) {}
}

/** Definitely without effect. */
export const fail = (error: string, message: string): Refusal => new Refusal("fail", error, message);

/** Nobody knows whether it took effect. */
export const info = (error: string, message: string): Refusal => new Refusal("info", error, message);

/** The same as an answer to the caller. */
export function answerOf<T>(result: T | Refusal): Answer<T> {
  if (!(result instanceof Refusal)) return { ok: result };
  const failure = { error: result.error, message: result.message };
  return result.outcome === "fail" ? { fail: failure } : { info: failure };
}
