// The state while the search tries an order: what each key holds, and a fingerprint of that and of what is done.

/** Numbers that stand for a set, so that equal sets have equal numbers: 128 bits, by exclusive or (Zobrist). */
export class Fingerprint {
  readonly #lanes = new Int32Array(4);

  /** Adds a member, or takes it away. */
  flip(member: number): void {
    for (let lane = 0; lane < 4; lane += 1) {
      this.#lanes[lane] = (this.#lanes[lane] as number) ^ mixed(Math.imul(member, 4) + lane);
    }
  }

  text(): string {
    return this.#lanes.join();
  }
}

export class State {
  /** By key: the pair it holds. */
  readonly held: Int32Array;
  #present: number;
  readonly #absentOf: readonly number[];
  readonly #keyOf: readonly number[];
  readonly #print: Fingerprint;

  constructor(
    names: {
      readonly absentOf: readonly number[];
      readonly initialOf: readonly number[];
      readonly keyOf: readonly number[];
    },
    print: Fingerprint,
  ) {
    this.held = Int32Array.from(names.initialOf);
    this.#absentOf = names.absentOf;
    this.#keyOf = names.keyOf;
    this.#print = print;
    this.#present = names.initialOf.filter((pair, key) => pair !== names.absentOf[key]).length;
  }

  /** Writes a pair and returns the one that it replaced. */
  write(pair: number): number {
    const key = this.#keyOf[pair] as number;
    const before = this.held[key] as number;
    const absent = this.#absentOf[key];
    this.#present += Number(pair !== absent) - Number(before !== absent);
    this.held[key] = pair;
    // Pairs have odd members, operations even ones.
    this.#print.flip(2 * before + 1);
    this.#print.flip(2 * pair + 1);
    return before;
  }

  /** True where every get and every scan would answer just that now. No scan holds a pair twice. */
  explains(gets: readonly number[], scans: readonly (readonly number[])[]): boolean {
    for (const pair of gets) if (this.held[this.#keyOf[pair] as number] !== pair) return false;
    for (const entries of scans) {
      for (const pair of entries) if (this.held[this.#keyOf[pair] as number] !== pair) return false;
      if (entries.length !== this.#present) return false;
    }
    return true;
  }
}

// --- internal ---

/** A 32-bit integer's bits, well mixed: the finalizer of MurmurHash3. */
function mixed(number: number): number {
  let bits = number ^ (number >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
