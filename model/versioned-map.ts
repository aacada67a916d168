// A map whose versions all stay readable, and whose next version costs no copy: the newest holds the entries, an older one
// only what it had otherwise. Reading an older one makes it the holder first. (H. G. Baker, "Shallow binding makes
// functional arrays fast", SIGPLAN Notices 26(8), 1991.) The reference manifest has a version for each transaction, and a
// copy of 10,000 keys for each of 100,000 transactions would take longer than all else.

/** What a version has otherwise than the one after it; undefined: the key is not there. */
type Changes = readonly (readonly [key: string, value: string | undefined])[];

export class VersionedMap implements ReadonlyMap<string, string> {
  private constructor(
    private held: Map<string, string> | undefined,
    private next: { readonly version: VersionedMap; readonly changes: Changes } | undefined,
  ) {}

  /** A first version with these entries; what is one already stays as it is. */
  static of(entries: ReadonlyMap<string, string>): VersionedMap {
    return entries instanceof VersionedMap ? entries : new VersionedMap(new Map(entries), undefined);
  }

  /** The next version; null deletes. */
  with(writes: ReadonlyMap<string, string | null>): VersionedMap {
    const held = this.entriesOf();
    const undo: [string, string | undefined][] = [];
    for (const [key, value] of writes) {
      undo.push([key, held.get(key)]);
      if (value === null) held.delete(key);
      else held.set(key, value);
    }
    const version = new VersionedMap(held, undefined);
    this.held = undefined;
    this.next = { version, changes: undo };
    return version;
  }

  get(key: string): string | undefined {
    return this.entriesOf().get(key);
  }

  has(key: string): boolean {
    return this.entriesOf().has(key);
  }

  get size(): number {
    return this.entriesOf().size;
  }

  entries() {
    return this.entriesOf().entries();
  }

  keys() {
    return this.entriesOf().keys();
  }

  values() {
    return this.entriesOf().values();
  }

  [Symbol.iterator]() {
    return this.entriesOf()[Symbol.iterator]();
  }

  forEach(each: (value: string, key: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [key, value] of this.entriesOf()) each(value, key, this);
  }

  // --- internal ---

  /** Makes this version the holder: the versions between hand the entries down, each noting what it changes. */
  private entriesOf(): Map<string, string> {
    if (this.held !== undefined) return this.held;
    const path: VersionedMap[] = [];
    let holder: VersionedMap = this;
    while (holder.next !== undefined) {
      path.push(holder);
      holder = holder.next.version;
    }
    const held = holder.held ?? new Map<string, string>();
    for (const version of path.reverse()) {
      const changes = version.next?.changes ?? [];
      const redo = changes.map(([key]) => [key, held.get(key)] as const);
      for (const [key, value] of changes) {
        if (value === undefined) held.delete(key);
        else held.set(key, value);
      }
      holder.held = undefined;
      holder.next = { version, changes: redo };
      holder = version;
    }
    this.held = held;
    this.next = undefined;
    return held;
  }
}
