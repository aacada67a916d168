// A search for an order, where values repeat or versions are missing: try whoever may be next, remember what led
// nowhere, go back.
//
// Wing and Gong, "Testing and verifying concurrent objects", J. Parallel Distrib. Comput. 17, 1993; with the memory of
// Lowe, "Testing for linearizability", Concurrency Comput. 29(4), 2017. A session that only read is put where it fits
// as soon as it fits: it changes nothing, so that costs no solution. Of commits that nobody knows about only those are
// tried that wrote something which somebody still has to read: leaving out another one changes no answer.
import { Agenda } from "./agenda.js";
import { type Operation, operationsOf } from "./operations.js";
import type { Recording } from "./recording.js";
import { Fingerprint, State } from "./state.js";

export type OrderVerdict =
  | { readonly verdict: "valid" }
  /** `stuck`: the session for which, in the attempt that came furthest, there was no moment. */
  | { readonly verdict: "invalid"; readonly stuck: number }
  | { readonly verdict: "unknown"; readonly message: string };

export interface OrderOptions {
  readonly ids: boolean;
  /** How many moments may be tried. */
  readonly budget?: number;
  /** Asked now and then; true ends the search. */
  readonly spent?: () => boolean;
}

/** Exact where the answer is not `unknown`. */
export function searchOrder(recording: Recording, options: OrderOptions): OrderVerdict {
  const operations = operationsOf(recording);
  if (operations === null)
    return { verdict: "unknown", message: "a session has too many puts that nobody knows about" };
  return new Search(recording, operations, options).run();
}

// --- internal ---

const BUDGET = 1_000_000;
const ASK_EVERY = 256;
/** Remembering fewer costs time, never an answer. */
const HOPELESS_MAX = 2_000_000;

/** Carry out a variant of an operation, or let a `maybe-read` pass: then its write must take effect. */
interface Choice {
  readonly operation: number;
  readonly variant: number;
  readonly pass: boolean;
}

/** What was done, for undoing it. */
interface Done extends Choice {
  readonly replaced: readonly number[];
  readonly idBefore: number;
}

/** A point with choices: those that are left, and how much had been done. */
interface Fork {
  readonly choices: readonly Choice[];
  next: number;
  readonly height: number;
  readonly print: string;
}

class Search {
  readonly #operations: readonly Operation[];
  readonly #ids: readonly number[] | null;
  readonly #agenda: Agenda;
  readonly #print = new Fingerprint();
  readonly #state: State;
  /** By pair: how many sessions still have to read it. */
  readonly #wanted: Int32Array;
  readonly #absent: Uint8Array;
  #scansLeft = 0;
  /** Operations that must still be done. */
  #left = 0;
  #lastId = Number.NEGATIVE_INFINITY;
  readonly #trail: Done[] = [];
  readonly #forks: Fork[] = [];
  readonly #hopeless = new Set<string>();
  readonly #budget: number;
  readonly #spent: () => boolean;
  #furthest = -1;
  #stuck = -1;

  constructor(recording: Recording, operations: readonly Operation[], options: OrderOptions) {
    this.#operations = operations;
    this.#ids = options.ids ? recording.id : null;
    this.#agenda = new Agenda(operations);
    this.#state = new State(recording, this.#print);
    this.#wanted = new Int32Array(recording.keyOf.length);
    this.#absent = new Uint8Array(recording.keyOf.length);
    for (const pair of recording.absentOf) this.#absent[pair] = 1;
    this.#budget = options.budget ?? BUDGET;
    this.#spent = options.spent ?? (() => false);
    for (const operation of operations) {
      if (operation.role === "maybe-write") continue;
      this.#left += 1;
      this.#want(operation, 1);
    }
  }

  run(): OrderVerdict {
    for (let tried = 0; ; ) {
      const choices = this.#settle();
      if (this.#left === 0) return { verdict: "valid" };
      const print = this.#print.text();
      if (this.#hopeless.has(print)) this.#undoTo(this.#forks.at(-1)?.height ?? 0);
      else this.#forks.push({ choices, next: 0, height: this.#trail.length, print });
      if (!this.#advance()) return { verdict: "invalid", stuck: this.#stuck };
      tried += 1;
      if (tried > this.#budget || (tried % ASK_EVERY === 0 && this.#spent())) {
        return { verdict: "unknown", message: "the search for an order was given up: too many are possible" };
      }
    }
  }

  /** Takes the next choice that is left, of the last point that has one. */
  #advance(): boolean {
    for (let fork = this.#forks.at(-1); fork !== undefined; fork = this.#forks.at(-1)) {
      this.#undoTo(fork.height);
      const choice = fork.choices[fork.next];
      fork.next += 1;
      if (choice !== undefined) {
        this.#do(choice);
        return true;
      }
      if (this.#hopeless.size < HOPELESS_MAX) this.#hopeless.add(fork.print);
      this.#forks.pop();
    }
    return false;
  }

  /** Puts in place whoever only read and fits, and lists who else may be next: the likeliest first. */
  #settle(): readonly Choice[] {
    const writes: Choice[] = [];
    const maybes: Choice[] = [];
    const agenda = this.#agenda;
    /** The last entry that stays: what is put in place leaves the agenda at once. */
    let before = agenda.end;
    for (let entry = agenda.after(before); entry !== agenda.end; entry = agenda.after(before)) {
      before = entry;
      const operation = agenda.operationAt(entry);
      const { role, gets, scans, variants, session, to } = this.#operations[operation] as Operation;
      if (agenda.isReturn(entry)) {
        if (role === "maybe-read") maybes.push({ operation, variant: 0, pass: true });
        if (to > this.#furthest) [this.#furthest, this.#stuck] = [to, session];
        break;
      }
      if (role === "write" && this.#ids !== null && (this.#ids[session] as number) <= this.#lastId) continue;
      if (role === "maybe-write" && !this.#isWanted(operation)) continue;
      if (!this.#state.explains(gets, scans)) continue;
      if (role === "read") {
        before = agenda.before(entry);
        this.#do({ operation, variant: 0, pass: false });
      } else if (role === "maybe-read") maybes.unshift({ operation, variant: 0, pass: false });
      else
        for (let variant = 0; variant < variants.length; variant += 1)
          (role === "write" ? writes : maybes).push({ operation, variant, pass: false });
    }
    return [...writes, ...maybes];
  }

  /** Would it help anybody if this commit took effect, or must it? */
  #isWanted(operation: number): boolean {
    const { variants, twin } = this.#operations[operation] as Operation;
    if (twin >= 0) return true;
    return variants.some((pairs) =>
      pairs.some((pair) => (this.#wanted[pair] as number) > 0 || (this.#absent[pair] === 1 && this.#scansLeft > 0)),
    );
  }

  #do({ operation, variant, pass }: Choice): void {
    const { role, variants, session, twin } = this.#operations[operation] as Operation;
    const replaced: number[] = [];
    const idBefore = this.#lastId;
    this.#agenda.remove(operation);
    if (role === "maybe-read" && !pass) this.#agenda.remove(twin);
    for (const pair of variants[variant] ?? []) replaced.push(this.#state.write(pair));
    const id = role === "write" ? (this.#ids?.[session] ?? Number.NaN) : Number.NaN;
    if (!Number.isNaN(id)) this.#lastId = id;
    this.#count(operation, pass, -1);
    this.#trail.push({ operation, variant, pass, replaced, idBefore });
  }

  #undoTo(height: number): void {
    while (this.#trail.length > height) {
      const { operation, pass, replaced, idBefore } = this.#trail.pop() as Done;
      const { role, twin } = this.#operations[operation] as Operation;
      for (let at = replaced.length - 1; at >= 0; at -= 1) this.#state.write(replaced[at] as number);
      this.#lastId = idBefore;
      this.#count(operation, pass, 1);
      if (role === "maybe-read" && !pass) this.#agenda.restore(twin);
      this.#agenda.restore(operation);
    }
  }

  /** What is left to do, and to be read, after an operation was done (-1) or undone (1). */
  #count(operation: number, pass: boolean, by: 1 | -1): void {
    const each = this.#operations[operation] as Operation;
    this.#print.flip(4 * operation + (pass ? 2 : 0));
    // One that passed has still to be done, as a write.
    if (pass) return;
    if (each.role === "maybe-write" && each.twin < 0) return;
    this.#left += by;
    this.#want(each, by);
  }

  #want({ gets, scans }: Operation, by: 1 | -1): void {
    for (const pair of gets) (this.#wanted[pair] as number) += by;
    for (const entries of scans) for (const pair of entries) (this.#wanted[pair] as number) += by;
    this.#scansLeft += by * scans.length;
  }
}
