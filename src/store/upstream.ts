// The door in front of a real store: its answers carry the plan's time, and it remembers what it has put there.
import { hash } from "node:crypto";
import { outcomeOf } from "./failure.js";
import type { Send, StoreRequest, StoreResponse } from "./request.js";

export interface Upstream {
  readonly send: Send;
  /** Keys that were PUT through this door, or may have been, and are not known to be deleted: all that a run may remove. */
  readonly created: () => readonly string[];
}

/**
 * `now` is a clock that the plan moves. `date` is its whole second at the answer; `lastModified` that of the PUT through
 * this door which wrote these bytes, and for what the door did not write, the second in which it was made.
 */
export function upstream(send: Send, now: () => number): Upstream {
  const second = (): number => Math.floor(now() / 1000) * 1000;
  const stamps = new Stamps(second());
  const written = new Written();

  const put = async (request: StoreRequest): Promise<StoreResponse> => {
    const { key, body = "" } = request;
    const etag = `"${hash("md5", body, "hex")}"`;
    // Others may read the object before its writer has the answer.
    stamps.begin(key, etag, second());
    const end = written.put(key);
    const response = await send(request);
    const { applied } = outcomeOf(response);
    end(applied);
    if (applied !== "no") stamps.set(key, response.etag ?? etag, second(), applied === "yes");
    return response;
  };

  const remove = async (request: StoreRequest): Promise<StoreResponse> => {
    const end = written.remove(request.key);
    const response = await send(request);
    const { word } = outcomeOf(response);
    if (word === "ok" || word === "missing") end();
    return response;
  };

  return {
    send: async (request) => {
      const { method, key } = request;
      const response = await (method === "PUT" ? put(request) : method === "DELETE" ? remove(request) : send(request));
      return response.status === 0 ? response : stamped(key, response, second(), stamps);
    },
    created: () => written.keys(),
  };
}

// --- internal ---

/** When which bytes were written: by key and ETag, since after a PUT without an answer either object may be there. */
class Stamps {
  private readonly byEtag = new Map<string, number>();
  private readonly byKey = new Map<string, number>();

  constructor(private readonly made: number) {}

  begin(key: string, etag: string, time: number): void {
    if (!this.byEtag.has(nameOf(key, etag))) this.byEtag.set(nameOf(key, etag), time);
  }

  set(key: string, etag: string, time: number, certain: boolean): void {
    this.byEtag.set(nameOf(key, etag), time);
    if (certain) this.byKey.set(key, time);
  }

  of(key: string, etag = ""): number {
    return this.byEtag.get(nameOf(key, etag)) ?? this.byKey.get(key) ?? this.made;
  }
}

const nameOf = (key: string, etag: string): string => `${etag} ${key}`;

/** Which keys this door may have written and not removed. */
class Written {
  private readonly present = new Set<string>();
  /** A PUT without a definite answer may land at any later time: no DELETE makes sure that such a key is gone. */
  private readonly haunted = new Set<string>();
  private readonly pending = new Map<string, number>();
  private readonly puts = new Map<string, number>();

  put(key: string): (applied: "yes" | "no" | "unknown") => void {
    this.puts.set(key, (this.puts.get(key) ?? 0) + 1);
    this.pending.set(key, (this.pending.get(key) ?? 0) + 1);
    return (applied) => {
      this.pending.set(key, (this.pending.get(key) ?? 0) - 1);
      if (applied === "yes") this.present.add(key);
      if (applied === "unknown") this.haunted.add(key);
    };
  }

  /** The deletion counts only where no PUT of the key was on its way beside it: which came first nobody can say. */
  remove(key: string): () => void {
    const before = this.puts.get(key);
    const alone = (this.pending.get(key) ?? 0) === 0;
    return () => {
      if (alone && this.puts.get(key) === before) this.present.delete(key);
    };
  }

  keys(): readonly string[] {
    const open = [...this.pending].flatMap(([key, count]) => (count > 0 ? [key] : []));
    return [...new Set([...this.present, ...this.haunted, ...open])];
  }
}

function stamped(key: string, response: StoreResponse, date: number, stamps: Stamps): StoreResponse {
  const { page, lastModified, etag } = response;
  return {
    ...response,
    date,
    ...(lastModified === undefined ? {} : { lastModified: stamps.of(key, etag) }),
    ...(page === undefined ? {} : { page: { ...page, entries: page.entries.map(entryWith(stamps)) } }),
  };
}

const entryWith =
  (stamps: Stamps) =>
  <Entry extends { readonly key: string; readonly etag: string }>(entry: Entry): Entry & { lastModified: number } => ({
    ...entry,
    lastModified: stamps.of(entry.key, entry.etag),
  });
