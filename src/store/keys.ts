// A set of keys that can be read in S3's order: ascending by UTF-8 bytes. Sorted only when asked for after a change.

export class SortedKeys {
  private readonly keys = new Set<string>();
  private order: readonly string[] | undefined = [];

  add(key: string): void {
    this.keys.add(key);
    this.order = undefined;
  }

  delete(key: string): void {
    this.keys.delete(key);
    this.order = undefined;
  }

  sorted(): readonly string[] {
    this.order ??= [...this.keys].sort(byBytes);
    return this.order;
  }
}

/**
 * UTF-8 order is the order of code points. JavaScript compares UTF-16 units, which differs only where a surrogate
 * (from U+10000 up) meets a unit above it (U+E000 to U+FFFF): there the unit with the smaller value is the larger character.
 */
export function byBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return weight(x) - weight(y);
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
const weight = (unit: number): number => (isSurrogate(unit) ? unit + 0x10000 : unit);
