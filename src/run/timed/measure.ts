// How long a real server takes for each sort of request: one at a time, each round with keys of its own.
import { steadyClock } from "../../store/clock.js";
import type { Send, StoreRequest, StoreResponse } from "../../store/request.js";

/** What is measured. `create` and `replace` are the two conditional PUTs: If-None-Match: * on no key, If-Match on one. */
export const SORTS = ["GET", "PUT", "create", "replace", "DELETE", "LIST"] as const;
export type Sort = (typeof SORTS)[number];

export interface Measured {
  /** Milliseconds, in the order of measuring. */
  readonly timesMs: readonly number[];
  /** Answers that were no success: their times are left out. */
  readonly failed: number;
}

export interface Measurement {
  readonly sorts: Readonly<Record<Sort, Measured>>;
  /** Objects that could not be deleted again. */
  readonly left: number;
  readonly interrupted: boolean;
}

export interface MeasureOptions {
  readonly send: Send;
  /** Where the objects go, ending in `/`; nothing else is touched. */
  readonly prefix: string;
  /** How many requests of each sort. */
  readonly rounds: number;
  readonly interrupted: () => boolean;
}

/** Measures. A first round, which opens connections, is left out. What it wrote is deleted, interrupted or not. */
export async function measure({ send, prefix, rounds, interrupted }: MeasureOptions): Promise<Measurement> {
  const book = new Book(send);
  for (let round = 0; round <= rounds && !interrupted(); round += 1) {
    await measureRound(book, `${prefix}measure/${round}/`);
    if (round === 0) book.forget();
  }
  const left = await book.tidy();
  const sorts = Object.fromEntries(SORTS.map((sort) => [sort, book.of(sort)])) as Record<Sort, Measured>;
  return { sorts, left, interrupted: interrupted() };
}

// --- internal ---

/** About as long as a small segment or a HEAD. */
const BODY = JSON.stringify({ measured: "x".repeat(400) });

async function measureRound(book: Book, at: string): Promise<void> {
  const [plain, created] = [`${at}plain`, `${at}created`];
  await book.time("PUT", { method: "PUT", key: plain, body: BODY });
  const { etag = "" } = await book.time("create", { method: "PUT", key: created, body: BODY, ifNoneMatch: "*" });
  // Other bytes: the same would have the same ETag.
  await book.time("replace", { method: "PUT", key: created, body: `${BODY} `, ifMatch: etag });
  await book.time("GET", { method: "GET", key: created });
  await book.time("LIST", { method: "LIST", key: at });
  await book.time("DELETE", { method: "DELETE", key: plain });
  await book.time("DELETE", { method: "DELETE", key: created });
}

/** Times by sort, and what was written and not yet deleted. */
class Book {
  private readonly clock = steadyClock();
  private readonly written = new Set<string>();
  private readonly times = new Map<Sort, number[]>();
  private readonly failures = new Map<Sort, number>();

  constructor(private readonly send: Send) {}

  async time(sort: Sort, request: StoreRequest): Promise<StoreResponse> {
    if (request.method === "PUT") this.written.add(request.key);
    const startMs = this.clock.now();
    const response = await this.send(request);
    const tookMs = this.clock.now() - startMs;
    if (!done(response)) this.failures.set(sort, (this.failures.get(sort) ?? 0) + 1);
    else {
      this.times.set(sort, [...(this.times.get(sort) ?? []), tookMs]);
      if (request.method === "DELETE") this.written.delete(request.key);
    }
    return response;
  }

  of(sort: Sort): Measured {
    return { timesMs: this.times.get(sort) ?? [], failed: this.failures.get(sort) ?? 0 };
  }

  forget(): void {
    this.times.clear();
    this.failures.clear();
  }

  /** Deletes what is still there. How many are left all the same. */
  async tidy(): Promise<number> {
    let left = 0;
    for (const key of this.written) {
      const answer = await this.send({ method: "DELETE", key });
      if (!done(answer) && answer.status !== 404) left += 1;
    }
    return left;
  }
}

const done = ({ status }: StoreResponse): boolean => status === 200 || status === 204;
