// The buckets of `serve`: each a simulated store, and, where there is a journal, nothing said before it is on disk.
import type { Buckets } from "./http/buckets.js";
import { Journal } from "./journal.js";
import type { JournalEntry } from "./journal-line.js";
import { withPersonalities } from "./personalities/index.js";
import type { Apply, StoreRequest, StoreResponse } from "./request.js";
import { SimulatedStore } from "./simulated.js";

export class ServedBuckets implements Buckets {
  private readonly stores = new Map<string, Bucket>();
  private personalities: readonly string[] = [];
  private journal: Journal | undefined;
  /** While the journal is read, the date of the entry. */
  private restoringMs: number | undefined;

  constructor(private readonly clock: () => number) {}

  /** Reads what the folder holds, and writes every further change into it. */
  async keepIn(folder: string): Promise<void> {
    this.journal = await Journal.open(
      folder,
      (entry) => this.restore(entry),
      () => this.entries(),
    );
    this.restoringMs = undefined;
  }

  has = (bucket: string): boolean => this.stores.has(bucket);

  names = (): readonly string[] => [...this.stores.keys()].sort();

  create = async (bucket: string): Promise<void> => {
    if (this.stores.has(bucket)) return;
    this.open(bucket);
    this.journal?.append({ bucket, there: true });
    await this.journal?.flushed();
  };

  remove = async (bucket: string): Promise<boolean> => {
    if ((this.stores.get(bucket)?.store.content().length ?? 0) > 0) return false;
    this.stores.delete(bucket);
    this.journal?.append({ bucket, there: false });
    await this.journal?.flushed();
    return true;
  };

  /** Applies a request. What it answers, also to a read, is on disk. */
  apply(bucket: string, request: StoreRequest): StoreResponse | Promise<StoreResponse> {
    const response = this.stores.get(bucket)?.apply(request) ?? { status: 404, code: "NoSuchBucket" };
    const { journal } = this;
    return journal === undefined || journal.idle ? response : journal.flushed().then(() => response);
  }

  /** From now on the stores behave like this. Throws RangeError for a name that is none. */
  behave(personalities: readonly string[]): void {
    withPersonalities((request) => ({ status: request.key.length }), personalities);
    this.personalities = personalities;
    for (const bucket of this.stores.values()) bucket.apply = withPersonalities(bucket.plain, personalities);
  }

  async close(): Promise<void> {
    await this.journal?.close();
  }

  // --- internal ---

  private open(name: string): Bucket {
    const store = new SimulatedStore({ now: () => this.restoringMs ?? this.clock() });
    const plain: Apply = (request) => {
      const response = store.apply(request);
      const changes = request.method === "PUT" || request.method === "DELETE";
      if (changes && response.status < 300) this.note(name, request, response);
      return response;
    };
    const bucket = { store, plain, apply: withPersonalities(plain, this.personalities) };
    this.stores.set(name, bucket);
    return bucket;
  }

  private note(bucket: string, request: StoreRequest, { date: dateMs = 0 }: StoreResponse): void {
    const { ifMatch: _ifMatch, ifNoneMatch: _ifNoneMatch, ...what } = request;
    this.journal?.append({ bucket, dateMs, request: what });
  }

  private restore(entry: JournalEntry): void {
    const bucket = this.stores.get(entry.bucket) ?? this.open(entry.bucket);
    if ("request" in entry) {
      this.restoringMs = entry.dateMs;
      bucket.store.apply(entry.request);
    } else if (!entry.there) this.stores.delete(entry.bucket);
  }

  /** All that is there, as entries. */
  private *entries(): Generator<JournalEntry> {
    for (const [name, { store }] of this.stores) {
      yield { bucket: name, there: true };
      for (const [key, object] of store.content()) {
        const { body, etag, lastModified, contentType, headers, metadata, parts } = object;
        const request: StoreRequest = {
          method: "PUT",
          key,
          body,
          etag,
          ...(contentType === undefined ? {} : { contentType }),
          ...(headers === undefined ? {} : { headers }),
          ...(parts === undefined ? {} : { parts }),
          ...(metadata === undefined ? {} : { metadata }),
        };
        yield { bucket: name, dateMs: lastModified, request };
      }
    }
  }
}

interface Bucket {
  readonly store: SimulatedStore;
  /** The store by the book, noted down. */
  readonly plain: Apply;
  /** The same with its personalities in front. */
  apply: Apply;
}
