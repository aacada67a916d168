// What is left to be put in order, by time: a list of begins and ends from which things are taken and put back in O(1).
import type { Operation } from "./operations.js";
import { NEVER } from "./recording.js";

/** Entry 2 * o is the begin of operation o, entry 2 * o + 1 its end. What never ends has none. */
export class Agenda {
  /** Stands behind the last entry, and before the first. */
  readonly end: number;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #open: Uint8Array;

  constructor(operations: readonly Operation[]) {
    this.end = 2 * operations.length;
    this.#next = new Int32Array(this.end + 1);
    this.#previous = new Int32Array(this.end + 1);
    this.#open = Uint8Array.from(operations, ({ to }) => (to === NEVER ? 1 : 0));
    const entries: { readonly entry: number; readonly at: number }[] = [];
    operations.forEach(({ from, to }, operation) => {
      entries.push({ entry: 2 * operation, at: from });
      if (to !== NEVER) entries.push({ entry: 2 * operation + 1, at: to });
    });
    entries.sort((one, other) => one.at - other.at);
    let last = this.end;
    for (const { entry } of entries) {
      this.#next[last] = entry;
      this.#previous[entry] = last;
      last = entry;
    }
    this.#next[last] = this.end;
    this.#previous[this.end] = last;
  }

  before = (entry: number): number => this.#previous[entry] as number;
  after = (entry: number): number => this.#next[entry] as number;
  operationAt = (entry: number): number => entry >> 1;
  isReturn = (entry: number): boolean => (entry & 1) === 1;

  remove(operation: number): void {
    this.#out(2 * operation);
    if (this.#open[operation] === 0) this.#out(2 * operation + 1);
  }

  /** Undoes the last `remove` that is not undone. */
  restore(operation: number): void {
    if (this.#open[operation] === 0) this.#in(2 * operation + 1);
    this.#in(2 * operation);
  }

  #out(entry: number): void {
    const [before, after] = [this.#previous[entry] as number, this.#next[entry] as number];
    this.#next[before] = after;
    this.#previous[after] = before;
  }

  #in(entry: number): void {
    this.#next[this.#previous[entry] as number] = entry;
    this.#previous[this.#next[entry] as number] = entry;
  }
}
